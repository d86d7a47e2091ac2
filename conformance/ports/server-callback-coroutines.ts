// Every callback of a worker runs in a coroutine of its own: while one sleeps, the next message (even of the same connection) is
// handled; close may come before receive has ended; locks and channels keep things in order. Which callbacks are coroutines.
import * as Swoole from 'swoole-ts';
import { Coroutine } from 'swoole-ts';
import { echo, getenvInt, jsonEncode, printf } from '../lib/php.ts';
import { silence } from '../lib/silence.ts';

const { Channel } = Coroutine;

const server = new Swoole.Server('127.0.0.1', getenvInt('PORT'));
server.set({
  worker_num: 1,
  task_worker_num: 1,
  open_eof_split: true,
  package_eof: '\n',
  log_level: Swoole.SWOOLE_LOG_NONE,
});

const inCoroutine = () => (Coroutine.getCid() > 0 ? 'yes' : 'no');
let turns: Coroutine.Channel;

server.on('workerStart', async (_server: Swoole.Server, id: number) => {
  if (id === 0) {
    turns = new Channel(1);
    await turns.push(true);
    echo(`workerStart in a coroutine: ${inCoroutine()}\n`);
    Swoole.Timer.after(20, () => echo(`timer in a coroutine: ${inCoroutine()}\n`));
    Swoole.Event.defer(() => echo(`defer in a coroutine: ${inCoroutine()}\n`));
  }
});
server.on('connect', async (_server: Swoole.Server, fd: number) => {
  echo(`connect in a coroutine: ${inCoroutine()}\n`);
  if (fd === 1) {
    await Coroutine.sleep(0.05);
    echo('connect of 1 ends\n');
  }
});
server.on('receive', async (server: Swoole.Server, fd: number, _reactorId: number, line: Buffer) => {
  const [what = '', text] = String(line).trim().split(' ');
  const ms = Number(text);
  echo(`${what} starts\n`);
  if (what === 'task') {
    server.task('x');
    return;
  }
  if (what.startsWith('turn')) {
    await turns.pop();
    await Coroutine.sleep(ms / 1000);
    echo(`${what} ends\n`);
    await turns.push(true);
    return;
  }
  await Coroutine.sleep(ms / 1000);
  printf(
    '%s ends, send %s, exist %s\n',
    what,
    jsonEncode(silence(() => server.send(fd, `${what}\n`))),
    jsonEncode(server.exist(fd)),
  );
});
server.on('close', () => {
  echo(`close in a coroutine: ${inCoroutine()}\n`);
});
server.on('task', () => inCoroutine());
server.on('finish', (_server: Swoole.Server, _id: number, result: unknown) => {
  echo(`task in a coroutine: ${result}, finish in a coroutine: ${inCoroutine()}\n`);
});
server.on('workerStop', (_server: Swoole.Server, id: number) =>
  id === 0 ? echo(`workerStop in a coroutine: ${inCoroutine()}\n`) : null,
);
await server.start();
