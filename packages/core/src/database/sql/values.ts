import { InvalidArgumentException } from '../../errors/php-exceptions.js';
import type { SqlValue } from './connection.js';

/** The values in the order of the placeholders. @throws InvalidArgumentException when one is missing, or there are too many */
export function valuesOf(
  names: readonly (number | string)[],
  values: ReadonlyMap<number | string, SqlValue>,
): SqlValue[] {
  const unused = new Set(values.keys());
  const found = names.map((name) => {
    unused.delete(name);
    if (!values.has(name)) throw mismatch();
    return values.get(name) ?? null;
  });
  if (unused.size > 0) throw mismatch();
  return found;
}

const mismatch = () =>
  new InvalidArgumentException(
    'SQLSTATE[HY093]: Invalid parameter number: number of bound variables does not match number of tokens',
  );

/** A value as a statement takes it; what is none of PHP's scalars becomes text. */
export function sqlValue(value: unknown): SqlValue {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'bigint':
    case 'boolean':
      return value;
    default:
      if (value === null || value === undefined) return null;
      return value instanceof Uint8Array || value instanceof Date ? value : String(value);
  }
}
