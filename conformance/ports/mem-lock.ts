// Swoole\Lock: lock, unlock and the forms that do not wait (LOCK_NB), the kinds of lock, two processes that exclude each other, and
// a wait that gives up.
import {
  Atomic,
  isMaster,
  LOCK_EX,
  LOCK_NB,
  LOCK_SH,
  Lock,
  Process,
  SWOOLE_MUTEX,
  SWOOLE_RWLOCK,
  SWOOLE_SPINLOCK,
} from 'swoole-ts';
import * as php from '../lib/php.ts';
import { jsonEncode, usleep } from '../lib/php.ts';

// A process is a thread that runs the script again up to its start(): what was printed until then was printed by the first thread.
const printf: typeof php.printf = (...parts) => {
  if (isMaster) php.printf(...parts);
};

const kinds = { mutex: SWOOLE_MUTEX, 'spin lock': SWOOLE_SPINLOCK, 'rw lock': SWOOLE_RWLOCK };
for (const [name, kind] of Object.entries(kinds)) {
  const lock = new Lock(kind);
  printf(
    '%s: lock %s, try while held %s, unlock %s, try %s, unlock %s\n',
    name,
    jsonEncode(lock.lock()),
    jsonEncode(lock.lock(LOCK_EX | LOCK_NB)),
    jsonEncode(lock.unlock()),
    jsonEncode(lock.lock(LOCK_EX | LOCK_NB)),
    jsonEncode(lock.unlock()),
  );
}
const rw = new Lock(SWOOLE_RWLOCK);
printf(
  'readers: %s %s, a writer %s\n',
  jsonEncode(rw.lock(LOCK_SH)),
  jsonEncode(rw.lock(LOCK_SH | LOCK_NB)),
  jsonEncode(rw.lock(LOCK_EX | LOCK_NB)),
);
rw.unlock();
rw.unlock();
printf('a writer after them %s\n', jsonEncode(rw.lock(LOCK_EX | LOCK_NB)));
rw.unlock();

// two processes add to a counter in two steps; without the lock numbers would get lost
const lock = new Lock();
const value = new Atomic(0);
const together = new Atomic(0);
const overlaps = new Atomic(0);
const work = () => {
  for (let i = 0; i < 200; i++) {
    lock.lock();
    if (together.add() !== 1) {
      overlaps.add();
    }
    const read = value.get();
    usleep(10);
    value.set(read + 1);
    together.sub();
    lock.unlock();
  }
};
for (let i = 0; i < 2; i++) {
  new Process(work).start();
}
while (await Process.wait()) {}
printf('value %d, overlaps %d\n', value.get(), overlaps.get());

// another process holds it
const held = new Lock();
const ready = new Atomic(0);
const holder = new Process(() => {
  held.lock();
  ready.wakeup();
  usleep(400000);
  held.unlock();
});
holder.start();
// 20 s for PHP's 2: a thread has to load the script first, which takes longer than a fork.
ready.wait(20);
const started = Date.now() / 1000;
printf(
  'held by another: try %s, with a limit %s',
  jsonEncode(held.lock(LOCK_EX | LOCK_NB)),
  jsonEncode(held.lock(LOCK_EX, 0.1)),
);
printf(', gave up in time %s\n', jsonEncode(Date.now() / 1000 - started < 0.35));
printf('in the end: %s\n', jsonEncode(held.lock(LOCK_EX, 2)));
held.unlock();
await Process.wait();
