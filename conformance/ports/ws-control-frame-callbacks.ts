// open_websocket_ping_frame, open_websocket_pong_frame and open_websocket_close_frame hand the control frames
// to the message event; the server then leaves the pong to the program.
import * as Swoole from 'swoole-ts';
import { SWOOLE_LOG_NONE, WEBSOCKET_OPCODE_PING, WEBSOCKET_OPCODE_PONG } from 'swoole-ts';
import { className, echo, getenvInt, printf, varExport } from '../lib/php.ts';

const server = new Swoole.WebSocket.Server('127.0.0.1', getenvInt('PORT'));
server.set({
  worker_num: 1,
  log_level: SWOOLE_LOG_NONE,
  open_websocket_ping_frame: true,
  open_websocket_pong_frame: true,
  open_websocket_close_frame: true,
});
Swoole.setWarningHandler((_level, message) => {
  echo(`warning: ${message}\n`);
  return true;
});

const NAMES: Readonly<Record<number, string>> = { 1: 'text', 2: 'binary', 8: 'close', 9: 'ping', 10: 'pong' };

server.on('message', (server, frame) => {
  const name = NAMES[frame.opcode] ?? 'other';
  if (frame instanceof Swoole.WebSocket.CloseFrame) {
    printf(
      '%s %s fd=%d opcode=%d code=%d reason=%s data=%s flags=%d finish=%s\n',
      name,
      className(frame),
      frame.fd,
      frame.opcode,
      frame.code,
      varExport(frame.reason),
      varExport(frame.data),
      frame.flags,
      varExport(frame.finish),
    );
    printf(
      '   established=%s push=%s\n',
      varExport(server.isEstablished(frame.fd)),
      varExport(server.push(frame.fd, 'last words')),
    );
    return;
  }
  printf(
    '%s %s opcode=%d flags=%d finish=%s data=%s\n',
    name,
    className(frame),
    frame.opcode,
    frame.flags,
    varExport(frame.finish),
    varExport(frame.data),
  );
  const data = String(frame.data);
  if (frame.opcode === WEBSOCKET_OPCODE_PING && data !== 'ignore') {
    const pong = new Swoole.WebSocket.Frame();
    pong.opcode = WEBSOCKET_OPCODE_PONG;
    pong.data = data.toUpperCase();
    server.push(frame.fd, pong);
  } else if (data === 'call') {
    server.ping(frame.fd, 'response please');
  }
});
server.on('close', (_server, fd) => {
  echo(`closed ${fd}\n`);
});
server.start();
