/**
 * What Swoole's exceptions share: PHP's accessors, a name with a backslash, and an `instanceof` that still holds when
 * a program has loaded this package twice (once by `import`, once by `require`).
 */
export abstract class Throwable extends Error {
  /** The number that came with the message; a system error number or one of `SWOOLE_ERROR_*`. */
  code: number;

  /** @param previous the error that led to this one; also its `cause` */
  constructor(message = '', code = 0, previous: unknown = null) {
    super(message, previous === null ? undefined : { cause: previous });
    this.code = code;
  }

  getMessage(): string {
    return this.message;
  }

  getCode(): number {
    return this.code;
  }

  /** The error that led to this one, null when there is none. */
  getPrevious(): unknown {
    return this.cause ?? null;
  }

  getTraceAsString(): string {
    const stack = this.stack ?? '';
    return stack.slice(stack.indexOf('\n    at ') + 1);
  }
}

type Class = abstract new (...args: never[]) => object;

/**
 * @internal Gives a class its Swoole name and the mark that `instanceof` looks for.
 * Subclasses that a program makes of it keep JavaScript's own `instanceof`.
 */
export function brand(target: Class, name: string): void {
  const mark = Symbol.for(`swoole-ts:${name}`);
  Object.defineProperty(target.prototype, mark, { value: true });
  Object.defineProperty(target.prototype, 'name', { value: name, writable: true, configurable: true });
  Object.defineProperty(target, Symbol.hasInstance, {
    value(this: unknown, candidate: unknown): boolean {
      if (this !== target) return Function.prototype[Symbol.hasInstance].call(this, candidate);
      return typeof candidate === 'object' && candidate !== null && mark in candidate;
    },
  });
}
