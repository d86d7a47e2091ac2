import { className } from '../value/convert.js';

/**
 * The visible properties of an object, in order: own and enumerable. Accessors of its class and `#private` fields are not among them, unless the
 * class says so in its static `phpProperties`: PHP's names, and what has their values.
 */
export function properties(object: object): [string, unknown][] {
  const custom = (object as { __debugInfo?: unknown }).__debugInfo;
  const source = typeof custom === 'function' ? (custom.call(object) as object) : object;
  const named = (source.constructor as { phpProperties?: Readonly<Record<string, string>> } | undefined)
    ?.phpProperties;
  const own = Object.entries(source).filter(
    ([, value]) => typeof value !== 'function' || className(object) === 'stdClass',
  );
  if (named === undefined) return own;
  return [
    ...Object.entries(named).map(([name, here]): [string, unknown] => [name, Reflect.get(source, here)]),
    ...own.filter(([name]) => !Object.hasOwn(named, name)),
  ];
}

const ids = new WeakMap<object, number>();
let last = 0;

/** The number of an object, for as long as it lives. */
export function spl_object_id(object: object): number {
  const known = ids.get(object);
  if (known !== undefined) return known;
  ids.set(object, ++last);
  return last;
}

/** The number of an object as 32 hexadecimal digits. */
export function spl_object_hash(object: object): string {
  return spl_object_id(object).toString(16).padStart(32, '0');
}
