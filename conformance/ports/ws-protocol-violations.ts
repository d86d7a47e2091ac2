// Frames that break RFC 6455: which of them the server lets pass, ignores, or answers by closing the connection.
import * as Swoole from 'swoole-ts';
import { SWOOLE_LOG_NONE } from 'swoole-ts';
import { bin2hex, echo, getenvInt, jsonEncode, printf } from '../lib/php.ts';

const server = new Swoole.WebSocket.Server('127.0.0.1', getenvInt('PORT'));
server.set({ worker_num: 1, log_level: SWOOLE_LOG_NONE });
server.on('message', (server, frame) => {
  printf(
    '  message fd=%d opcode=%d flags=%d finish=%s data=%s\n',
    frame.fd,
    frame.opcode,
    frame.flags,
    jsonEncode(frame.finish),
    bin2hex(frame.data),
  );
  server.push(frame.fd, 'ok');
});
server.on('open', (_server, request) => {
  echo('open ', request.server.path_info.replace(/^\/+/, ''), '\n');
});
server.on('close', (_server, fd, reactor) => {
  echo('  close fd=', fd, ' by the ', reactor < 0 ? 'server' : 'client or the protocol', '\n');
});
server.start();
