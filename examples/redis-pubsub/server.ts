import * as Swoole from 'swoole-ts';

import { close, history, pool as make_pool, publish, say, subscribe } from './redis.ts';

// One chat over several servers, which tell each other through Redis: see README.md for what is said and answered.
const port = Number(process.env.PORT || 9507);
const server = new Swoole.WebSocket.Server('127.0.0.1', port);
server.set({ worker_num: 1, hook_flags: Swoole.SWOOLE_HOOK_ALL });
const pool = make_pool();

// fd => name. Plain: each server knows only its own people.
const names = new Swoole.ArrayObject<string>();

// The page.
server.on('request', (request, response) => {
  if (request.server.request_uri !== '/') {
    response.status(404);
    response.end('Not found');
    return;
  }
  response.sendfile(`${import.meta.dirname}/index.html`);
});

// What any of the servers publishes, each tells everybody who is connected to it.
server.on('workerStart', (server) => {
  subscribe(pool, (text) => {
    for (const fd of server.connections) {
      if (server.isEstablished(fd)) {
        server.push(fd, text);
      }
    }
  });
});

server.on('workerStop', (_server) => {
  close(pool);
});

server.on('open', async (server, request) => {
  const name = request.get?.name ?? '';
  if (typeof name !== 'string' || !/^[\p{L}\p{N} ._-]{1,20}$/u.test(name)) {
    server.disconnect(request.fd, 4000, 'a name has 1 to 20 letters and digits');
    return;
  }
  try {
    const before = await history(pool);
    names.set(request.fd, name);
    server.push(request.fd, JSON.stringify({ type: 'welcome', server: port, history: before }));
    await publish(pool, { type: 'joined', name: name, server: port });
  } catch (_error) {
    server.disconnect(request.fd, 1013, 'Redis does not answer');
  }
});

server.on('message', async (server, frame) => {
  const name = names.offsetGet(frame.fd);
  const text = frame.data;
  if (name === null || frame.opcode !== Swoole.WEBSOCKET_OPCODE_TEXT || Buffer.byteLength(text) > 2000) {
    server.disconnect(frame.fd, 4000, 'a message is a text of at most 2000 bytes');
    return;
  }
  try {
    await say(pool, { type: 'said', name: name, text: text, server: port });
  } catch (_error) {
    const sorry = { type: 'error', message: 'Redis does not answer: this was not said.' };
    server.push(frame.fd, JSON.stringify(sorry));
  }
});

server.on('close', async (_server, fd) => {
  const name = names.offsetGet(fd);
  names.delete(fd);
  if (name === null) {
    return;
  }
  try {
    await publish(pool, { type: 'left', name: name, server: port });
  } catch (_error) {
    console.log(`nobody heard that ${name} has left`);
  }
});

server.start();
