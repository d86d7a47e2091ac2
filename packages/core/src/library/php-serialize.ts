// The text of PHP's serialize() for values without objects.
import { type ArrayLike, entriesOf, isArray, type Key, keyOf, type PhpArray, plain } from './php-array.js';

/** @throws TypeError for a value that PHP has no text for without its class */
export function serialize(value: unknown): string {
  if (value === null || value === undefined) return 'N;';
  if (typeof value === 'boolean') return `b:${value ? 1 : 0};`;
  if (typeof value === 'bigint' || Number.isSafeInteger(value)) return `i:${value};`;
  if (typeof value === 'number') return `d:${Number.isFinite(value) ? value : infinite(value)};`;
  if (typeof value === 'string') return `s:${Buffer.byteLength(value)}:"${value}";`;
  if (!isArray(value)) throw new TypeError(`Serialization of '${typeof value}' is not allowed`);
  const entries = entriesOf(value as ArrayLike);
  return `a:${entries.length}:{${entries.map(([key, item]) => serialize(key) + serialize(item)).join('')}}`;
}

const infinite = (value: number): string => (Number.isNaN(value) ? 'NAN' : value > 0 ? 'INF' : '-INF');

/** The value that begins at `offset`; null for what is no such text. Objects are refused: a text must not choose a class. */
export function unserialize(text: string | Uint8Array): { value: unknown } | null {
  const reader = new Reader(Buffer.from(text));
  try {
    return { value: reader.value(0) };
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}

class Malformed extends Error {}

/** How deep arrays may lie in each other: PHP allows 4096, for which the stack of Node is too small. */
const MAX_DEPTH = 512;

class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  value(depth: number): unknown {
    if (depth > MAX_DEPTH) throw new Malformed();
    const type = this.#take(2);
    if (type === 'N;') return null;
    switch (type) {
      case 'b:':
        return this.#until(';') === '1';
      case 'i:':
        return this.#integer(this.#until(';'));
      case 'd:':
        return this.#float(this.#until(';'));
      case 's:':
        return this.#string();
      case 'a:':
        return this.#array(depth);
      default:
        throw new Malformed();
    }
  }

  #array(depth: number): unknown {
    const count = this.#integer(this.#until(':'));
    this.#expect('{');
    const array: PhpArray = new Map();
    // No text is shorter than what it holds: a huge count ends at the end of the text.
    for (let i = 0; i < count; i++) {
      const key = this.value(depth + 1);
      if (typeof key !== 'number' && typeof key !== 'string') throw new Malformed();
      array.set(keyOf(key) as Key, this.value(depth + 1));
    }
    this.#expect('}');
    return plain(array);
  }

  #string(): string {
    const length = this.#integer(this.#until(':'));
    this.#expect('"');
    const text = this.#take(length);
    this.#expect('"');
    this.#expect(';');
    return text;
  }

  #integer(text: string): number {
    if (!/^[-+]?\d+$/.test(text)) throw new Malformed();
    return Number(text);
  }

  #float(text: string): number {
    if (text === 'INF') return Number.POSITIVE_INFINITY;
    if (text === '-INF') return Number.NEGATIVE_INFINITY;
    if (text === 'NAN') return Number.NaN;
    const value = Number(text);
    if (text.trim() === '' || Number.isNaN(value)) throw new Malformed();
    return value;
  }

  #until(end: string): string {
    const to = this.#bytes.indexOf(end, this.#at);
    if (to < 0) throw new Malformed();
    const text = this.#bytes.toString('utf8', this.#at, to);
    this.#at = to + 1;
    return text;
  }

  #take(length: number): string {
    if (length < 0 || this.#at + length > this.#bytes.length) throw new Malformed();
    this.#at += length;
    return this.#bytes.toString('utf8', this.#at - length, this.#at);
  }

  #expect(character: string): void {
    if (this.#take(1) !== character) throw new Malformed();
  }
}
