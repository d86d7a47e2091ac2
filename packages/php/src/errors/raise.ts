import {
  E_DEPRECATED,
  E_NOTICE,
  E_USER_DEPRECATED,
  E_USER_ERROR,
  E_USER_NOTICE,
  E_WARNING,
} from '../constants/errors.js';
import { errors } from './state.js';

/**
 * Raises a warning as PHP does: the program's error handler gets it, else a line goes to stderr.
 * @param level one of the `E_*` numbers
 */
export function raise(level: number, message: string): void {
  const { handler, mask } = errors;
  if (handler !== null && (mask & level) !== 0 && !errors.handling) {
    errors.handling = true;
    try {
      if (handler(level, message, '', 0) !== false) return;
    } finally {
      errors.handling = false;
    }
  }
  errors.last = { type: level, message, file: '', line: 0 };
  if (errors.shown && errors.silenced === 0 && (errors.reporting & level) !== 0)
    process.stderr.write(`${title(level)}: ${message}\n`);
  if (level === E_USER_ERROR) process.exit(255);
}

/** A warning of a function of PHP: `json_decode(): …`. */
export function warn(message: string): void {
  raise(E_WARNING, message);
}

function title(level: number): string {
  if (level === E_NOTICE || level === E_USER_NOTICE) return 'Notice';
  if (level === E_DEPRECATED || level === E_USER_DEPRECATED) return 'Deprecated';
  return level === E_USER_ERROR ? 'Fatal error' : 'Warning';
}
