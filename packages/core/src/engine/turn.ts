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
  if (!scheduled) {
    scheduled = true;
    setImmediate(run);
  }
}
