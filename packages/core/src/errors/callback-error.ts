import { inspect } from 'node:util';

/** Gets what a callback threw, or what its promise was rejected with. */
export type CallbackErrorHandler = (error: unknown) => void;

let current: CallbackErrorHandler | null = null;

/**
 * @internal Decides what happens to an error that leaves a callback.
 * @param handler null restores the default: print it, end the process with 255, as PHP does
 */
export function setCallbackErrorHandler(handler: CallbackErrorHandler | null): void {
  current = handler;
}

/** @internal An error has left a callback that nobody awaits. */
export function reportCallbackError(error: unknown): void {
  if (current !== null) {
    current(error);
    return;
  }
  const text = error instanceof Error && error.stack !== undefined ? error.stack : inspect(error);
  process.stderr.write(`PHP Fatal error:  Uncaught ${text}\n`);
  process.exit(255);
}
