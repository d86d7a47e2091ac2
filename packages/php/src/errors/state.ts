import { E_ALL, E_DEPRECATED, E_STRICT } from '../constants/errors.js';

/** What `set_error_handler` takes: level, message, file and line; false leaves the warning to the default. */
export type ErrorHandler = (level: number, message: string, file: string, line: number) => unknown;

/** What `set_error_handler`, `error_reporting` and `error_get_last` read and write. */
export const errors: {
  handler: ErrorHandler | null;
  mask: number;
  reporting: number;
  /** The setting display_errors. */
  shown: boolean;
  silenced: number;
  handling: boolean;
  last: { type: number; message: string; file: string; line: number } | null;
} = {
  handler: null,
  mask: E_ALL,
  reporting: E_ALL & ~E_DEPRECATED & ~E_STRICT,
  shown: true,
  silenced: 0,
  handling: false,
  last: null,
};
