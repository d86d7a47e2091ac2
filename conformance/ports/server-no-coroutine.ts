// enable_coroutine => false: callbacks are plain function calls, one after the other; a coroutine has to be made by hand, and what
// waits in it lets the callbacks go on. (With the same clients as when coroutines are on.)
import * as Swoole from 'swoole-ts';
import { SWOOLE_LOG_NONE } from 'swoole-ts';
import { go } from 'swoole-ts/shortnames';
import { echo, getenvInt, usleep } from '../lib/php.ts';

const { Coroutine } = Swoole;

const server = new Swoole.Server('127.0.0.1', getenvInt('PORT'));
server.set({
  worker_num: 1,
  enable_coroutine: false,
  open_eof_split: true,
  package_eof: '\n',
  log_level: SWOOLE_LOG_NONE,
});
const inCoroutine = (): string => (Coroutine.getCid() > 0 ? 'yes' : 'no');

server.on('workerStart', () => echo(`workerStart in a coroutine: ${inCoroutine()}\n`));
server.on('connect', () => echo(`connect in a coroutine: ${inCoroutine()}\n`));
server.on('receive', (server, fd, _reactorId, line) => {
  const [what = '', ms = ''] = line.toString().trim().split(' ');
  if (what === 'block') {
    usleep(Number(ms) * 1000);
    server.send(fd, `${what} in a coroutine: ${inCoroutine()}\n`);
  } else if (what === 'go') {
    go(async () => {
      echo(`go ${ms} in a coroutine: ${inCoroutine()}\n`);
      await Coroutine.sleep(Number(ms) / 1000);
      server.send(fd, `go ${ms}\n`);
    });
    echo(`receive of go ${ms} ends\n`);
  } else if (what === 'timer') {
    Swoole.Timer.after(Number(ms), () => {
      server.send(fd, `timer in a coroutine: ${inCoroutine()}\n`);
    });
  }
});
server.on('close', () => echo(`close in a coroutine: ${inCoroutine()}\n`));
server.start();
