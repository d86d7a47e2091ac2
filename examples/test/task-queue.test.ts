import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Peer } from './peer.js';
import { commandOf, Program } from './program.js';

let program: Program;
beforeAll(async () => {
  program = await Program.start(commandOf('task-queue/server'));
});
afterAll(async () => {
  expect(await program.stop()).toBe('code 0');
});

const ask = (place: string) => fetch(`http://127.0.0.1:${program.port}${place}`);
const stats = async () => (await (await ask('/stats')).json()) as Record<string, number>;

/** Waits until the statistics are as expected. */
async function until(expected: (stats: Record<string, number>) => boolean): Promise<Record<string, number>> {
  for (const deadline = Date.now() + 10_000; ; await sleep(20)) {
    const now = await stats();
    if (expected(now)) return now;
    if (Date.now() > deadline) throw new Error(`the statistics stay ${JSON.stringify(now)}`);
  }
}

/** Everything that is said of a job, until it is done. */
async function follow(peer: Peer, job: string): Promise<Record<string, unknown>[]> {
  const said: Record<string, unknown>[] = [];
  while (said.at(-1)?.type !== 'done') {
    const message = await peer.json();
    if (message.job === job) said.push(message);
  }
  return said;
}

describe('a job', () => {
  it('is done in steps that its client hears of, and then the result', async () => {
    const peer = await Peer.open(program.port);
    peer.say({ job: 'a', limit: 100_000 });
    const progress = Array.from({ length: 20 }, (_, steps) => ({ type: 'progress', job: 'a', steps }));
    expect(await follow(peer, 'a')).toEqual([...progress, { type: 'done', job: 'a', primes: 9592 }]);
    peer.close();
  });

  it('tells of its steps while it is done, not all at the end', async () => {
    const peer = await Peer.open(program.port);
    const { done } = await stats();
    peer.say({ job: 'long', limit: 3_000_000 });
    expect(await peer.json()).toEqual({ type: 'progress', job: 'long', steps: 0 });
    expect((await stats()).done).toBe(done);
    expect((await follow(peer, 'long')).at(-1)).toEqual({ type: 'done', job: 'long', primes: 216_816 });
    peer.close();
  });

  it('waits while others are done, and nobody else waits for it', async () => {
    const peer = await Peer.open(program.port);
    for (const job of ['1', '2', '3', '4']) peer.say({ job, limit: 1_000_000 });
    await until(({ tasking_num = 0 }) => tasking_num > 0);
    expect((await ask('/')).status).toBe(200);
    const done: Record<string, unknown>[] = [];
    while (done.length < 4) {
      const message = await peer.json();
      if (message.type === 'done') done.push(message);
    }
    expect(done.map(({ job }) => job).sort()).toEqual(['1', '2', '3', '4']);
    expect(done.map(({ primes }) => primes)).toEqual([78_498, 78_498, 78_498, 78_498]);
    peer.close();
  });

  it('is given up when its client has gone', async () => {
    const before = await stats();
    const peer = await Peer.open(program.port);
    peer.say({ job: 'nobody waits for it', limit: 5_000_000 });
    await peer.json();
    peer.vanish();
    const after = await until(({ dropped }) => dropped !== before.dropped);
    expect(after.done).toBe(before.done);
    await until(({ tasking_num }) => tasking_num === 0);
  });

  it('is refused when it is none', async () => {
    const peer = await Peer.open(program.port);
    const error = { type: 'error', message: 'no job, or no limit from 2 to 5000000' };
    for (const message of [
      { job: 'a', limit: 1 },
      { job: 'a', limit: 5_000_001 },
      { job: 'a', limit: 2.5 },
      { job: 1, limit: 10 },
      { limit: 10 },
      'job',
      null,
    ]) {
      peer.say(message);
      expect(await peer.json()).toEqual(error);
    }
    peer.send('{');
    expect(await peer.json()).toEqual(error);
    peer.close();
  });
});

describe('HTTP', () => {
  it.each([
    ['2', '1'],
    ['3', '2'],
    ['10', '4'],
    ['1000', '168'],
    ['1000000', '78498'],
  ])('counts the primes up to %s with both task workers', async (limit, primes) => {
    const answer = await ask(`/primes?limit=${limit}`);
    expect([answer.status, await answer.text()]).toEqual([200, primes]);
  });

  it.each(['', '?limit=1', '?limit=x', '?limit=5000001'])('refuses /primes%s', async (query) => {
    const answer = await ask(`/primes${query}`);
    expect([answer.status, await answer.text()]).toEqual([400, 'limit is a number from 2 to 5000000']);
  });

  it('gives the page, and 404 for others', async () => {
    const page = await ask('/');
    expect([page.headers.get('content-type'), (await page.text()).startsWith('<!doctype html>')]).toEqual([
      'text/html',
      true,
    ]);
    expect((await ask('/other')).status).toBe(404);
  });
});
