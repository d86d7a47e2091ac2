import { RuntimeException } from '../../errors/exceptions.js';
import { DriverError } from './driver.js';

/** What PDO throws. `errorInfo` is the SQLSTATE, the database's own number, and its message. */
export class PDOException extends RuntimeException {
  static override readonly phpName: string = 'PDOException';
  errorInfo: [state: string, code: number | string | null, message: string | null] | null = null;
}

const STATES: { readonly [state: string]: string } = {
  HY000: 'General error',
  '23000': 'Integrity constraint violation',
  '42S02': 'Base table or view not found',
  '42S22': 'Column not found',
  '42000': 'Syntax error or access violation',
  '42P01': 'Undefined table',
  '42601': 'Syntax error',
  '42703': 'Undefined column',
  '23505': 'Unique violation',
  '23502': 'Not null violation',
  '23503': 'Foreign key violation',
  '22P02': 'Invalid text representation',
  '08006': '',
  '28000': 'Invalid authorization specification',
};

/** An error of a driver as PDO tells it. */
export function pdoException(error: unknown): PDOException {
  if (!(error instanceof DriverError)) {
    const { message } = error as Error;
    return Object.assign(new PDOException(message, 0, error), { errorInfo: ['HY000', null, message] });
  }
  const { state, code, message } = error;
  const kind = STATES[state] ?? '<<Unknown error>>';
  const text = `SQLSTATE[${state}]: ${kind === '' ? '' : `${kind}: `}${code} ${message}`;
  const shown = code === 2002 || state === '08006' ? `SQLSTATE[${state}] [${code}] ${message}` : text;
  return Object.assign(new PDOException(shown, state, error), { errorInfo: [state, code, message] });
}
