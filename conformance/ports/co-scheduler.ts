// Coroutine\Scheduler: add() with arguments, parallel(), nothing runs before start(), set() and getOptions(), a second scheduler after
// the first; the limit max_coroutine.
import * as Swoole from 'swoole-ts';
import { Coroutine } from 'swoole-ts';
import { go } from 'swoole-ts/shortnames';
import { echo, jsonEncode, printf } from '../lib/php.ts';

const { Scheduler } = Coroutine;

Swoole.swoole_async_set({ log_level: Swoole.SWOOLE_LOG_NONE });
let warning = '';
Swoole.setWarningHandler((_level, message) => {
  warning = message;
  return true;
});

const scheduler = new Scheduler();
printf(
  'add: %s\n',
  jsonEncode(
    scheduler.add(
      async (name: string, ms: number) => {
        echo(`${name} starts\n`);
        await Coroutine.sleep(ms / 1000);
        echo(`${name} ends\n`);
      },
      'first',
      20,
    ),
  ),
);
scheduler.add(
  (...args: unknown[]) => {
    echo('second got ', jsonEncode(args), '\n');
    go(async () => {
      await Coroutine.sleep(0.01);
      echo('a coroutine of the second ends\n');
    });
  },
  1,
  ['two'],
  null,
);
let n = 0;
scheduler.parallel(3, async () => {
  n++;
  await Coroutine.sleep(0.005);
  n += 10;
});
echo('nothing has run\n');
printf('start: %s, n %d\n', jsonEncode(await scheduler.start()), n);

const second = new Scheduler();
second.set({ max_coroutine: 3 });
printf('options: %s\n', jsonEncode(second.getOptions()?.max_coroutine));
second.add(() => {
  const results: boolean[] = [];
  for (let i = 0; i < 4; i++) {
    results.push(Number.isInteger(go(() => Coroutine.sleep(0.01))));
  }
  printf('three at most: %s, warning: %s\n', jsonEncode(results), warning);
});
printf('start again: %s\n', jsonEncode(await second.start()));
printf('a scheduler without work: %s\n', jsonEncode(await new Scheduler().start()));
