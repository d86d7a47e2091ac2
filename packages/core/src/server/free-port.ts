import net from 'node:net';

/** A port that nobody listens on at this moment. Node binds addresses later, but a port of all addresses at once. */
export function freePort(): number {
  const server = net.createServer().on('error', () => {});
  server.listen({ port: 0, exclusive: true });
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
