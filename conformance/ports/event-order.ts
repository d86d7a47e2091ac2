// What runs when in the event loop: defer(), cycle(), timers, coroutines, and the program's own text; deferred functions
// that defer again; an event loop that is left with exit().
import { Coroutine, Event, Timer } from 'swoole-ts';
import { go } from 'swoole-ts/shortnames';
import { echo, jsonEncode, printf } from '../lib/php.ts';

const line = (text: string) => echo(`${text}\n`);

Event.defer(() => line('defer 1'));
Timer.after(30, () => line('after 30'));
Event.defer(() => {
  line('defer 2');
  Event.defer(() => line('defer from defer'));
  go(() => line('coroutine from defer'));
  line('end of defer 2');
});
go(async () => {
  line('coroutine 1 starts');
  await Coroutine.sleep(0.06);
  line('coroutine 1 after its sleep');
  Event.defer(() => line('defer from coroutine 1'));
  Coroutine.defer(() => line('coroutine 1 has ended'));
  line('end of coroutine 1');
});
go(() => line('coroutine 2'));
line('end of the text');
await Event.wait();
line('first loop done');

let rounds = 0;
printf(
  'cycle: %s\n',
  jsonEncode(
    Event.cycle(() => {
      rounds++;
    }),
  ),
);
let n = 0;
Timer.tick(5, (id: number) => {
  if (++n === 4) {
    Timer.clear(id);
  }
});
await Event.wait();
line(`rounds: ${rounds >= 4 ? 'at least one per timer' : rounds}`);
printf('cycle off: %s\n', jsonEncode(Event.cycle(null)));

Timer.tick(10, () => {
  line('leaving the loop');
  Event.exit();
});
Timer.after(30, () => line('never'));
await Event.wait();
line('after exit()');
