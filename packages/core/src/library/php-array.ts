// PHP's arrays: values in an order of their own under keys that are integers or text. A plain JavaScript array or object, or a
// Map, stands for one.
export type Key = number | string;
export type PhpArray = Map<Key, unknown>;
/** What stands for a PHP array. */
export type ArrayLike<Value = unknown> =
  | readonly Value[]
  | ReadonlyMap<Key, Value>
  | { readonly [key: string]: Value };

const INTEGER = /^(?:0|-?[1-9]\d{0,15})$/;

/** A key as PHP has it: text that is an integer is one, null is the empty text, fractions are cut off. */
export function keyOf(key: unknown): Key {
  if (typeof key === 'number') return Math.trunc(key);
  if (typeof key === 'boolean') return key ? 1 : 0;
  const text = key === null || key === undefined ? '' : String(key);
  return INTEGER.test(text) && text !== '-0' && Number.isSafeInteger(Number(text)) ? Number(text) : text;
}

/** Whether a value stands for a PHP array. */
export function isArray(value: unknown): value is ArrayLike {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value) || value instanceof Map) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The keys and values, in order. */
export function entriesOf(array: ArrayLike): [Key, unknown][] {
  if (array instanceof Map) return [...(array as PhpArray)].map(([key, value]) => [keyOf(key), value]);
  if (Array.isArray(array)) return array.map((value, i) => [i, value]);
  return Object.entries(array).map(([key, value]) => [keyOf(key), value]);
}

/** The key that a value without one gets. */
export function nextKey(array: PhpArray): number {
  let next = 0;
  for (const key of array.keys()) if (typeof key === 'number' && key >= next) next = key + 1;
  return next;
}

/** Values under the keys 0, 1, 2…; text keys stay when `keepText`. */
export function renumber(entries: Iterable<readonly [Key, unknown]>, keepText = true): PhpArray {
  const array: PhpArray = new Map();
  let next = 0;
  for (const [key, value] of entries) array.set(keepText && typeof key === 'string' ? key : next++, value);
  return array;
}

/** A JavaScript array when the keys are 0, 1, 2…, else an object. An object has its integer keys in front, in order. */
export function plain(array: PhpArray): unknown[] | Record<string, unknown> {
  let i = 0;
  for (const key of array.keys()) if (key !== i++) return Object.fromEntries(array);
  return [...array.values()];
}
