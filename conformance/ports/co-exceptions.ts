// Exceptions in coroutines: caught inside, in a nested call across a wait, not visible to the coroutine that started it, defer runs
// all the same, a deferred function that throws is caught by nobody; an uncaught one ends the program with 255.
import { Coroutine } from 'swoole-ts';
import { defer } from 'swoole-ts/shortnames';
import { className, echo, jsonEncode, printf } from '../lib/php.ts';

const { go, run } = Coroutine;

class Failure extends Error {
  constructor(
    private readonly place: string,
    readonly code = 0,
    readonly previous: Error | null = null,
  ) {
    super(`failed in ${place}`);
  }

  where(): string {
    return this.place;
  }
}

class UnhandledMatchError extends Error {}

async function inner(): Promise<string> {
  await Coroutine.sleep(0.005);
  throw new Failure('inner', 3);
}

async function outer(): Promise<string> {
  try {
    return await inner();
  } catch (e) {
    if (!(e instanceof Failure)) throw e;
    throw new Failure('outer', 4, e);
  } finally {
    echo('finally in outer\n');
  }
}

await run(async () => {
  try {
    await outer();
  } catch (e) {
    if (!(e instanceof Failure)) throw e;
    printf('%s code %d at %s, previous: %s\n', e.message, e.code, e.where(), e.previous?.message);
  }

  // the exception of a child does not come up in the parent; results have to be passed on by hand
  const channel = new Coroutine.Channel(2);
  for (const fail of [false, true]) {
    go(async () => {
      defer(() => echo('deferred\n'));
      try {
        if (fail) {
          await inner();
        }
        await channel.push('fine');
      } catch (e) {
        await channel.push(e);
      }
    });
  }
  for (let i = 0; i < 2; i++) {
    const result = await channel.pop();
    echo(result instanceof Error ? `${className(result)}: ${result.message}` : result, '\n');
  }

  // each coroutine has its own handlers although they take turns
  for (const [name, ms] of Object.entries({ a: 2, b: 8 })) {
    go(async () => {
      try {
        await Coroutine.sleep(ms / 1000);
        throw new Failure(name);
      } catch (e) {
        if (!(e instanceof Failure)) throw e;
        await Coroutine.sleep(0.012);
        printf('%s caught its own: %s\n', name, jsonEncode(e.where() === name));
      }
    });
  }
  await Coroutine.sleep(0.05);

  try {
    const five: number = 5;
    switch (five) {
      case 1:
      case 2:
        echo('small');
        break;
      case 3:
        echo('middle');
        break;
      default:
        throw new UnhandledMatchError();
    }
  } catch (e) {
    if (!(e instanceof UnhandledMatchError)) throw e;
    echo(className(e), '\n');
  }

  go(async () => {
    defer(() => echo('deferred before the end\n'));
    await Coroutine.sleep(0.001);
    throw new Failure('nobody catches this');
  });
  await Coroutine.sleep(0.05);
  echo('not reached\n');
});
echo('not reached either\n');
