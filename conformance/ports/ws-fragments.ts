// Fragmented messages: how received continuations are merged, what breaks the connection, and sending in parts.
import * as Swoole from 'swoole-ts';
import {
  SWOOLE_LOG_NONE,
  SWOOLE_WEBSOCKET_FLAG_FIN,
  SWOOLE_WEBSOCKET_OPCODE_CONTINUATION,
  SWOOLE_WEBSOCKET_OPCODE_TEXT,
  WEBSOCKET_OPCODE_BINARY,
} from 'swoole-ts';
import { bin2hex, echo, getenvInt, printf, strlen } from '../lib/php.ts';

const server = new Swoole.WebSocket.Server('127.0.0.1', getenvInt('PORT'));
server.set({ worker_num: 1, log_level: SWOOLE_LOG_NONE });

server.on('message', (server, frame) => {
  const data = String(frame.data);
  printf(
    "fd %d: opcode=%d flags=%d finish=%s %d bytes '%s'\n",
    frame.fd,
    frame.opcode,
    frame.flags,
    frame.finish ? 'yes' : 'no',
    strlen(frame.data),
    frame.opcode === WEBSOCKET_OPCODE_BINARY ? bin2hex(frame.data) : data.slice(0, 40),
  );
  if (data.startsWith('split:')) {
    const words = data.slice(6).split(',');
    const last = words.length - 1;
    for (const [i, word] of words.entries()) {
      const opcode = i === 0 ? SWOOLE_WEBSOCKET_OPCODE_TEXT : SWOOLE_WEBSOCKET_OPCODE_CONTINUATION;
      server.push(frame.fd, word, opcode, i === last ? SWOOLE_WEBSOCKET_FLAG_FIN : 0);
    }
  }
});
server.on('close', (_server, fd) => {
  echo(`closed ${fd}\n`);
});
server.start();
