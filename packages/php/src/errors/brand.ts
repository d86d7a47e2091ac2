type Class = abstract new (...args: never[]) => object;

/** Which classes of PHP an exception of swoole-ts is, besides Throwable and Exception. */
const KIN: { readonly [name: string]: readonly string[] } = {
  BadMethodCallException: ['BadFunctionCallException', 'LogicException'],
  InvalidArgumentException: ['LogicException'],
};

/** What JavaScript's own errors are to PHP. */
const NATIVE: readonly (readonly [Class, string])[] = [
  [globalThis.TypeError, 'TypeError'],
  [globalThis.RangeError, 'ValueError'],
];

/**
 * Gives a class an `instanceof` that holds for its own kin, when this package is loaded twice, for the exceptions of swoole-ts
 * that PHP would derive from it, and for JavaScript's own errors where PHP would throw such a one.
 */
export function brand(target: Class, name: string): void {
  const mark = Symbol.for(`swoole-ts-php:${name}`);
  Object.defineProperty(target.prototype, mark, { value: true });
  Object.defineProperty(target, Symbol.hasInstance, {
    value(this: unknown, candidate: unknown): boolean {
      if (this !== target) return Function.prototype[Symbol.hasInstance].call(this, candidate);
      if (typeof candidate !== 'object' || candidate === null) return false;
      return mark in candidate || isForeign(candidate, name);
    },
  });
}

function isForeign(candidate: object, name: string): boolean {
  if (!(candidate instanceof globalThis.Error) || Symbol.for('swoole-ts-php:Throwable') in candidate)
    return false;
  if (name === 'Throwable') return true;
  if ('getMessage' in candidate) {
    const own = (candidate.constructor as { phpName?: string }).phpName ?? candidate.name;
    const isError = own === 'Swoole\\Error';
    return name === (isError ? 'Error' : 'Exception') || own === name || (KIN[own]?.includes(name) ?? false);
  }
  return name === 'Error' || NATIVE.some(([type, phpName]) => phpName === name && candidate instanceof type);
}
