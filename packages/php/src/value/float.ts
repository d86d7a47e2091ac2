/**
 * A float with a whole value. JavaScript does not tell 1.0 from 1, so a number with a whole value counts as an int; where PHP's
 * output depends on it (`var_dump`, `gettype`, `serialize`…) `float(1)` says that it is a float.
 */
export class PhpFloat extends Number {}

/** The value as a float that `var_dump`, `is_float` and their kin see as one; arithmetic goes on with a number. */
export function float(value: number): number | PhpFloat {
  return Number.isSafeInteger(value) ? new PhpFloat(value) : value;
}

/** The record, with what of these of it is a whole number as a float that `gettype` and its kin see as one. */
export function floats<T>(record: T, ...names: string[]): T {
  if (typeof record !== 'object' || record === null) return record;
  for (const name of names) {
    const value: unknown = Reflect.get(record, name);
    if (typeof value === 'number') Reflect.set(record, name, float(value));
  }
  return record;
}

/** Whether PHP has an int here: a whole number that JavaScript counts exactly, or a bigint. */
export function isInt(value: unknown): value is number | bigint {
  return typeof value === 'bigint' || (Number.isSafeInteger(value) && !Object.is(value, -0));
}

/** Whether PHP has a float here. */
export function isFloat(value: unknown): value is number | PhpFloat {
  return value instanceof PhpFloat || (typeof value === 'number' && !isInt(value));
}
