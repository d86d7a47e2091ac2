import { constants } from 'node:os';
import { fail } from '../../errors/last-error.js';
import { SWOOLE_ERROR_CO_TIMEDOUT, SWOOLE_ERROR_INVALID_PARAMS } from '../../errors/numbers.js';
import { warn } from '../../errors/warnings.js';
import { Wait } from '../wait.js';

/** Waits for the first of several signals. While it waits they do not end the process. */
export function waitForSignal(numbers: readonly number[], seconds: number): Promise<number | false> {
  const names = numbers.map(nameOf);
  if (names.length === 0 || names.includes(undefined)) {
    warn('Swoole\\Coroutine\\System::waitSignal(): Invalid signal');
    return Promise.resolve(fail(SWOOLE_ERROR_INVALID_PARAMS));
  }
  const listen = (_name: NodeJS.Signals, number: number): void => {
    leave();
    wait.wake(number);
  };
  const leave = (): void => {
    for (const name of names as NodeJS.Signals[]) process.removeListener(name, listen);
  };
  const canceled = (): false => {
    leave();
    return false;
  };
  const timedOut = (): false => {
    leave();
    return fail(SWOOLE_ERROR_CO_TIMEDOUT);
  };
  const ends = { canceled, timedOut };
  const wait = new Wait<number | false>('Swoole\\Coroutine\\System::waitSignal()', ends, seconds);
  for (const name of names as NodeJS.Signals[]) process.on(name, listen);
  return wait.promise;
}

function nameOf(number: number): NodeJS.Signals | undefined {
  const entries = Object.entries(constants.signals) as [NodeJS.Signals, number][];
  return entries.find(([, value]) => value === number)?.[0];
}
