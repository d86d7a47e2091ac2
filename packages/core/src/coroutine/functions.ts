import { Coroutine } from './coroutine.js';
import { type Callable, create } from './lifecycle.js';
import { Scheduler } from './scheduler.js';
import { WaitGroup } from './wait-group.js';

/** Starts a coroutine: the same as `Coroutine.create()`. @see Swoole\Coroutine\go */
export function go<Params extends unknown[]>(fn: Callable<NoInfer<Params>>, ...args: Params): number | false {
  return create('go()', fn, args);
}

/** Calls back when the coroutine ends: the same as `Coroutine.defer()`. @see Swoole\Coroutine\defer */
export function defer(fn: () => unknown): void {
  Coroutine.defer(fn);
}

/**
 * Runs a function as a coroutine and waits until every coroutine and every timer of this thread has ended.
 * @returns true
 * @throws Swoole.Error in a coroutine
 * @see Swoole\Coroutine\run
 */
export function run<Params extends unknown[]>(
  fn: Callable<NoInfer<Params>>,
  ...args: Params
): Promise<boolean> {
  const scheduler = new Scheduler();
  scheduler.add(fn, ...args);
  return scheduler.start();
}

type Tasks = readonly (() => unknown)[] | Readonly<Record<string, () => unknown>>;

/** What the tasks gave, under the same keys. */
type Results<T extends Tasks> = {
  -readonly [K in keyof T]: T[K] extends () => infer R ? Awaited<R> | null : never;
};

/**
 * Runs functions together, each in a coroutine, and waits for all.
 * @param tasks an array or an object of functions; the results have the same keys
 * @param timeout in seconds, no limit from 0 down; the result of what has not ended by then is null
 * @see Swoole\Coroutine\batch
 */
export async function batch<const T extends Tasks>(tasks: T, timeout = -1): Promise<Results<T>> {
  const results = new Map<string, unknown>();
  const group = new WaitGroup();
  for (const [key, task] of Object.entries(tasks)) {
    results.set(key, null);
    group.add();
    go(async () => {
      results.set(key, (await task()) ?? null);
      await group.done();
    });
  }
  await group.wait(timeout);
  const given: unknown = Array.isArray(tasks) ? [...results.values()] : Object.fromEntries(results);
  return given as Results<T>;
}

/** Runs the same function n times together, each in a coroutine, and waits for all. @see Swoole\Coroutine\parallel */
export async function parallel(n: number, fn: () => unknown): Promise<void> {
  const group = new WaitGroup(n);
  for (let i = 0; i < n; i++) {
    go(async () => {
      await fn();
      await group.done();
    });
  }
  await group.wait();
}

/**
 * Calls a function with every element and its key, each in a coroutine, and waits for all.
 * @param list an array or an object; the results have the same keys
 * @param timeout in seconds, no limit from 0 down; the result of what has not ended by then is null
 * @see Swoole\Coroutine\map
 */
export function map<T, R>(
  list: readonly T[],
  fn: (value: T, key: number) => R,
  timeout?: number,
): Promise<Array<Awaited<R> | null>>;
export function map<K extends string, T, R>(
  list: Readonly<Record<K, T>>,
  fn: (value: T, key: K) => R,
  timeout?: number,
): Promise<Record<K, Awaited<R> | null>>;
export function map(list: object, fn: (value: never, key: never) => unknown, timeout = -1): Promise<object> {
  if (Array.isArray(list)) {
    return batch(
      list.map((value, key) => () => fn(value as never, key as never)),
      timeout,
    );
  }
  const tasks = Object.entries(list).map(([key, value]) => [key, () => fn(value as never, key as never)]);
  return batch(Object.fromEntries(tasks) as Record<string, () => unknown>, timeout);
}
