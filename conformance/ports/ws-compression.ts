// permessage-deflate: negotiation, compressed frames in and out, flags of the frames, data that does not inflate.
import * as Swoole from 'swoole-ts';
import {
  SWOOLE_LOG_NONE,
  SWOOLE_WEBSOCKET_FLAG_COMPRESS,
  SWOOLE_WEBSOCKET_FLAG_FIN,
  SWOOLE_WEBSOCKET_FLAG_MASK,
  SWOOLE_WEBSOCKET_FLAG_RSV1,
  SWOOLE_WEBSOCKET_FLAG_RSV2,
  SWOOLE_WEBSOCKET_FLAG_RSV3,
  WEBSOCKET_OPCODE_BINARY,
  WEBSOCKET_OPCODE_CONTINUATION,
  WEBSOCKET_OPCODE_PING,
  WEBSOCKET_OPCODE_TEXT,
} from 'swoole-ts';
import { echo, getenvInt, jsonEncode, md5, printf, strlen } from '../lib/php.ts';

const server = new Swoole.WebSocket.Server('127.0.0.1', getenvInt('PORT'));
server.set({
  worker_num: 1,
  log_level: SWOOLE_LOG_NONE,
  websocket_compression: true,
});

function flags(flags: number): string {
  const names = {
    FIN: SWOOLE_WEBSOCKET_FLAG_FIN,
    COMPRESS: SWOOLE_WEBSOCKET_FLAG_COMPRESS,
    RSV1: SWOOLE_WEBSOCKET_FLAG_RSV1,
    RSV2: SWOOLE_WEBSOCKET_FLAG_RSV2,
    RSV3: SWOOLE_WEBSOCKET_FLAG_RSV3,
    MASK: SWOOLE_WEBSOCKET_FLAG_MASK,
  };
  return Object.entries(names)
    .filter(([, bit]) => (flags & bit) === bit)
    .map(([name]) => name)
    .join('|');
}

server.on('open', (_server, request) => {
  echo(`open ${request.fd}: `, request.header['sec-websocket-extensions'] ?? 'no extensions', '\n');
});
server.on('message', (server, frame) => {
  const data = frame.data;
  printf(
    'fd %d opcode=%d %s finish=%s %d bytes %s\n',
    frame.fd,
    frame.opcode,
    flags(frame.flags),
    jsonEncode(frame.finish),
    strlen(data),
    strlen(data) < 60 ? data : md5(data),
  );
  if (data === 'show') {
    server.push(frame.fd, 'short');
    server.push(frame.fd, '');
    server.push(frame.fd, 'repetition '.repeat(1000));
    server.push(frame.fd, '\0'.repeat(100), WEBSOCKET_OPCODE_BINARY);
    server.push(
      frame.fd,
      'asked for',
      WEBSOCKET_OPCODE_TEXT,
      SWOOLE_WEBSOCKET_FLAG_FIN | SWOOLE_WEBSOCKET_FLAG_COMPRESS,
    );
    server.push(frame.fd, 'not finished, ', WEBSOCKET_OPCODE_TEXT, 0);
    server.push(frame.fd, 'not compressed', WEBSOCKET_OPCODE_CONTINUATION, SWOOLE_WEBSOCKET_FLAG_FIN);
    server.push(frame.fd, 'ping', WEBSOCKET_OPCODE_PING);
  } else {
    server.push(frame.fd, `got ${strlen(data)}`);
  }
});
server.on('close', (_server, fd) => {
  echo(`close ${fd}\n`);
});
server.start();
