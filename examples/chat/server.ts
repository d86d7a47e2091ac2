import * as Swoole from 'swoole-ts';

import { Chat } from './chat.ts';
import { LIMITS, Refusal, read_message } from './messages.ts';

// A chat with rooms, in JSON messages: see README.md for what is said and answered.
const server = new Swoole.WebSocket.Server('127.0.0.1', Number(process.env.PORT || 9502));
server.set({ worker_num: 1 });
const chat = new Chat(server);

// The page.
server.on('request', (request, response) => {
  if (request.server.request_uri !== '/') {
    response.status(404);
    response.end('Not found');
    return;
  }
  response.sendfile(`${import.meta.dirname}/index.html`);
});

server.on('open', (_server, request) => {
  chat.send(request.fd, { type: 'welcome', limits: { ...LIMITS, history: Chat.HISTORY } });
});

server.on('message', (_server, frame) => {
  try {
    const message = read_message(frame);
    switch (message.type) {
      case 'join':
        chat.join(frame.fd, message.room, message.nickname);
        break;
      case 'say':
        chat.say(frame.fd, message.text);
        break;
      case 'nick':
        chat.nick(frame.fd, message.nickname);
        break;
      case 'who':
        chat.who(frame.fd);
        break;
      case 'leave':
        chat.leave(frame.fd);
        break;
    }
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    // Only the sender hears of it, and stays connected.
    chat.send(frame.fd, { type: 'error', code: refusal.reason, message: refusal.message });
  }
});

server.on('close', (_server, fd) => {
  chat.remove(fd);
});

server.start();
