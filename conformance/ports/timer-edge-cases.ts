// Timers: intervals that are refused, info(), list(), stats(), clear() of unknown ids, clearAll(), a slow callback and its tick,
// exceptions, the aliases.
import * as Swoole from 'swoole-ts';
import { Timer } from 'swoole-ts';
import { className, echo, jsonEncode, ksort, printf, usleep } from '../lib/php.ts';

let warning = '';
Swoole.setWarningHandler((_level, message) => {
  warning = `  warning: ${message}`;
  return true;
});

for (const ms of [0, -1, -100]) {
  warning = '';
  let result = Timer.after(ms, () => null);
  printf('after %d: %s%s\n', ms, jsonEncode(result), warning);
  warning = '';
  result = Timer.tick(ms, () => null);
  printf('tick %d: %s%s\n', ms, jsonEncode(result), warning);
}
const id = Timer.after(86400000 * 365, () => null);
printf('a year: %s, clear %s\n', jsonEncode(Number.isInteger(id)), jsonEncode(Timer.clear(Number(id))));
for (const unknown of [0, -1, 99999]) {
  printf(
    'clear(%d): %s, exists %s, info %s\n',
    unknown,
    jsonEncode(Timer.clear(unknown)),
    jsonEncode(Timer.exists(unknown)),
    jsonEncode(Timer.info(unknown)),
  );
}

const after = Number(Timer.after(500, () => echo('not reached\n')));
const tick = Number(Timer.tick(1000, () => echo('not reached\n')));
const { exec_msec: _exec_msec, round: _round, ...info } = Timer.info(tick)!;
printf('info of a tick: %s\n', jsonEncode(ksort(info)));
printf(
  'info of an after: interval %d exec_count %d removed %s\n',
  Timer.info(after)?.interval,
  Timer.info(after)?.exec_count,
  jsonEncode(Timer.info(after)?.removed),
);
const list = [...Timer.list()].sort((a, b) => a - b);
printf(
  'list has %d: %s, class %s\n',
  list.length,
  jsonEncode(jsonEncode(list) === jsonEncode([after, tick])),
  className(Timer.list()),
);
const stats = Timer.stats();
printf('stats: %s, num %d\n', Object.keys(stats).join(' '), stats.num);
printf(
  'clearAll: %s, num %d, list %d, again %s\n',
  jsonEncode(Timer.clearAll()),
  Timer.stats().num,
  Timer.list().count(),
  jsonEncode(Timer.clearAll()),
);

// a callback slower than the interval: the ticks that were missed are not made up for
let ticks = 0;
Timer.tick(20, () => {
  ticks++;
  if (ticks === 1) {
    usleep(110000);
  }
});
Timer.after(150, () => {
  printf('ticks after a slow one: fewer than six %s\n', jsonEncode(ticks < 6));
  Timer.clearAll();
});
await Swoole.Event.wait();

// an exception in a callback is fatal when nobody catches it; caught inside it is nobody's business
class DomainException extends Error {}
Timer.after(5, () => {
  try {
    throw new DomainException('inside');
  } catch (e) {
    if (!(e instanceof DomainException)) throw e;
    printf('caught %s\n', e.message);
  }
});
Timer.after(10, () => {
  printf('exec_count in the callback %d\n', Timer.info(Number(Timer.tick(10, () => null)))?.exec_count);
  Timer.clearAll();
});
await Swoole.Event.wait();

const aliases = [
  Swoole.swoole_timer_after(5, () => echo('swoole_timer_after\n')),
  Swoole.swoole_timer_tick(10, (id: number) => {
    echo('swoole_timer_tick\n');
    Swoole.swoole_timer_clear(id);
  }),
];
printf(
  'aliases: %s, exists %s\n',
  jsonEncode(aliases.map((alias) => Number.isInteger(alias))),
  jsonEncode(Swoole.swoole_timer_exists(Number(aliases[0]))),
);
await Swoole.Event.wait();
echo('end\n');
