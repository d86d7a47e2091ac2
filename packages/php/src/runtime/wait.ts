import { ValueError } from '../errors/exceptions.js';
import { toFloat, toInt } from '../value/convert.js';

const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits some seconds; resolves to 0. */
export async function sleep(seconds: unknown): Promise<number> {
  const time = toInt(seconds);
  if (time < 0) throw new ValueError('sleep(): Argument #1 ($seconds) must be greater than or equal to 0');
  await after(time * 1000);
  return 0;
}

/** Waits some microseconds. */
export async function usleep(microseconds: unknown): Promise<void> {
  const time = toInt(microseconds);
  if (time < 0)
    throw new ValueError('usleep(): Argument #1 ($microseconds) must be greater than or equal to 0');
  await after(time / 1000);
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
