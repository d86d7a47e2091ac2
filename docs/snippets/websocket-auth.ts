import { setTimeout } from 'node:timers/promises';
import * as Swoole from 'swoole-ts';

const server = new Swoole.WebSocket.Server('127.0.0.1', Number(process.env.PORT || 9501));
const names = new Map<number, string>();

// #region origins
server.set({
  allowed_origins: ['https://app.example'], // other pages get a 403; clients that are no browsers pass
  trusted_proxies: ['127.0.0.1', '10.0.0.0/8'], // whose X-Forwarded-For is believed
});
// #endregion origins

async function nameOf(token: unknown): Promise<string | null> {
  await setTimeout(10); // a database would be asked here
  return token === 'secret' ? 'Alice' : null;
}

// #region handshake
server.on('handshake', async (request, response) => {
  const name = await nameOf(request.get?.token);
  if (name === null) {
    response.status(401);
    response.end();
    return;
  }
  names.set(request.fd, name);
  response.status(101);
  response.end();
});
// #endregion handshake

server.on('message', (server, frame) => {
  server.push(frame.fd, `${names.get(frame.fd)}: ${frame.data}`);
});

server.on('close', (_server, fd) => {
  names.delete(fd);
});

server.start();
