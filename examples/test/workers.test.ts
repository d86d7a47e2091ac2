import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Peer } from './peer.js';
import { commandOf, Program, playsPhp } from './program.js';

type Person = { id: number; name: string; worker: number; messages: number };
type Stats = {
  worker: number;
  messages: number;
  people: Person[];
  workers: Array<{ id: number; starts: number; messages: number }>;
};

let program: Program;
beforeAll(async () => {
  program = await Program.start(commandOf('workers/server'));
  await started(1);
});
afterAll(async () => {
  expect(await program.stop()).toBe('code 0');
  expect(program.stdout.match(/Workers: /g)).toHaveLength(1);
});

const peers: Peer[] = [];
afterEach(async () => {
  for (const peer of peers) peer.close();
  await Promise.all(peers.splice(0).map((peer) => peer.closed()));
  while ((await stats()).people.length > 0);
});

/** Asks for a page on a connection of its own, so that the next request may go to the other worker. */
const request = (path: string, method = 'GET') =>
  fetch(`http://127.0.0.1:${program.port}${path}`, { method, headers: { Connection: 'close' } });

/** Resolves when the program has reloaded so often. */
async function reloaded(times: number): Promise<void> {
  const deadline = Date.now() + 10_000;
  while ((program.stdout.match(/^Reloaded$/gm) ?? []).length < times) {
    if (Date.now() > deadline) throw new Error(`It has not reloaded ${times} times:\n${program.stdout}`);
    await sleep(10);
  }
}

async function stats(): Promise<Stats> {
  const read = (await (await request('/stats')).json()) as Stats;
  read.people.sort((a, b) => a.id - b.id);
  read.workers.sort((a, b) => a.id - b.id);
  return read;
}

/** Resolves when each worker has started so often. */
async function started(times: number): Promise<void> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const { workers } = await stats();
    if (workers.length === 2 && workers.every(({ starts }) => starts === times)) return;
    if (Date.now() > deadline) throw new Error(`The workers have started as ${JSON.stringify(workers)}.`);
  }
}

async function join(name: string) {
  const peer = await Peer.open(program.port, `/?name=${encodeURIComponent(name)}`);
  peers.push(peer);
  const welcome = (await peer.json()) as { worker: number; number: number; here: Person[] };
  expect(welcome).toMatchObject({ type: 'welcome' });
  const { worker } = welcome;
  const joined = (await peer.json()) as { id: number };
  expect(joined).toEqual({ type: 'joined', id: expect.any(Number), name, worker });
  return { peer, id: joined.id, ...welcome };
}

/** Two people who are served by different workers, and have heard of each other. */
async function pair() {
  const ada = await join('ada');
  for (;;) {
    const bob = await join('bob');
    expect(await ada.peer.json()).toMatchObject({ type: 'joined', id: bob.id, worker: bob.worker });
    if (bob.worker !== ada.worker) return { ada, bob };
    bob.peer.close();
    expect(await ada.peer.json()).toEqual({ type: 'left', id: bob.id, name: 'bob' });
  }
}

describe('people on different workers', () => {
  it('hear each other, and of which worker handled what', async () => {
    const { ada, bob } = await pair();
    const { messages } = await stats();
    expect(bob.number).toBe(messages);
    ada.peer.send('hello');
    const said = { type: 'said', name: 'ada', text: 'hello', worker: ada.worker, number: messages + 1 };
    expect(await ada.peer.json()).toEqual(said);
    expect(await bob.peer.json()).toEqual(said);
    bob.peer.send('안녕 🙂');
    const answer = { type: 'said', name: 'bob', text: '안녕 🙂', worker: bob.worker, number: messages + 2 };
    expect(await ada.peer.json()).toEqual(answer);
    expect(await bob.peer.json()).toEqual(answer);
  });

  it('are in the list that a newcomer gets, whichever worker serves him', async () => {
    const { ada, bob } = await pair();
    const eve = await join('eve');
    const names = eve.here.sort((a, b) => a.id - b.id).map(({ id, name, worker }) => [id, name, worker]);
    expect(names).toEqual([
      [ada.id, 'ada', ada.worker],
      [bob.id, 'bob', bob.worker],
      [eve.id, 'eve', eve.worker],
    ]);
  });

  it('number their messages without a gap, however many talk at once', async () => {
    const { ada, bob } = await pair();
    const { messages } = await stats();
    for (let i = 0; i < 100; i++) {
      ada.peer.send(`ada ${i}`);
      bob.peer.send(`bob ${i}`);
    }
    const numbers: number[] = [];
    while (numbers.length < 200) numbers.push(Number((await ada.peer.json()).number));
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, i) => messages + 1 + i));
    const { people } = await stats();
    expect(people.map((person) => person.messages)).toEqual([100, 100]);
    for (let i = 0; i < 200; i++) await bob.peer.json();
  });

  it('hear of somebody who vanishes', async () => {
    const { ada, bob } = await pair();
    bob.peer.vanish();
    expect(await ada.peer.json()).toEqual({ type: 'left', id: bob.id, name: 'bob' });
  });
});

