import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import tls from 'node:tls';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const keys = fileURLToPath(new URL('../fixtures/tls/', import.meta.url));

/** A server that echoes, and the connections that it has got so far. It ends with the test. */
export async function echo(secure = false): Promise<{ port: number; peers: Socket[] }> {
  const peers: Socket[] = [];
  const accept = (socket: Socket): void => {
    peers.push(socket.on('error', () => {}));
    socket.pipe(socket);
  };
  const server: Server = secure
    ? tls.createServer({ cert: readFileSync(`${keys}a.crt`), key: readFileSync(`${keys}a.key`) }, accept)
    : createServer({ allowHalfOpen: true }, accept);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const peer of peers) peer.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, peers };
}
