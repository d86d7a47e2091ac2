// Timers inside a server: tick and after in workerStart, cleared from inside and from another callback, per worker; timers started
// in receive; a timer that sends to a connection which has gone; what runs at once and what at the next round of the loop.
import * as Swoole from 'swoole-ts';
import { SWOOLE_LOG_NONE } from 'swoole-ts';
import { go } from 'swoole-ts/shortnames';
import { echo, getenvInt, jsonEncode, printf } from '../lib/php.ts';

const { Event, Timer } = Swoole;

const server = new Swoole.Server('127.0.0.1', getenvInt('PORT'));
server.set({ worker_num: 1, log_level: SWOOLE_LOG_NONE });

server.on('workerStart', (_server, _id) => {
  let n = 0;
  Timer.tick(
    30,
    (timerId: number, word: string, list: number[]) => {
      n++;
      echo(`tick ${n} ${word} `, jsonEncode(list), '\n');
      if (n === 3) {
        printf(
          'clear from inside: %s, again: %s\n',
          jsonEncode(Timer.clear(timerId)),
          jsonEncode(Timer.clear(timerId)),
        );
      }
    },
    'word',
    [1, 2],
  );
  Timer.after(150, () => echo('after 150\n'));
  echo('workerStart done\n');
});

const watchers = new Map<number, number>();
server.on('receive', (server, fd, _reactorId, data) => {
  switch (data.toString()) {
    case 'watch': {
      let count = 0;
      const watcher = Timer.tick(40, (timerId: number) => {
        count++;
        if (!server.exist(fd)) {
          echo(`watcher of ${fd}: connection gone, cleared `, jsonEncode(Timer.clear(timerId)), '\n');
          watchers.delete(fd);
          return;
        }
        server.send(fd, `update ${count}\n`);
      });
      watchers.set(fd, Number(watcher));
      break;
    }
    case 'stop': {
      const watcher = watchers.get(fd) as number;
      printf('stop: %s, exists %s\n', jsonEncode(Timer.clear(watcher)), jsonEncode(Timer.exists(watcher)));
      server.send(fd, 'stopped\n');
      break;
    }
    case 'order':
      Timer.after(1, () => echo('order: after 1\n'));
      Event.defer(() => echo('order: defer\n'));
      go(() => echo('order: coroutine\n'));
      go(async () => {
        await Swoole.Coroutine.sleep(0.02);
        echo('order: coroutine after a sleep of 20\n');
      });
      echo('order: end of receive\n');
      break;
  }
});
server.on('close', (_server, fd) => echo(`close ${fd}\n`));
server.start();
