import { Error as SwooleError } from '../../errors/error.js';
import { fail } from '../../errors/last-error.js';
import { SWOOLE_ERROR_PHP_FATAL_ERROR, SWOOLE_ERROR_PHP_RUNTIME_NOTICE } from '../../errors/numbers.js';
import { warn } from '../../errors/warnings.js';
import { phpText, textError } from '../../http/php-text.js';
import type { Int64 } from '../int64.js';
import type { TableContents } from './contents.js';
import { LONGEST } from './key-buffer.js';
import { type Column, TYPE_FLOAT } from './layout.js';
import { toFloat, toInt } from './php-values.js';

/** A key is text of 1 to 63 bytes; numbers become text. */
export type TableKey = string | number;

/** Makes it the key that the next call works with. @returns false, with a warning, for an impossible one */
export function takeKey({ key }: TableContents, method: string, value: TableKey): boolean {
  const length = key.encode(typeof value === 'string' ? value : keyText(method, value));
  if (length > 0 && length <= LONGEST) return true;
  if (length === 0) return refuse(method, 'key must not be empty');
  return refuse(method, `key length exceeds the limit of ${LONGEST} bytes`);
}

function keyText(method: string, value: unknown): string {
  const text = phpText(value);
  if (text === null) throw textError(`Swoole\\Table::${method}(): Argument #1 ($key)`, 'string', value);
  return text;
}

/** Makes them what the next call expects. @returns false, with a warning, for what nothing can be compared with */
export function takeExpected(
  { layout, expected: image }: TableContents,
  method: string,
  expected: object,
): boolean {
  const names = Object.keys(expected);
  if (names.length === 0) return refuse(method, 'expected values must not be empty');
  const unknown = names.find((name) => !layout.byName.has(name));
  if (unknown !== undefined) return refuse(method, `column[${unknown}] does not exist`);
  image.encode(expected, false);
  return true;
}

/** What `incr()` and `decr()` add. */
export function step({ type }: Column, by: number | bigint, negative: boolean): Int64 {
  if (type === TYPE_FLOAT) return negative ? -toFloat(by) : toFloat(by);
  const value = toInt(by);
  return negative ? toInt(-value) : value;
}

/** The table is full. */
export function full(method: string, key: TableKey): false {
  warn(`Swoole\\Table::${method}(): failed to ${method}('${key}'), unable to allocate memory`);
  return fail(SWOOLE_ERROR_PHP_RUNTIME_NOTICE);
}

/** A mistake of the program. */
export function refuse(method: string, message: string): false {
  warn(`Swoole\\Table::${method}(): ${message}`);
  return fail(SWOOLE_ERROR_PHP_FATAL_ERROR);
}

/** What ends a PHP program. */
export const fatal = (method: string, message: string): SwooleError =>
  new SwooleError(`Swoole\\Table::${method}(): ${message}`, SWOOLE_ERROR_PHP_FATAL_ERROR);
