import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { streamOf } from './duplex-stream.js';

/** What the pair is made of. */
export { Socket };

/** What is listened to by those who wait for a socket. */
const AWAITED: ReadonlySet<string | symbol> = new Set(['readable', 'data', 'end', 'drain']);

/**
 * Two sockets, of which each reads what is written to the other. They are sockets of Node's, which `Event.add()` watches and `fread()` and its kin
 * take. As in PHP, a program does not stay for them unless it waits for one. The arguments are not looked at: they are streams between processes of
 * one machine.
 */
export async function stream_socket_pair(
  _domain: unknown,
  _type: unknown,
  _protocol: unknown = 0,
): Promise<[Socket, Socket]> {
  // Nobody else gets at the socket in the folder, which is of mode 0700 and gone when both ends have met.
  const folder = mkdtempSync(path.join(tmpdir(), 'pair-'));
  const server = createServer();
  try {
    server.listen(path.join(folder, 'socket'));
    await once(server, 'listening');
    const left = connect(path.join(folder, 'socket'));
    const [[right]] = (await Promise.all([once(server, 'connection'), once(left, 'connect')])) as [
      [Socket],
      unknown,
    ];
    return [kept(left), kept(right)];
  } finally {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Keeps the program going only while somebody waits for the socket. */
function kept(socket: Socket): Socket {
  streamOf(socket);
  socket.unref();
  socket.on('newListener', (event: string | symbol) => {
    if (AWAITED.has(event)) socket.ref();
  });
  const own = new Map([...AWAITED].map((event) => [event, socket.listenerCount(event)]));
  socket.on('removeListener', () => {
    if ([...own].every(([event, count]) => socket.listenerCount(event) <= count)) socket.unref();
  });
  return socket;
}
