import { constants } from 'node:os';
import { Wait } from '../coroutine/wait.js';
import type { Body } from './body/body.js';
import { raiseSignal } from './signals.js';

/** How a process has ended, as `Process.wait()` tells it. */
export interface ProcessStatus {
  pid: number;
  /** The exit code. */
  code: number;
  /** The signal that has ended it, 0 for none. */
  signal: number;
}

interface Waiting {
  readonly pid: number | null;
  readonly wait: Wait<ProcessStatus | false>;
}

const living = new Map<number, Body>();
const ended: ProcessStatus[] = [];
const waiting: Waiting[] = [];

export function childStarted(body: Body): void {
  living.set(body.pid, body);
}

/** @param tell whether `wait()` is to tell of it */
export function childEnded(status: ProcessStatus, tell: boolean): void {
  living.delete(status.pid);
  if (tell) ended.push(status);
  for (const one of [...waiting]) {
    const found = take(one.pid);
    if (found === null && mayCome(one.pid)) continue;
    waiting.splice(waiting.indexOf(one), 1);
    one.wait.wake(found ?? false);
  }
  raiseSignal(constants.signals.SIGCHLD);
}

/** A process that this thread has started, and that has not ended. */
export function childOf(pid: number): Body | undefined {
  return living.get(pid);
}

/**
 * Waits until a process has ended.
 * @param pid which; null for any
 * @param seconds no limit below 0; 0 only looks
 * @param late called when the time is over
 * @returns false when there is none, and when the time is over
 */
export async function waitForChild(
  what: string,
  pid: number | null,
  seconds: number,
  late: () => void = () => {},
): Promise<ProcessStatus | false> {
  const status = take(pid);
  if (status !== null) return status;
  if (seconds === 0 || !mayCome(pid)) return false;
  const forget = (): false => {
    const place = waiting.findIndex((one) => one.wait === wait);
    if (place >= 0) waiting.splice(place, 1);
    return false;
  };
  const timedOut = (): false => {
    late();
    return forget();
  };
  const wait = new Wait<ProcessStatus | false>(what, { canceled: forget, timedOut }, seconds);
  waiting.push({ pid, wait });
  return wait.promise;
}

function mayCome(pid: number | null): boolean {
  return pid === null ? living.size > 0 : living.has(pid);
}

function take(pid: number | null): ProcessStatus | null {
  const place = pid === null ? 0 : ended.findIndex((status) => status.pid === pid);
  return ended.splice(place < 0 ? ended.length : place, 1)[0] ?? null;
}