describe('/stats', () => {
  it('says the same on both workers', async () => {
    const { ada, bob } = await pair();
    ada.peer.send('counted');
    await bob.peer.json();
    const seen = new Map<number, Omit<Stats, 'worker'>>();
    while (seen.size < 2) {
      const { worker, ...same } = await stats();
      seen.set(worker, same);
    }
    expect(seen.get(0)).toEqual(seen.get(1));
    expect(seen.get(0)?.people).toEqual([
      { id: ada.id, name: 'ada', worker: ada.worker, messages: 1 },
      { id: bob.id, name: 'bob', worker: bob.worker, messages: 0 },
    ]);
    await ada.peer.json();
  });

  it('has counts of the workers that add up to the count of messages', async () => {
    const { messages, workers } = await stats();
    expect(workers.map(({ id }) => id)).toEqual([0, 1]);
    expect(workers.reduce((sum, worker) => sum + worker.messages, 0)).toBe(messages);
  });
});

describe('what is refused', () => {
  it.each(['', '?name=', '?name=%3Cb%3E', `?name=${'a'.repeat(21)}`, '?name[]=ada'])(
    'a connection with %s, with its reason',
    async (query) => {
      const peer = await Peer.open(program.port, `/${query}`);
      expect(await peer.closed()).toEqual({ code: 4000, reason: 'a name has 1 to 20 letters and digits' });
      expect((await stats()).people).toEqual([]);
    },
  );

  it.each([
    ['bytes', Buffer.from([1, 2, 3])],
    ['a text that is too long', 'é'.repeat(1001)],
  ])('%s, and counts for nothing', async (_name, data) => {
    const { ada, bob } = await pair();
    const { messages } = await stats();
    bob.peer.send(data);
    expect((await bob.peer.closed()).code).toBe(4000);
    expect(await ada.peer.json()).toEqual({ type: 'left', id: bob.id, name: 'bob' });
    expect((await stats()).messages).toBe(messages);
  });

  it('paths and methods that there are not', async () => {
    for (const [path, method] of [
      ['/server.php', 'GET'],
      ['/reload', 'GET'],
      ['/stats', 'POST'],
    ] as const)
      expect((await request(path, method)).status).toBe(404);
  });
});

describe('a reload', () => {
  it.each(['POST /reload', 'SIGUSR1'])('by %s starts new workers and keeps the tables', async (way) => {
    const { ada, bob } = await pair();
    ada.peer.send('before');
    await bob.peer.json();
    await ada.peer.json();
    const before = await stats();
    if (way === 'SIGUSR1') program.signal('SIGUSR1');
    else expect(await (await request('/reload', 'POST')).text()).toBe('reloading');
    await reloaded(before.workers[0]?.starts ?? 0);
    // The sockets belong to Swoole's master, but to the worker threads of Node: those who are connected there come again.
    if (!playsPhp) {
      for (const { peer } of [ada, bob]) expect(await peer.closed()).toEqual({ code: 1012, reason: '' });
    }
    const after = await stats();
    const starts = (workers: Stats['workers']) => workers.map((worker) => worker.starts);
    expect(starts(after.workers)).toEqual(starts(before.workers).map((times) => times + 1));
    expect(after.messages).toBe(before.messages);
    expect(after.workers.map(({ messages }) => messages)).toEqual(
      before.workers.map(({ messages }) => messages),
    );
    expect(after.people).toEqual(playsPhp ? before.people : []);
    const eve = await join('eve');
    expect(eve.number).toBe(before.messages);
    eve.peer.send('after');
    expect(await eve.peer.json()).toMatchObject({ text: 'after', number: before.messages + 1 });
  });
});
