/** How many objects are looked at before a value counts as too large to be worth it, and how long an array may be. */
const MOST_OBJECTS = 64;
const LONGEST_ARRAY = 1_000;

/**
 * @internal Whether JSON gives the same value back, which is several times faster than V8's clone for the small things that most
 * tasks are: finite numbers, texts, booleans and null, in arrays and plain objects that occur once.
 */
export function isPlain(value: unknown): boolean {
  return isPlainIn(value, []);
}

function isPlainIn(value: unknown, seen: object[]): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value) && (value !== 0 || !Object.is(value, -0));
    case 'object':
      return value === null || isPlainObject(value, seen);
    default:
      return false;
  }
}

function isPlainObject(value: object, seen: object[]): boolean {
  // JSON would write an object twice that is in two places, and never come to the end of a circle.
  if (seen.length === MOST_OBJECTS || seen.includes(value)) return false;
  seen.push(value);
  const keys = Object.keys(value);
  if (Array.isArray(value)) {
    if (keys.length !== value.length || keys.length > LONGEST_ARRAY) return false;
    for (let i = 0; i < value.length; i++) if (!isPlainIn(value[i], seen)) return false;
    return true;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  for (const key of keys) if (!isPlainIn((value as Record<string, unknown>)[key], seen)) return false;
  return true;
}
