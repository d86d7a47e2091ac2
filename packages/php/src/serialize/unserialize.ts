import { E_NOTICE } from '../constants/errors.js';
import { raise } from '../errors/raise.js';
import { classNamed } from '../functions/callable.js';
import { stdClass } from '../objects/std-class.js';
import { raw } from '../strings/operand.js';
import { at as elementOf } from '../value/access.js';
import { hasMethod, toBool, toStr } from '../value/convert.js';
import { define, isArray, items, record } from '../value/kinds.js';
import type { Mixed } from '../value/mixed.js';
import { normalInt } from '../value/numeric.js';
import { PhpArray } from '../value/php-array.js';
import { fromBinary } from '../value/text.js';

type Build = (pairs: [unknown, unknown][]) => unknown;

const natural: Build = (pairs) => {
  if (pairs.every(([key], i) => key === i)) return pairs.map(([, value]) => value);
  const texts = pairs.every(([key]) => typeof key === 'string');
  return texts ? record(pairs as [string, unknown][]) : PhpArray.fromEntries(pairs);
};

/**
 * Reads PHP's own text form. Lists become JavaScript arrays, arrays with string keys plain objects, others PhpArrays; objects are of the classes
 * that `define_class` made known, else stdClass.
 * @param options `allowed_classes`: true, false, or a list of names
 * @returns false, with a notice, when the text is malformed
 */
export function unserialize<T = Mixed>(data: unknown, options: unknown = {}): T {
  return read(data, natural, options) as T;
}

/** `unserialize` into PhpArrays throughout. */
export function unserialize_array<T = Mixed>(data: unknown, options: unknown = {}): T {
  return read(data, (pairs) => PhpArray.fromEntries(pairs), options) as T;
}

function read(data: unknown, build: Build, options: unknown): unknown {
  const text = raw(data);
  if (text === '') return false;
  const reader = new Reader(text, build, elementOf(options, 'allowed_classes') ?? true);
  try {
    return reader.value();
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    raise(E_NOTICE, `unserialize(): Error at offset ${error.at} of ${text.length} bytes`);
    return false;
  }
}

class Malformed extends Error {
  constructor(readonly at: number) {
    super('malformed');
  }
}

class Reader {
  readonly #text: string;
  readonly #build: Build;
  readonly #allowed: unknown;
  readonly #seen: unknown[] = [];
  #at = 0;

  constructor(text: string, build: Build, allowed: unknown) {
    this.#text = text;
    this.#build = build;
    this.#allowed = allowed;
  }

  value(): unknown {
    const begin = this.#at;
    const slot = this.#seen.push(null) - 1;
    const value = this.#read(begin);
    this.#seen[slot] = value;
    return value;
  }

  #match(pattern: RegExp, begin: number): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found === null) throw new Malformed(begin);
    this.#at = pattern.lastIndex;
    return found[1] ?? '';
  }

  #read(begin: number): unknown {
    switch (this.#text[this.#at]) {
      case 'N':
        this.#match(/N;/y, begin);
        return null;
      case 'b':
        return this.#match(/b:([01]);/y, begin) === '1';
      case 'i':
        return normalInt(BigInt(this.#match(/i:([+-]?\d+);/y, begin).replace('+', '')));
      case 'd':
        return Number(
          this.#match(/d:([^;]+);/y, begin)
            .replace('INF', 'Infinity')
            .replace('NAN', 'NaN'),
        );
      case 's': {
        const value = this.#string(Number(this.#match(/s:(\d+):"/y, begin)), begin);
        this.#match(/;/y, begin);
        return value;
      }
      case 'a':
        return this.#build(this.#pairs(Number(this.#match(/a:(\d+):\{/y, begin)), begin));
      case 'O':
        return this.#object(begin);
      case 'E': {
        const [type = '', member = ''] = this.#string(Number(this.#match(/E:(\d+):"/y, begin)), begin).split(
          ':',
        );
        this.#match(/;/y, begin);
        return (classNamed(type) as unknown as Record<string, unknown> | null)?.[member] ?? null;
      }
      case 'r':
      case 'R':
        return this.#seen[Number(this.#match(/[rR]:(\d+);/y, begin)) - 1] ?? null;
      default:
        throw new Malformed(begin);
    }
  }

  #string(length: number, begin: number): string {
    const part = this.#text.slice(this.#at, this.#at + length);
    if (part.length < length) throw new Malformed(begin + 2);
    if (this.#text[this.#at + length] !== '"') throw new Malformed(this.#at + length);
    this.#at += length + 1;
    return fromBinary('', part);
  }

  #pairs(count: number, begin: number): [unknown, unknown][] {
    const pairs: [unknown, unknown][] = [];
    for (let i = 0; i < count; i++) {
      if (this.#text[this.#at] === '}') raise(E_NOTICE, 'unserialize(): Unexpected end of serialized data');
      const key = this.#read(this.#at);
      if (typeof key !== 'string' && typeof key !== 'number') throw new Malformed(this.#at);
      pairs.push([key, this.value()]);
    }
    this.#match(/\}/y, begin);
    return pairs;
  }

  #object(begin: number): unknown {
    const name = this.#string(Number(this.#match(/O:(\d+):"/y, begin)), begin);
    const pairs = this.#pairs(Number(this.#match(/:(\d+):\{/y, begin)), begin);
    const type = this.#isAllowed(name) ? classNamed(name) : null;
    const object = type === null ? new stdClass() : (Object.create(type.prototype as object) as object);
    if (hasMethod(object, '__unserialize')) {
      object.__unserialize(this.#build(pairs));
      return object;
    }
    if (type === null && name.toLowerCase() !== 'stdclass')
      define(object, '__PHP_Incomplete_Class_Name', name);
    for (const [key, value] of pairs) define(object, String(key).replace(/^\0[^\0]*\0/, ''), value);
    if (hasMethod(object, '__wakeup')) object.__wakeup();
    return object;
  }

  #isAllowed(name: string): boolean {
    if (isArray(this.#allowed))
      return items(this.#allowed).some((one) => toStr(one).toLowerCase() === name.toLowerCase());
    return toBool(this.#allowed);
  }
}
