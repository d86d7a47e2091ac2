// What send() answers: bytes of every value, empty strings, numbers as fd, unknown and closed connections, with swoole_last_error();
// and how TCP data without a protocol reaches receive (as it comes). One worker.
import * as Swoole from 'swoole-ts';
import {
  SWOOLE_LOG_NONE,
  SWOOLE_STRERROR_SWOOLE,
  setWarningHandler,
  swoole_clear_error,
  swoole_last_error,
  swoole_strerror,
} from 'swoole-ts';
import { bin2hex, echo, getenvInt, jsonEncode, sha1, strlen } from '../lib/php.ts';

let warning: string | null = null;
setWarningHandler((_level, message) => {
  warning = message;
  return true;
});

const server = new Swoole.Server('127.0.0.1', getenvInt('PORT'));
server.set({ worker_num: 1, log_level: SWOOLE_LOG_NONE });

function report(what: string, call: () => unknown): void {
  swoole_clear_error();
  const result = call();
  const error =
    result === false
      ? ` error ${swoole_last_error()} ${swoole_strerror(swoole_last_error(), SWOOLE_STRERROR_SWOOLE)}`
      : '';
  echo(what, ': ', jsonEncode(result), error, warning ? ` warning: ${warning}` : '', '\n');
  warning = null;
}

let first = 0;
server.on('connect', (server, fd) => {
  first = first || fd;
  report(`fd ${fd} at connect`, () => server.send(fd, `welcome ${fd}\n`));
});
server.on('receive', (server, fd, _reactorId, data) => {
  echo('receive ', strlen(data), ' bytes ', strlen(data) <= 20 ? bin2hex(data) : `sha1 ${sha1(data)}`, '\n');
  if (data.toString() === 'all bytes') {
    const text = Buffer.alloc(256);
    for (let i = 0; i < 256; i++) {
      text[i] = i;
    }
    report('send 256 bytes', () => server.send(fd, text));
  } else if (data.toString() === 'errors') {
    report('empty', () => server.send(fd, ''));
    report('fd 0', () => server.send(0, 'x'));
    report('fd -5', () => server.send(-5, 'x'));
    report('fd never given out', () => server.send(999, 'x'));
    report('fd as a string', () => server.send(String(fd) as never, 'x'));
    report('fd as words', () => server.send('somebody' as never, 'x'));
    report('exist', () => server.exist(fd));
    report('exists of an unknown one', () => server.exists(999));
    report('close an unknown one', () => server.close(999));
    report('getClientInfo of an unknown one', () => server.getClientInfo(999));
    report('protect of an unknown one', () => server.protect(999));
    report('confirm of an unknown one', () => server.confirm(999));
    report('pause of an unknown one', () => server.pause(999));
  } else if (data.toString() === 'big') {
    report('send 3 MiB', () => server.send(fd, '0123456789abcdef'.repeat(196608)));
  } else if (data.toString() === 'to the first') {
    report('send to the first, who left', () => server.send(first, 'are you there?'));
    report('exist', () => server.exist(first));
    report('close', () => server.close(first));
    report('send to myself', () => server.send(fd, 'done'));
  }
});
server.on('close', (server, fd) => {
  echo(`close ${fd}\n`);
  report('send in close', () => server.send(fd, 'too late'));
  report('exist in close', () => server.exist(fd));
  report('info in close', () => typeof server.getClientInfo(fd) === 'object');
});
server.start();
