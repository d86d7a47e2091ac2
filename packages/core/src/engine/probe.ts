import net from 'node:net';

/** Listens for a moment with Node's own means: resolves to the port, or rejects with the system's reason. */
export function probe(where: { host: string; port: number } | { path: string }): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen({ ...where, exclusive: true }, () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

export function listenError(where: string): NodeJS.ErrnoException {
  const error: NodeJS.ErrnoException = new Error(`cannot listen on ${where}`);
  error.code = 'EADDRINUSE';
  error.errno = -98;
  return error;
}
