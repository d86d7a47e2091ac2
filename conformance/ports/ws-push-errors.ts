// push() that cannot work: unknown, closed, plain HTTP and impossible fds, bad opcodes, oversized control frames:
// its return value, the warning and the error code.
import * as Swoole from 'swoole-ts';
import {
  SWOOLE_LOG_NONE,
  swoole_clear_error,
  swoole_last_error,
  swoole_strerror,
  WEBSOCKET_OPCODE_PING,
} from 'swoole-ts';
import { E_WARNING, echo, getenvInt, printf, varExport } from '../lib/php.ts';

const server = new Swoole.WebSocket.Server('127.0.0.1', getenvInt('PORT'));
server.set({ worker_num: 1, log_level: SWOOLE_LOG_NONE });

Swoole.setWarningHandler((level, message) => {
  echo('  ', level === E_WARNING ? 'warning' : `level ${level}`, ': ', message, '\n');
  return true;
});

function attempt(label: string, fn: () => unknown): void {
  swoole_clear_error();
  echo(`${label}\n`);
  const result = fn();
  const code = swoole_last_error();
  printf('  => %s, error %d%s\n', varExport(result), code, code ? ` ${swoole_strerror(code, 9)}` : '');
}

echo('before start: ');
echo(varExport(server.push(1, 'too early')), '\n');

let closed = 0;
let http = 0;
server.on('request', (request, response) => {
  http = request.fd;
  attempt('push to the fd of the HTTP request', () => server.push(request.fd, 'not upgraded'));
  response.end('ok');
});
server.on('message', (server, frame) => {
  const fd = frame.fd;
  if (frame.data === 'run') {
    attempt('unknown fd', () => server.push(4242, 'x'));
    attempt('closed fd', () => server.push(closed, 'x'));
    attempt('HTTP fd', () => server.push(http, 'x'));
    attempt('fd 0', () => server.push(0, 'x'));
    attempt('fd -1', () => server.push(-1, 'x'));
    attempt('opcode 16', () => server.push(fd, 'x', 16));
    attempt('opcode -1', () => server.push(fd, 'x', -1));
    attempt('opcode 15', () => server.push(fd, 'x', 15));
    attempt('ping of 125 bytes', () => server.push(fd, 'p'.repeat(125), WEBSOCKET_OPCODE_PING));
    attempt('ping of 126 bytes', () => server.push(fd, 'p'.repeat(126), WEBSOCKET_OPCODE_PING));
    attempt('ping without FIN', () => server.push(fd, 'pp', WEBSOCKET_OPCODE_PING, 0));
    attempt('unknown fd comes before the bad opcode', () => server.push(4242, 'x', 16));
    attempt('a good push keeps the error', () => {
      server.push(4242, 'x');
      return server.push(fd, 'fine');
    });
    echo('getLastError: ', server.getLastError(), '\n');
  } else if (frame.data === 'close first') {
    server.close(fd);
    attempt('after close()', () => server.push(fd, 'late'));
    closed = fd;
  }
});
server.start();
