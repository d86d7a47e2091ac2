import { Coroutine } from 'swoole-ts';

const { Channel, WaitGroup, go } = Coroutine;
const { Client } = Coroutine.Http;

const START = '/site/1';
const MOST_COROUTINES = 16;
const MOST_PAGES = 1000;

/** A page that was visited: how many were so far, and how many are known. */
export interface Visit {
  path: string;
  status: number;
  visited: number;
  found: number;
}

/** What there is on the site. */
export interface Crawled {
  pages: number;
  broken: number;
}

/**
 * Visits a site from its first page on, each page once, with so many coroutines at a time.
 * @param tell gets each page as it is visited; what it returns says whether to go on
 * @returns null when it was not to go on
 */
export async function crawl(
  port: number,
  coroutines: number,
  tell: (page: Visit) => boolean,
): Promise<Crawled | null> {
  const queue = new Channel<string>(MOST_PAGES);
  await queue.push(START);
  const found = new Set([START]);
  let visited = 0;
  let broken = 0;
  let stopped = false;
  const group = new WaitGroup();
  for (let i = 0; i < coroutines; i++) {
    group.add();
    go(async () => {
      const client = new Client('127.0.0.1', port);
      client.set({ timeout: 5 });
      for (let path = await queue.pop(); path !== false; path = await queue.pop()) {
        const ok = (await client.get(path)) && client.statusCode === 200;
        for (const link of ok ? links_in(String(client.body)) : []) {
          if (!found.has(link) && found.size < MOST_PAGES) {
            found.add(link);
            await queue.push(link);
          }
        }
        visited++;
        broken += ok ? 0 : 1;
        stopped = !tell({ path, status: client.statusCode, visited, found: found.size });
        if (stopped || visited === found.size) {
          await queue.close();
          break;
        }
      }
      client.close();
      await group.done();
    });
  }
  await group.wait();
  return stopped ? null : { pages: visited - broken, broken };
}

/** The links that stay on the site. */
function links_in(html: string): string[] {
  return [...html.matchAll(/<a href="(\/site\/[^"]*)"/g)].map(([, link = '']) => link);
}

/** How many coroutines a client wants: `{"coroutines": 4}`; null for anything else. */
export function read_order(data: string | Buffer): number | null {
  const { coroutines = 0 } = parse(String(data)) ?? {};
  return Number.isInteger(coroutines) && coroutines >= 1 && coroutines <= MOST_COROUTINES ? coroutines : null;
}

function parse(text: string): { coroutines?: number } | null {
  try {
    return JSON.parse(text) as { coroutines?: number } | null;
  } catch {
    return null;
  }
}
