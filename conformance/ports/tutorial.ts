// The tutorial's server: a greeting at open, an answer to each message, a line at close.
import * as Swoole from 'swoole-ts';
import { echo, getenvInt } from '../lib/php.ts';

const ws_server = new Swoole.WebSocket.Server('127.0.0.1', getenvInt('PORT'));

ws_server.on('open', (ws, request) => {
  echo(`connection open: ${request.fd}\n`);
  ws.push(request.fd, 'welcome to the websocket server!');
});

ws_server.on('message', (ws, frame) => {
  echo(`received message: ${frame.data}\n`);
  const message = `hello, ${frame.data} !`;
  ws.push(frame.fd, message);
});

ws_server.on('close', (_ws, fd) => {
  echo(`connection close: ${fd}\n`);
});

ws_server.start();
