import { setWarningHandler } from '../../src/errors/warnings.js';

/** Collects warnings from now on. */
export function warnings(): string[] {
  const seen: string[] = [];
  setWarningHandler((_level, message) => seen.push(message));
  return seen;
}
