/**
 * What keeps Swoole's event loop going: timers, and callbacks that have not ended. Node's own loop is none of its business.
 */

let holds = 0;
let waiting: Array<() => void> = [];
let checking = false;

/** @internal Something began that `Event.wait()` has to wait for. */
export function holdLoop(): void {
  holds++;
}

/** @internal It has ended. */
export function releaseLoop(): void {
  holds--;
  if (holds === 0 && waiting.length > 0) checkSoon();
}

/** @internal Resolves when nothing holds the loop. */
export function loopIdle(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (holds === 0) checkSoon();
  });
}

/** Whoever cleared the last timer may be about to start the next one: decide when this turn is over. */
function checkSoon(): void {
  if (checking) return;
  checking = true;
  setImmediate(() => {
    checking = false;
    if (holds > 0) return;
    const resolved = waiting;
    waiting = [];
    for (const resolve of resolved) resolve();
  });
}

/** @internal Everybody who waits goes on, whatever holds the loop. */
export function leaveLoop(): void {
  const resolved = waiting;
  waiting = [];
  for (const resolve of resolved) resolve();
}
