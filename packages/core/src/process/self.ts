import { parentPort } from 'node:worker_threads';
import { setCallbackErrorHandler } from '../errors/callback-error.js';
import { ExitException } from '../errors/exit-exception.js';
import { sealInventory } from '../memory/shared-memory.js';
import { ownProcess, processAssignment } from '../worker/thread.js';
import { Line } from './line.js';

const EXIT_BY_ERROR = 255;

/** Thrown where the script of a process has come to the start() of that process, and by exit(): it goes no further. */
class ScriptEnds extends Error {
  override readonly name = 'ScriptEnds';

  constructor() {
    super('the script of a process ends where the process starts');
  }
}

/** Whether an error only leaves the script of a process: nobody has failed. */
export function leavesScript(error: unknown): boolean {
  return error instanceof ScriptEnds;
}

let line: Line | null = null;

if (ownProcess !== null)
  process.once('exit', (code) => {
    if (line !== null || code === EXIT_BY_ERROR) return;
    process.stderr.write(
      'Fatal error: the script has ended without coming to the start() of the process that it was repeated for. In the process itself it must come ' +
        'there again: it may not stand behind isMaster, or in a callback.\n',
    );
    process.exitCode = EXIT_BY_ERROR;
  });

/** The way to who has started this process; null where there is none. */
export function lineToStarter(): Line | null {
  return line;
}

/** This thread has come to the start of the process that it is. */
export function beginProcess(): Line {
  sealInventory();
  line = processAssignment === null ? lineOfChild() : lineOfThread();
  setCallbackErrorHandler(failProcess);
  process.on('uncaughtException', (error) => {
    if (process.listenerCount('uncaughtException') === 1) failProcess(error);
  });
  return line;
}

/** Leaves the script where it is. */
export function leaveScript(): never {
  throw new ScriptEnds();
}

/** Runs what the process does. It ends once nothing is left to do in it. */
export function runProcess(run: () => unknown): never {
  try {
    const result = run();
    if (result instanceof Promise) result.catch(failProcess);
  } catch (error) {
    failProcess(error);
  }
  throw new ScriptEnds();
}

/** Ends the process as an error that nobody took does. */
export function failProcess(error: unknown): void {
  if (error instanceof ScriptEnds) return;
  if (error instanceof ExitException) {
    const status = error.getStatus();
    process.exit(typeof status === 'number' ? status : 0);
  }
  const text = error instanceof Error ? (error.stack ?? String(error)) : String(error);
  process.stderr.write(`Fatal error: Uncaught ${text}\n`);
  process.exit(EXIT_BY_ERROR);
}

function lineOfThread(): Line {
  const made = new Line();
  const port = parentPort;
  if (port === null) throw new Error('a thread of Swoole.Process was started by somebody else');
  port.on('message', made.arrived);
  port.unref();
  return made.use({
    post: (message) => port.postMessage(message),
    hold: (stay) => (stay ? port.ref() : port.unref()),
    close: () => {},
  });
}

function lineOfChild(): Line {
  const made = new Line();
  const { channel } = process;
  process.on('message', made.arrived);
  process.on('disconnect', made.ended);
  channel?.unref();
  made.use({
    post: (message) => {
      if (!process.connected) return;
      made.leaves(1);
      process.send?.(message, undefined, undefined, () => made.leaves(-1));
    },
    hold: (stay) => (stay ? channel?.ref() : channel?.unref()),
    close: () => process.disconnect(),
  });
  // What was written must have left before the process does.
  const exit = process.exit.bind(process);
  process.exit = (code?: number | string | null): never => {
    if (!made.drain(() => exit(code))) throw new ScriptEnds();
    return exit(code);
  };
  return made;
}
