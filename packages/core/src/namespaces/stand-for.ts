type Class = abstract new (...args: never[]) => object;

/**
 * @internal Makes `instanceof alias` true for all that the original made: in PHP the two names are one class.
 * Subclasses that a program makes of the alias keep JavaScript's own `instanceof`.
 */
export function standFor(alias: Class, original: Class): void {
  Object.defineProperty(alias, Symbol.hasInstance, {
    value(this: unknown, candidate: unknown): boolean {
      if (this === alias) return candidate instanceof original;
      return Function.prototype[Symbol.hasInstance].call(this, candidate);
    },
  });
}
