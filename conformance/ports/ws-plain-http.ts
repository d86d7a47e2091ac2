// What a WebSocket server without a request event answers to plain HTTP and to opening handshakes that are not right.
import * as Swoole from 'swoole-ts';
import { SWOOLE_LOG_NONE } from 'swoole-ts';
import { echo, getenvInt } from '../lib/php.ts';

const server = new Swoole.WebSocket.Server('127.0.0.1', getenvInt('PORT'));
server.set({ worker_num: 1, log_level: SWOOLE_LOG_NONE });
server.on('open', (server, request) => {
  const version = request.header['sec-websocket-version'] ?? 'none';
  const { request_method, request_uri, server_protocol } = request.server;
  echo(`open ${request_method} ${request_uri} version=${version} ${server_protocol}\n`);
  server.push(request.fd, 'opened');
});
server.on('message', (_server, frame) => {
  echo(`message ${frame.data}\n`);
});
server.on('close', () => {
  echo('close\n');
});
server.start();
