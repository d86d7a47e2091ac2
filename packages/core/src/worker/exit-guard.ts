/** Thrown by process.exit() in a worker, which must not end before its sockets are closed. */
class LeavingThread extends Error {
  override readonly name = 'LeavingThread';

  constructor(code: number) {
    super(`process.exit(${code}) ends this worker`);
  }
}

const EXIT_BY_ERROR = 255;

/** Whether an error only unwinds the stack of a worker that ends: nobody has failed. */
export function isLeaving(error: unknown): boolean {
  return error instanceof LeavingThread;
}

/**
 * Sees to it that a thread ends in one way only. A thread that ends while uWebSockets.js has handles in it takes the whole process
 * along, so process.exit(), uncaught errors and unhandled rejections are led to `leave`, which closes everything and then calls `exit`.
 */
export class ExitGuard {
  private readonly exitThread = process.exit.bind(process);
  private leaving = false;

  constructor(private readonly leave: (code: number) => void) {}

  install(): void {
    process.exit = (code?: number | string | null): never => {
      const status = Number(code ?? process.exitCode ?? 0);
      this.begin(status);
      throw new LeavingThread(status);
    };
    process.on('uncaughtException', (error) => {
      // A handler of the program's own has taken it, as it would in the first thread.
      if (process.listenerCount('uncaughtException') === 1) this.failed(error);
    });
  }

  /** An error that nobody took ends the thread. */
  failed(error: unknown): void {
    if (error instanceof LeavingThread || this.leaving) return;
    const text = error instanceof Error ? (error.stack ?? String(error)) : String(error);
    process.stderr.write(`Fatal error: Uncaught ${text}\n`);
    this.begin(EXIT_BY_ERROR);
  }

  /** Ends the thread now: everything is closed. */
  exit(code: number): void {
    this.exitThread(code);
  }

  private begin(code: number): void {
    if (this.leaving) return;
    this.leaving = true;
    this.leave(code);
  }
}
