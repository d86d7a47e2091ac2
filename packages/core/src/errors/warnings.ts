/**
 * PHP's warnings. Swoole raises an E_WARNING beside most `false` results; a program sees them with `set_error_handler`.
 * Here `setWarningHandler` takes that place.
 */

export const E_WARNING = 2;
export const E_NOTICE = 8;
export const E_USER_WARNING = 512;

/** Gets PHP's level number and the message. What it throws comes out of the call that raised the warning. */
export type WarningHandler = (level: number, message: string) => unknown;

let current: WarningHandler | null = null;

/** Where swoole-ts-php's `set_error_handler` puts its handler: for all copies of this package in a thread. */
const SHARED = Symbol.for('swoole-ts:warning-handler');

const handler = (): WarningHandler | null =>
  current ?? (globalThis as { [SHARED]?: WarningHandler | null })[SHARED] ?? null;

let shown = true;

/**
 * Takes over all warnings, as PHP's `set_error_handler` does.
 * @param handler null restores the default: mistakes of the program go to stderr, the everyday failures of a server
 *   (a push to a peer that has just gone) are silent and only return false.
 * @returns the handler before this one
 */
export function setWarningHandler(handler: WarningHandler | null): WarningHandler | null {
  const previous = current;
  current = handler;
  return previous;
}

/** @internal The setting display_errors: whether warnings that no handler takes are written to stderr. */
export function showWarnings(show: boolean): void {
  shown = show;
}

/** @internal A mistake in the program: shown on stderr unless a handler takes it. */
export function warn(message: string, level = E_WARNING): void {
  const taker = handler();
  if (taker) taker(level, message);
  else if (shown) process.stderr.write(`Warning: ${message}\n`);
}

/** @internal An everyday failure that the return value tells of: silent unless a handler takes it. */
export function warnQuietly(message: string, level = E_WARNING): void {
  handler()?.(level, message);
}
