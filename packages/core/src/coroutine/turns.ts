/**
 * Who goes on when. In PHP whoever wakes a coroutine stands still until that one waits again or ends. Here the woken one
 * goes on first, and the one that woke it, if it awaits the answer, when nothing else is left to do in this turn: that is
 * known when the microtasks have run, which is when the next process.nextTick() callback is called.
 */

/** Something that goes on in its turn. */
export interface Turn {
  go(): void;
}

/** Woken since the last turn, first come first. */
let woken: Turn[] = [];
/** Those who stand still meanwhile, the next one last. */
const standing: Turn[] = [];
let pumping = false;

/** Those whom this step has woken come before those who wait for it. */
function standBack(): void {
  for (let i = woken.length - 1; i >= 0; i--) standing.push(woken[i] as Turn);
  if (woken.length > 0) woken = [];
}

const pumpLater = (): void => process.nextTick(pump);

/** Comes before the first step of the one that was woken, so that what that one wakes is told apart. */
function begin(): void {
  standBack();
  process.nextTick(pump);
}

function pump(): void {
  standBack();
  const next = standing.pop();
  if (next === undefined || standing.length === 0) pumping = false;
  else queueMicrotask(pumpLater);
  next?.go();
}

/** Puts a turn behind those that were woken in this step. */
export function takeTurn(turn: Turn): void {
  if (pumping) {
    woken.push(turn);
    return;
  }
  // Nobody stands in between: its first step is the next microtask.
  pumping = true;
  queueMicrotask(begin);
  turn.go();
}

/** The answer to a call that has woken another coroutine: given when that one waits again or has ended. */
export function afterTurn<T>(value: T): Promise<T> {
  return new Promise<T>((resolve) => {
    takeTurn({ go: () => resolve(value) });
  });
}
