import { releaseLoop } from '../event/loop.js';
import { options } from './options.js';
import { type Routine, routines } from './routine.js';

let watching = false;

/** @internal Sees to it that coroutines which nobody can wake are told of when nothing is left to do. */
export function watchForDeadlock(): void {
  if (watching) return;
  watching = true;
  process.on('beforeExit', giveUp);
}

/** Node's event loop is empty, so nothing can wake who still waits: `run()` and `Event.wait()` need not wait for them. */
function giveUp(): void {
  const asleep = [...routines.values()].filter((routine) => routine.holds);
  if (asleep.length === 0) return;
  if (options.deadlockCheck) deadlock_check();
  for (const routine of asleep) {
    routine.holds = false;
    releaseLoop();
  }
}

/**
 * Writes which coroutines wait, as at the end of a program that nobody can wake any more. Nothing when there are none.
 * @see Swoole\Coroutine\deadlock_check
 */
export function deadlock_check(): void {
  const asleep = [...routines.values()].filter((routine) => routine.waits.length > 0 || routine.holds);
  if (asleep.length === 0) return;
  process.stdout.write(`
 =================================================================
  [FATAL ERROR]: all coroutines (count: ${asleep.length}) are asleep - deadlock!
 =================================================================
${asleep.reverse().map(report).join('')}
 =================================================================
`);
}

function report({ id, waits }: Routine): string {
  const frames = waits.map(({ what }, i) => `#${i} ${what}\n`).join('');
  return `
  [Coroutine-${id}]
 -----------------------------------------------------------------
${frames || '#0 a promise that is not of Swoole\n'}`;
}
