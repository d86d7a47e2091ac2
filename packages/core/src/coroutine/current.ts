/**
 * Which coroutine runs. An AsyncLocalStorage tells after an await, at the price of some 60 ns for each await of the whole
 * process on Node 20 and 22. So it is used only once a program has asked for coroutines; until then a callback costs two
 * assignments, and a coroutine is made for it when it asks for one.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { setExitInCoroutine } from '../errors/exit.js';
import { Routine } from './routine.js';

const storage = new AsyncLocalStorage<Routine | undefined>();

/** A callback runs that has not asked for its coroutine. */
const UNMADE = Symbol('unmade');
/** What a callback runs in up to its first await; null where the storage tells. */
export type Slot = Routine | typeof UNMADE | null;
let slot: Slot = null;
let used = false;

/** Whether callbacks have to run in a coroutine from their start, since one may be asked for after an await. */
export function coroutinesUsed(): boolean {
  return used;
}

/** From now on it has to be known after an await, too, which coroutine goes on. */
export function useCoroutines(): void {
  used = true;
}

/** The coroutine that runs, null outside of all. */
export function currentRoutine(): Routine | null {
  if (slot === UNMADE) return makeRoutine();
  if (slot !== null) return slot;
  const stored = storage.getStore();
  return stored === undefined || stored.ended ? null : stored;
}

/** The callback that runs needs a coroutine after all; what it awaits from now on belongs to it. */
function makeRoutine(): Routine {
  const routine = new Routine(-1);
  slot = routine;
  used = true;
  storage.enterWith(routine);
  return routine;
}

/** Runs a function, and what it awaits, in a coroutine. */
export function runIn<T>(routine: Routine | undefined, call: () => T): T {
  const before = slot;
  slot = null;
  try {
    return storage.run(routine, call);
  } finally {
    slot = before;
  }
}

/** A callback begins. Its end is told to {@link leaveSlot} with what this returns. */
export function enterSlot(): Slot {
  const before = slot;
  slot = UNMADE;
  return before;
}

/** The synchronous part of a callback that has not asked for its coroutine is over. @returns false when it has: {@link leaveSlot} is due */
export function leaveUnmade(before: Slot): boolean {
  if (slot !== UNMADE) return false;
  slot = before;
  return true;
}

/** The synchronous part of a callback is over. @returns the coroutine that was made for it, if any was */
export function leaveSlot(before: Slot): Routine | null {
  const routine = slot;
  slot = before;
  if (routine === UNMADE || routine === null) return null;
  storage.enterWith(before instanceof Routine ? before : undefined);
  return routine;
}

setExitInCoroutine(() => (slot !== null && slot !== UNMADE) || (used && currentRoutine() !== null));
