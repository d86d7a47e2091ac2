import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { ExitException } from '../errors/exit-exception.js';
import { releaseLocksOf } from '../memory/recovery.js';
import { sealInventory, sharedInventory } from '../memory/shared-memory.js';
import { BOOTSTRAP, entryUrl, preloads } from '../worker/bootstrap.js';
import { ASSIGNMENT_KEY, type ProcessAssignment } from '../worker/thread.js';

const EXIT_BY_ERROR = 255;

/** Thrown where the script of a process has come to the start() of that process: it goes no further. */
class ScriptEnds extends Error {
  override readonly name = 'ScriptEnds';

  constructor() {
    super('the script of a process ends where the process starts');
  }
}

/**
 * Starts the thread of a process.
 * @param number which process of the script it is
 * @returns this thread's end of the pipe
 */
export function startThread(number: number, ended: (code: number) => void): MessagePort {
  const { port1, port2 } = new MessageChannel();
  const given: ProcessAssignment = {
    process: number,
    pipe: port2,
    inventory: sharedInventory(),
    preload: preloads(),
    entry: entryUrl(),
  };
  const native = new Worker(BOOTSTRAP, {
    eval: true,
    execArgv: [],
    argv: process.argv.slice(2),
    workerData: { [ASSIGNMENT_KEY]: given },
    transferList: [port2],
  });
  const { threadId } = native;
  let code = 0;
  native.on('error', (error) => {
    process.stderr.write(`Fatal error: Uncaught ${error.stack ?? error.message}\n`);
    code = EXIT_BY_ERROR;
  });
  native.on('exit', (status) => {
    releaseLocksOf(threadId);
    ended(code || status);
  });
  return port1;
}

/** Runs the callback of the process that this thread is. The thread ends once nothing is left to do in it. */
export function runProcess(run: () => unknown): never {
  sealInventory();
  process.on('uncaughtException', (error) => {
    if (!(error instanceof ScriptEnds) && process.listenerCount('uncaughtException') === 1) fail(error);
  });
  try {
    const result = run();
    if (result instanceof Promise) result.catch(fail);
  } catch (error) {
    fail(error);
  }
  throw new ScriptEnds();
}

function fail(error: unknown): void {
  if (error instanceof ScriptEnds) return;
  if (error instanceof ExitException) {
    const status = error.getStatus();
    process.exit(typeof status === 'number' ? status : 0);
  }
  const text = error instanceof Error ? (error.stack ?? String(error)) : String(error);
  process.stderr.write(`Fatal error: Uncaught ${text}\n`);
  process.exit(EXIT_BY_ERROR);
}
