// Process::signal() in an event loop: handlers get the number, are replaced and removed; a child's end as SIGCHLD; a signal
// from another process; the loop ends when told to.
import { exec } from 'node:child_process';
import { constants } from 'node:os';
import { Coroutine, Event, Process, SWOOLE_LOG_NONE, swoole_async_set, Timer } from 'swoole-ts';
import { echo, jsonEncode, printf, usleep } from '../lib/php.ts';

const { SIGCHLD, SIGUSR1, SIGUSR2 } = constants.signals;
swoole_async_set({ log_level: SWOOLE_LOG_NONE });

const child = new Process(() => {
  usleep(20000);
  process.exit(6);
});
const childPid = child.start();

printf(
  'signal: %s\n',
  jsonEncode(
    Process.signal(SIGUSR1, (number) => {
      printf('got SIGUSR1 %s\n', jsonEncode(number === SIGUSR1));
    }),
  ),
);
let tell = () => {};
const ended = new Promise<void>((resolve) => {
  tell = resolve;
});
Process.signal(SIGCHLD, async () => {
  for (let status = await Process.wait(false); status; status = await Process.wait(false)) {
    printf('the child ended: pid %s code %d\n', jsonEncode(status.pid === childPid), status.code);
    tell();
  }
});
Process.kill(process.pid, SIGUSR1);
// A process takes as long to start as the program did: the timers begin when it has ended.
await ended;
Timer.after(60, () => {
  Process.signal(SIGUSR1, () => echo('another handler\n'));
  Process.kill(process.pid, SIGUSR1);
});
Timer.after(90, () => {
  Process.signal(SIGUSR2, (number) => {
    printf(
      'got SIGUSR2 %s, in a coroutine %s\n',
      jsonEncode(number === SIGUSR2),
      jsonEncode(Coroutine.getCid() > 0),
    );
    for (const number of [SIGUSR1, SIGUSR2, SIGCHLD]) {
      printf('remove: %s\n', jsonEncode(Process.signal(number, null)));
    }
    Event.exit();
  });
  // from another process
  exec(`kill -USR2 ${process.pid}`);
});
const late = Timer.after(2000, () => echo('not reached\n'));
await Event.wait();
if (late) Timer.clear(late);
echo('end\n');
