import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linked_from, PAGES } from '../crawler/site.js';
import { Peer } from './peer.js';
import { commandOf, Program } from './program.js';

let program: Program;
beforeAll(async () => {
  program = await Program.start(commandOf('crawler/server'));
});
afterAll(async () => {
  expect(await program.stop()).toBe('code 0');
});

interface Message {
  type: string;
  path: string;
  status: number;
  visited: number;
  found: number;
}

const ask = (path: string) => fetch(`http://127.0.0.1:${program.port}${path}`);
const running = async () => ((await (await ask('/stats')).json()) as { running: number }).running;

/** Waits until so many crawls run. */
async function until(count: number): Promise<void> {
  for (const deadline = Date.now() + 5_000; (await running()) !== count; await sleep(5))
    if (Date.now() > deadline) throw new Error(`${await running()} crawls run, not ${count}`);
}

/** Everything that is said of a crawl. */
async function crawl(coroutines: number): Promise<Message[]> {
  const peer = await Peer.open(program.port);
  peer.say({ coroutines });
  const said: Message[] = [];
  do said.push((await peer.json()) as unknown as Message);
  while (said.at(-1)?.type === 'page');
  peer.close();
  return said;
}

/** The site's paths in the order of one who visits what was found first. */
function paths(): string[] {
  const found = ['/site/1'];
  for (let i = 0; i < found.length; i++) {
    const number = Number(/^\/site\/(\d+)$/.exec(found[i] as string)?.[1] ?? PAGES + 1);
    if (number > PAGES) continue;
    for (const link of linked_from(number))
      if (link.startsWith('/') && !found.includes(link)) found.push(link);
  }
  return found;
}

describe('a crawl', () => {
  it('visits what was found first, with one coroutine', async () => {
    const said = await crawl(1);
    expect(said.pop()).toEqual({ type: 'done', pages: 60, broken: 6 });
    expect(said.map(({ path }) => path)).toEqual(paths());
  });

  it.each([4, 16])('visits each page once and tells of it, with %i coroutines', async (coroutines) => {
    const said = await crawl(coroutines);
    expect(said.pop()).toEqual({ type: 'done', pages: 60, broken: 6 });
    expect(said.map(({ visited }) => visited)).toEqual(Array.from({ length: 66 }, (_, i) => i + 1));
    expect(said.map(({ path }) => path).sort()).toEqual(paths().sort());
    for (const { path, status } of said) expect(status, path).toBe(path.includes('gone') ? 404 : 200);
    expect(said.every(({ visited, found }) => visited <= found)).toBe(true);
    expect(said.at(-1)?.found).toBe(66);
  });

  it('goes on beside another, and beside whoever asks the server for something else', async () => {
    const two = [crawl(2), crawl(3)];
    await until(2);
    expect((await ask('/')).status).toBe(200);
    for (const said of await Promise.all(two))
      expect(said.at(-1)).toEqual({ type: 'done', pages: 60, broken: 6 });
    await until(0);
  });

  it('is given up when its client has gone', async () => {
    const peer = await Peer.open(program.port);
    peer.say({ coroutines: 1 });
    expect(await peer.json()).toMatchObject({ type: 'page', path: '/site/1', visited: 1 });
    expect(await running()).toBe(1);
    peer.vanish();
    await until(0);
  });

  it('is refused when it is none', async () => {
    const peer = await Peer.open(program.port);
    for (const order of [
      { coroutines: 0 },
      { coroutines: 17 },
      { coroutines: 1.5 },
      { coroutines: '4' },
      {},
      4,
      null,
    ]) {
      peer.say(order);
      expect(await peer.json()).toEqual({ type: 'error', message: 'coroutines is a number from 1 to 16' });
    }
    peer.send('{');
    expect((await peer.json()).type).toBe('error');
    peer.close();
  });
});

describe('the site', () => {
  it('has pages with links, and nothing else', async () => {
    const page = await (await ask('/site/10')).text();
    for (const link of ['/site/11', '/site/20', '/site/21', '/site/gone-10'])
      expect(page).toContain(`<a href="${link}">`);
    for (const path of ['/site/0', '/site/61', '/site/010', '/site/gone-10', '/other', '/site/1/'])
      expect((await ask(path)).status, path).toBe(404);
    expect(await (await ask('/')).text()).toMatch(/^<!doctype html>/);
  });
});
