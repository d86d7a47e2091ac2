// sendfile(): whole, with offset and length, out of range, missing and empty files; the order with send() before and after.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as Swoole from 'swoole-ts';
import { SWOOLE_LOG_NONE, setWarningHandler, swoole_clear_error, swoole_last_error } from 'swoole-ts';
import { echo, getenvInt, jsonEncode, printf, sprintf } from '../lib/php.ts';

const directory = mkdtempSync(path.join(tmpdir(), 'sendfile'));
const big = path.join(directory, 'big');
const empty = path.join(directory, 'empty');
writeFileSync(big, Array.from({ length: 10000 }, (_, i) => sprintf('line %04d\n', i)).join(''));
writeFileSync(empty, '');
setWarningHandler((_level, message) => {
  echo(`  warning: ${message}\n`);
  return true;
});

const server = new Swoole.Server('127.0.0.1', getenvInt('PORT'));
server.set({ worker_num: 1, log_level: SWOOLE_LOG_NONE });
server.on('receive', (server, fd, _reactorId, data) => {
  const args = JSON.parse(data.toString()) as [string, ...(number | string)[]];
  if (args[0] === 'other') {
    swoole_clear_error();
    printf(
      'sendfile to an unknown fd: %s, error %d\n',
      jsonEncode(server.sendfile(99, big)),
      swoole_last_error(),
    );
    return;
  }
  const files: Record<string, string> = { big, empty, none: '/no/such/file', dir: '/tmp' };
  const file = files[args[0]] as string;
  if (args[0] === 'big' && args.length === 2 && args[1] === 'wrapped') {
    const results = [
      server.send(fd, 'before\n'),
      server.sendfile(fd, file, 0, 20),
      server.send(fd, 'after\n'),
    ];
    echo(jsonEncode(results), '\n');
    return;
  }
  swoole_clear_error();
  const ok = server.sendfile(fd, file, ...(args.slice(1) as number[]));
  printf('sendfile %s: %s%s\n', data, jsonEncode(ok), ok ? '' : ` error ${swoole_last_error()}`);
  server.send(fd, '|');
});
server.on('shutdown', () => {
  rmSync(directory, { recursive: true });
});
server.start();
