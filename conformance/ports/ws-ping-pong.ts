// Pings and pongs with the default settings: the server answers pings by itself, swallows pongs, and can ping.
import * as Swoole from 'swoole-ts';
import { SWOOLE_BASE, SWOOLE_LOG_NONE, swoole_last_error, WEBSOCKET_OPCODE_PING } from 'swoole-ts';
import { echo, getenvInt, varExport } from '../lib/php.ts';

const server = new Swoole.WebSocket.Server('127.0.0.1', getenvInt('PORT'), SWOOLE_BASE);
server.set({ worker_num: 1, log_level: SWOOLE_LOG_NONE });
Swoole.setWarningHandler((_level, message) => {
  echo(`warning: ${message}\n`);
  return true;
});

const tell = (what: string, value: unknown) => echo(`${what} = ${varExport(value)}\n`);

server.on('message', (server, frame) => {
  echo(`message opcode=${frame.opcode} ${frame.data}\n`);
  const fd = frame.fd;
  switch (frame.data) {
    case 'ping me':
      tell('ping()', server.ping(fd));
      tell('ping(payload)', server.ping(fd, 'beat 1'));
      tell('ping(125 bytes)', server.ping(fd, 'x'.repeat(125)));
      tell('ping(126 bytes)', server.ping(fd, 'x'.repeat(126)));
      tell('last error', swoole_last_error());
      tell('ping(unknown fd)', server.ping(777));
      tell('last error', swoole_last_error());
      break;
    case 'raw':
      // a frame packed by hand and sent as plain bytes
      tell('send()', server.send(fd, Swoole.WebSocket.Server.pack('by hand', WEBSOCKET_OPCODE_PING)));
      break;
  }
});
server.start();
