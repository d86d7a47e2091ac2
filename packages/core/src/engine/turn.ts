/**
 * Work that waits for the end of this turn of the event loop. Sockets are read in the poll phase; setImmediate
 * runs in the check phase right after it, so whatever many callbacks queue for one connection leaves in one go.
 */
export interface TurnTask {
  endOfTurn(): void;
}

let tasks: TurnTask[] = [];
let spare: TurnTask[] = [];
let scheduled = false;

function run(): void {
  scheduled = false;
  const due = tasks;
  tasks = spare;
  for (let i = 0; i < due.length; i++) (due[i] as TurnTask).endOfTurn();
  due.length = 0;
  spare = due;
}

/** Calls `task.endOfTurn()` once at the end of this turn; the caller sees to it that a task is not queued twice. */
export function atEndOfTurn(task: TurnTask): void {
  tasks.push(task);
  if (!scheduled) {
    scheduled = true;
    setImmediate(run);
  }
}
