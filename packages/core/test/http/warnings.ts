import { afterEach, beforeEach } from 'vitest';
import { swoole_clear_error } from '../../src/errors/last-error.js';
import { setWarningHandler } from '../../src/errors/warnings.js';

/** The warnings of the running test, without PHP's level. */
export function collectWarnings(): string[] {
  const warnings: string[] = [];
  beforeEach(() => {
    warnings.length = 0;
    swoole_clear_error();
    setWarningHandler((_level, message) => warnings.push(message));
  });
  afterEach(() => {
    setWarningHandler(null);
  });
  return warnings;
}
