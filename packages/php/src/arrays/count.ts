import { PhpTypeError, ValueError } from '../errors/exceptions.js';
import { hasMethod, toInt, typeName } from '../value/convert.js';
import { type AnyArray, isArray, items, size } from '../value/kinds.js';

export const COUNT_NORMAL = 0;
export const COUNT_RECURSIVE = 1;

/** How many elements an array or a Countable has; with COUNT_RECURSIVE those of the arrays in it as well. */
export function count(value: unknown, mode = COUNT_NORMAL): number {
  if (Array.isArray(value) && mode === COUNT_NORMAL) return value.length;
  if (isArray(value)) {
    if (mode !== COUNT_NORMAL && mode !== COUNT_RECURSIVE)
      throw new ValueError('count(): Argument #2 ($mode) must be either COUNT_NORMAL or COUNT_RECURSIVE');
    return mode === COUNT_NORMAL ? size(value) : deep(value);
  }
  if (hasMethod(value, 'count')) return toInt(value.count());
  throw new PhpTypeError(
    `count(): Argument #1 ($value) must be of type Countable|array, ${typeName(value)} given`,
  );
}

export { count as sizeof };

const deep = (array: AnyArray): number =>
  items(array).reduce<number>((sum, value) => sum + 1 + (isArray(value) ? deep(value) : 0), 0);
