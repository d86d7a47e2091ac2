type Class = (abstract new (...args: never[]) => object) & { readonly phpName: string };

/**
 * @internal Makes `instanceof alias` true for all that the original made, and gives it the original's name: in PHP the two are one class.
 * Subclasses that a program makes of the alias keep JavaScript's own `instanceof`.
 */
export function standFor(alias: Class, original: Class): void {
  // Its own: classes that a program makes of it have other names.
  Object.defineProperty(alias, 'phpName', { value: original.phpName });
  Object.defineProperty(alias, Symbol.hasInstance, {
    value(this: unknown, candidate: unknown): boolean {
      if (this === alias) return candidate instanceof original;
      return Function.prototype[Symbol.hasInstance].call(this, candidate);
    },
  });
}
