// Timers: order by time and by creation, arguments, ids, clear() from inside, from another timer and twice, a tick that ends
// itself, a timer that starts a timer. The program ends by itself when nothing is left.
import * as Swoole from 'swoole-ts';
import { Timer } from 'swoole-ts';
import { echo, jsonEncode, printf } from '../lib/php.ts';

const line = (text: string) => echo(`${text}\n`);

const ids = [
  Timer.after(60, line, 'after 60'),
  Timer.after(20, line, 'after 20, first'),
  Timer.after(20, line, 'after 20, second'),
  Timer.after(33, () => line('after 33')),
];
printf('ids count up: %s\n', jsonEncode(ids.every((id, i) => id === Number(ids[0]) + i)));

let n = 0;
Timer.tick(
  40,
  (id: number, ...args: unknown[]) => {
    n++;
    line(`tick ${n} ${jsonEncode(args)}`);
    if (n === 3) {
      line(`clear inside: ${jsonEncode(Timer.clear(id))}`);
      line(`clear twice: ${jsonEncode(Timer.clear(id))}`);
    }
  },
  'a',
  2,
  [3],
);

const victim = Number(Timer.after(70, line, 'never'));
Timer.after(50, () => {
  line(`clear of another: ${jsonEncode(Timer.clear(victim))}`);
  line(`exists: ${jsonEncode(Timer.exists(victim))}`);
});

Timer.after(140, () => {
  line('in after 140');
  Timer.after(10, () => {
    line('a timer from a timer');
    let count = 0;
    Timer.tick(5, (id: number) => {
      if (++count === 2) {
        Timer.clear(id);
        line('second tick of the last one');
      }
    });
  });
});

class Clock {
  private ticks = 0;
  private readonly timer: number | false;

  constructor(private readonly name: string) {
    this.timer = Timer.tick(13, (id: number, argument: string) => this.onTick(id, argument), 'argument');
  }

  onTick(id: number, argument: string): void {
    this.ticks++;
    if (this.ticks === 2) {
      echo(`${this.name}: two ticks with ${argument}, id is mine `, jsonEncode(id === this.timer), '\n');
      Timer.clear(id);
    }
  }
}
new Clock('clock');

// callbacks of after get only their own arguments
Timer.after(180, (...args: unknown[]) => printf('after 180 got %s\n', jsonEncode(args)), 1, null, {
  x: true,
});
Timer.after(190, (...args: unknown[]) => printf('after 190 got %d arguments\n', args.length));
echo('end of the program text\n');
await Swoole.Event.wait();
echo('nothing left\n');
