import { performance } from 'node:perf_hooks';

/**
 * Work that waits for the end of this turn of the event loop. Sockets are read in the poll phase; setImmediate
 * runs in the check phase right after it, so whatever many callbacks queue for one connection leaves in one go.
 */
export interface TurnTask {
  endOfTurn(): void;
}

/** What comes of a turn that takes longer leaves too late at its end, in milliseconds. */
const LONG_TURN_MS = 5;

let tasks: TurnTask[] = [];
let spare: TurnTask[] = [];
let scheduled = false;
let began = 0;
let long = false;

function run(): void {
  scheduled = false;
  long = performance.now() - began > LONG_TURN_MS;
  const due = tasks;
  tasks = spare;
  let begun = 0;
  try {
    while (begun < due.length) (due[begun++] as TurnTask).endOfTurn();
  } finally {
    // An error, or a worker's process.exit(), must not keep the others from their turn.
    for (let i = begun; i < due.length; i++) atEndOfTurn(due[i] as TurnTask);
    due.length = 0;
    spare = due;
  }
}

/** Calls `task.endOfTurn()` once at the end of this turn; the caller sees to it that a task is not queued twice. */
export function atEndOfTurn(task: TurnTask): void {
  tasks.push(task);
  schedule();
}

/** Whether the last turn, from the first time it was asked about or work was left for its end, was a long one. */
export function turnsAreLong(): boolean {
  if (!long) return false;
  schedule();
  return true;
}

function schedule(): void {
  if (scheduled) return;
  scheduled = true;
  began = performance.now();
  setImmediate(run);
}
