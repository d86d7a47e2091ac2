import { warn } from '../errors/warnings.js';
import { ECANCELED } from '../socket/numbers.js';
import { BaseClient } from './base-client.js';
import { type ClientLink, looked } from './link.js';

const WHAT = 'swoole_client_select()';

/** A Map, or what is one in the same way. */
interface KeyedClients {
  entries(): Iterable<[unknown, BaseClient]>;
  delete(key: unknown): unknown;
}

/** Clients in a list, or under names of the program's. */
export type ClientSet = BaseClient[] | Record<string, BaseClient> | KeyedClients;

/**
 * Waits until one of several clients can be used. What is given loses the clients that are not ready.
 * @param read those to receive from
 * @param write those to send with
 * @param except those whose connection may have gone
 * @param timeout in seconds
 * @returns how many clients are ready, 0 when the time is over; false, with a warning, when none was given
 * @see swoole_client_select
 */
export async function swoole_client_select(
  read: ClientSet | null,
  write: ClientSet | null,
  except: ClientSet | null,
  timeout = 0.5,
): Promise<number | false> {
  const [readers, writers] = [linksOf(read), linksOf(write)];
  if (readers.length + writers.length + linksOf(except).length === 0) {
    warn(`${WHAT}: no resource arrays were passed to select`);
    return false;
  }
  await looked();
  if (!readers.some(isReadable) && !writers.some(isWritable) && timeout > 0) {
    await anyReady(readers, writers, timeout);
  }
  const ready = new Set([
    ...keep(read, isReadable),
    ...keep(write, isWritable),
    ...keep(except, (link) => link.stream?.socket.destroyed === true),
  ]);
  return ready.size;
}

async function anyReady(
  readers: readonly ClientLink[],
  writers: readonly ClientLink[],
  timeout: number,
): Promise<void> {
  // Whom another coroutine waits for is refused before the first wait has begun: that one's must go on.
  for (const link of readers) link.reading?.claim();
  for (const link of writers) link.stream?.writing.claim();
  await Promise.race([
    ...readers.map((link) => link.untilReadable(WHAT, timeout)),
    ...writers.map((link) => link.untilWritable(WHAT, timeout)),
  ]);
  for (const link of readers) link.reading?.interrupt(ECANCELED);
  for (const link of writers) link.stream?.writing.interrupt(ECANCELED);
}

/** The same as {@link swoole_client_select}. @see swoole_select */
export function swoole_select(
  read: ClientSet | null,
  write: ClientSet | null,
  except: ClientSet | null,
  timeout = 0.5,
): Promise<number | false> {
  return swoole_client_select(read, write, except, timeout);
}

const isReadable = (link: ClientLink): boolean => link.isReadable;
const isWritable = (link: ClientLink): boolean => link.isWritable;

/** The clients of a set, and how it loses one. */
function* each(clients: ClientSet | null): Generator<[client: BaseClient, forget: () => unknown]> {
  if (clients === null) return;
  if (Array.isArray(clients)) {
    for (const client of [...clients]) yield [client, () => clients.splice(clients.indexOf(client), 1)];
  } else if (isKeyed(clients)) {
    for (const [key, client] of [...clients.entries()]) yield [client, () => clients.delete(key)];
  } else {
    for (const [key, client] of Object.entries(clients)) yield [client, () => delete clients[key]];
  }
}

const isKeyed = (clients: Exclude<ClientSet, BaseClient[]>): clients is KeyedClients =>
  typeof clients.delete === 'function';

/** The connections of a set, each once. */
function linksOf(clients: ClientSet | null): ClientLink[] {
  const links = [...each(clients)].map(([client]) => BaseClient.linkOf(client));
  return [...new Set(links)].filter((link) => link !== null);
}

/** Leaves only the clients that are ready. @returns these */
function keep(clients: ClientSet | null, isReady: (link: ClientLink) => boolean): BaseClient[] {
  const kept: BaseClient[] = [];
  for (const [client, forget] of each(clients)) {
    const link = BaseClient.linkOf(client);
    if (link !== null && isReady(link)) kept.push(client);
    else forget();
  }
  return kept;
}
