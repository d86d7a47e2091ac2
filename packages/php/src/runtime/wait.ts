import { ValueError } from '../errors/exceptions.js';
import { toFloat, toInt } from '../value/convert.js';

const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const secondsOf = (seconds: unknown): number => {
  const time = toInt(seconds);
  if (time < 0) throw new ValueError('sleep(): Argument #1 ($seconds) must be greater than or equal to 0');
  return time;
};

const microsecondsOf = (microseconds: unknown): number => {
  const time = toInt(microseconds);
  if (time < 0)
    throw new ValueError('usleep(): Argument #1 ($microseconds) must be greater than or equal to 0');
  return time;
};

/** Holds the whole thread up. */
const hold = (ms: number): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

/** Waits some seconds; resolves to 0. */
export async function sleep(seconds: unknown): Promise<number> {
  await after(secondsOf(seconds) * 1000);
  return 0;
}

/** As `sleep`, and everything else of the thread waits, too: no timer runs meanwhile. */
export function sleep_blocking(seconds: unknown): number {
  hold(secondsOf(seconds) * 1000);
  return 0;
}

/** Waits some microseconds. */
export async function usleep(microseconds: unknown): Promise<void> {
  await after(microsecondsOf(microseconds) / 1000);
}

/** As `usleep`, and everything else of the thread waits, too: no timer runs meanwhile. */
export function usleep_blocking(microseconds: unknown): void {
  hold(microsecondsOf(microseconds) / 1000);
}

/** Waits some seconds and nanoseconds; resolves to true. */
export async function time_nanosleep(seconds: unknown, nanoseconds: unknown): Promise<true> {
  await after(toInt(seconds) * 1000 + toInt(nanoseconds) / 1e6);
  return true;
}

/** Waits until a time in seconds since 1970; resolves to true, or at once to false when it is past. */
export async function time_sleep_until(timestamp: unknown): Promise<boolean> {
  const left = toFloat(timestamp) * 1000 - Date.now();
  if (left <= 0) return false;
  await after(left);
  return true;
}
