// Coroutine\System: sleep, exec with output and codes, reading and writing files, names of localhost; while one coroutine waits, another goes on.
import * as Swoole from 'swoole-ts';
import { Coroutine } from 'swoole-ts';
import {
  AF_INET,
  echo,
  FILE_APPEND,
  jsonEncode,
  printf,
  SOCK_STREAM,
  STREAM_IPPROTO_TCP,
  sysGetTempDir,
  tempnam,
  unlink,
} from '../lib/php.ts';
import { silence } from '../lib/silence.ts';

const { System, go, run } = Coroutine;

Swoole.swoole_async_set({ log_level: Swoole.SWOOLE_LOG_NONE });

await run(async () => {
  let ticks = 0;
  const ticker = Number(
    go(async () => {
      while (!Coroutine.isCanceled()) {
        await System.sleep(0.005);
        ticks++;
      }
    }),
  );
  printf('exec: %s\n', jsonEncode(await System.exec('echo out; echo err >&2; exit 3')));
  printf('exec with stderr: %s\n', jsonEncode(await System.exec('echo out; echo err >&2', true)));
  printf('exec killed: %s\n', jsonEncode(await System.exec('kill -9 $$')));
  const unknown = await System.exec('no-such-command-here 2>/dev/null');
  printf('exec of nothing known: code %d\n', (unknown || { code: false }).code);
  await System.exec('sleep 0.1');
  printf('others went on meanwhile: %s\n', jsonEncode(ticks >= 5));
  await Coroutine.cancel(ticker);

  const path = tempnam(sysGetTempDir(), 'co');
  printf(
    'writeFile %s, readFile %s\n',
    jsonEncode(await System.writeFile(path, 'first line\n')),
    jsonEncode(await System.readFile(path)),
  );
  printf(
    'append %s, readFile %s\n',
    jsonEncode(await System.writeFile(path, 'second', FILE_APPEND)),
    jsonEncode(await System.readFile(path)),
  );
  printf(
    'overwrite %s, readFile %s\n',
    jsonEncode(await System.writeFile(path, '')),
    jsonEncode(await System.readFile(path)),
  );
  unlink(path);
  let got: unknown = await silence(() => System.readFile(path));
  printf('a missing file: %s\n', jsonEncode(got));
  got = await silence(() => System.writeFile('/no/such/dir/file', 'x'));
  printf('a missing directory: %s\n', jsonEncode(got));

  printf(
    'gethostbyname localhost: %s, an address: %s\n',
    await System.gethostbyname('localhost'),
    await System.gethostbyname('127.0.0.1'),
  );
  printf(
    'getaddrinfo localhost: %s\n',
    jsonEncode(await System.getaddrinfo('localhost', AF_INET, SOCK_STREAM, STREAM_IPPROTO_TCP, '80')),
  );
});
echo('end\n');
