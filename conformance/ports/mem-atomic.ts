// Atomic and Atomic\Long: return values, defaults, unsigned 32 bits, cmpset, and the same number seen by child processes, with
// wait() and wakeup() between them.
import { Atomic, isMaster, Process } from 'swoole-ts';
import * as php from '../lib/php.ts';
import { jsonEncode, usleep } from '../lib/php.ts';

// A process is a thread that runs the script again up to its start(): what was printed until then was printed by the first thread.
const printf: typeof php.printf = (...parts) => {
  if (isMaster) php.printf(...parts);
};

const a = new Atomic();
printf(
  'new %d, add %d, add 5 %d, sub %d, sub 3 %d, get %d\n',
  a.get(),
  a.add(),
  a.add(5),
  a.sub(),
  a.sub(3),
  a.get(),
);
printf('set returns %s, now %d\n', jsonEncode(a.set(100)), a.get());
printf(
  'cmpset wrong %s, right %s, now %d\n',
  jsonEncode(a.cmpset(1, 2)),
  jsonEncode(a.cmpset(100, 101)),
  a.get(),
);
a.set(0);
printf('0 sub 1 = %d, add 2 = %d\n', a.sub(1), a.add(2));

const b = new Atomic(5);
const c = new Atomic.Long(-7);
printf('with a value %d %d, long add 10 = %d, sub 20 = %d\n', b.get(), c.get(), c.add(10), c.sub(20));
printf('long cmpset %s %d\n', jsonEncode(c.cmpset(-17, 2 ** 40)), c.get());

// wait: at once when the value is 1 (it becomes 0), false after the time
const w = new Atomic(1);
const started = Date.now() / 1000;
printf('wait for a 1: %s, value after %d\n', jsonEncode(w.wait(0.5)), w.get());
printf(
  'wait in vain: %s, value %d, waited %s\n',
  jsonEncode(w.wait(0.1)),
  w.get(),
  jsonEncode(Date.now() / 1000 - started >= 0.09),
);
printf('wakeup with nobody waiting: %s, value %d\n', jsonEncode(w.wakeup()), w.get());
printf('wait after that: %s, value %d\n', jsonEncode(w.wait(0.1)), w.get());

// four processes count together, the fifth wakes us
const counter = new Atomic(0);
const long = new Atomic.Long(0);
const bell = new Atomic(0);
for (let i = 0; i < 4; i++) {
  const process = new Process(() => {
    for (let n = 0; n < 1000; n++) {
      counter.add();
      long.sub(1000000000);
    }
  });
  process.start();
}
const ringer = new Process(() => {
  usleep(100000);
  bell.wakeup();
});
ringer.start();
// 20 s for PHP's 2: a thread has to load the script first, which takes longer than a fork.
printf('woken by a process: %s\n', jsonEncode(bell.wait(20)));
let exits = 0;
while (await Process.wait()) {
  exits++;
}
printf('%d processes ended, counter %d, long %d\n', exits, counter.get(), long.get());
