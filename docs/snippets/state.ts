import { setTimeout } from 'node:timers/promises';
import * as Swoole from 'swoole-ts';

const server = new Swoole.WebSocket.Server('127.0.0.1', Number(process.env.PORT || 9501));

// #region variables
// One worker is one thread: every callback sees this map, and no two callbacks run at the same time.
const scores = new Map<number, number>();

server.on('message', async (server, frame) => {
  const score = (scores.get(frame.fd) ?? 0) + 1;
  scores.set(frame.fd, score);
  await setTimeout(20); // other callbacks run meanwhile
  server.push(frame.fd, `score ${score} at the message, ${scores.get(frame.fd)} now`);
});

server.on('close', (_server, fd) => {
  scores.delete(fd);
});
// #endregion variables

// #region timer
server.on('workerStart', () => {
  Swoole.Timer.tick(10_000, () => {
    server.broadcast(JSON.stringify({ online: server.connections.count() }));
  });
});
// #endregion timer

server.start();
