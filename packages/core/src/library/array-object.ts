import { ArraySorting } from './array/array-sorting.js';
import { type Wrapped, wrap } from './array/wrap.js';
import {
  type ArrayLike,
  entriesOf,
  isArray,
  type Key,
  keyOf,
  type PhpArray,
  plain,
  renumber,
} from './php-array.js';
import { comparisonOf, identical, looselyEqual, numberOf, textOf } from './php-compare.js';
import { serialize, unserialize } from './php-serialize.js';
import { StringObject } from './string-object.js';

/** PHP's SORT_STRING. */
const SORT_STRING = 2;
/** PHP's flags of array_filter(): what the function gets. */
const USE_BOTH = 1;
const USE_KEY = 2;

const equality = (strict: boolean) => (strict ? identical : looselyEqual);
const trueish = (value: unknown): boolean => !looselyEqual(value, false);

/**
 * PHP's array with methods: values in an order of their own under integers or texts. `for (const [key, value] of list)` walks over it.
 * @see Swoole\ArrayObject
 */
export class ArrayObject<Value = unknown> extends ArraySorting<Value> {
  static readonly phpName = 'Swoole\\ArrayObject';

  /** Makes one of an array, an object or a Map. @see Swoole\ArrayObject::from */
  static from<Value>(array: ArrayLike<Value> = []): ArrayObject<Value> {
    return new this(array);
  }

  /**
   * Removes a value.
   * @param strict whether only the same type counts, as with `===`
   * @param loop removes it wherever it is, not only at its first place
   * @see Swoole\ArrayObject::remove
   */
  remove(value: unknown, strict = true, loop = false): this {
    for (const key of this.#keysOf(value, strict)) {
      this.items.delete(key);
      if (!loop) break;
    }
    return this;
  }

  /** Whether there is a value. @param strict whether only the same type counts @see Swoole\ArrayObject::contains */
  contains(value: unknown, strict = true): boolean {
    return this.search(value, strict) !== false;
  }

  /** The same as search(). @see Swoole\ArrayObject::indexOf */
  indexOf(value: unknown, strict = true): Key | false {
    return this.search(value, strict);
  }

  /** The last key of a value, null when there is none. @param strict whether only the same type counts @see Swoole\ArrayObject::lastIndexOf */
  lastIndexOf(value: unknown, strict = true): Key | null {
    return this.#keysOf(value, strict).at(-1) ?? null;
  }

  /** The first key of a value, false when there is none. @param strict whether only the same type counts @see Swoole\ArrayObject::search */
  search(needle: unknown, strict = true): Key | false {
    return this.#keysOf(needle, strict)[0] ?? false;
  }

  /** The values as one text. @param glue what stands between them @see Swoole\ArrayObject::join */
  join(glue = ''): StringObject {
    return new StringObject([...this.items.values()].map(textOf).join(glue));
  }

  /** The values as PHP's serialize() writes them. @throws TypeError for an object that is no plain one @see Swoole\ArrayObject::serialize */
  serialize(): string {
    return serialize(this.items);
  }

  /** Takes over what serialize() wrote; `[false]`, as PHP does, for a text that is not of that kind, or has objects in it. @see Swoole\ArrayObject::unserialize */
  unserialize(string: string | StringObject): this {
    const read = unserialize(String(string));
    const value = read === null ? false : read.value;
    this.items = new Map(entriesOf(isArray(value) ? value : value === null ? [] : [value]));
    return this;
  }

  /** The sum of the values; text counts as the number at its beginning. @see Swoole\ArrayObject::sum */
  sum(): number {
    return [...this.items.values()].reduce<number>(
      (sum, value) => sum + (isArray(value) ? 0 : numberOf(value)),
      0,
    );
  }

  /** The product of the values, 1 of none. @see Swoole\ArrayObject::product */
  product(): number {
    return [...this.items.values()].reduce<number>((product, value) => product * numberOf(value), 1);
  }

  /**
   * A part of it.
   * @param offset from which position, counted from the end when negative
   * @param length how many; negative: all but so many at the end; null: all
   * @param preserve_keys whether integer keys stay
   * @see Swoole\ArrayObject::slice
   */
  slice(offset: number, length: number | null = null, preserve_keys = false): ArrayObject<Value> {
    const from = offset < 0 ? Math.max(0, this.items.size + offset) : offset;
    const to = length === null ? this.items.size : length < 0 ? this.items.size + length : from + length;
    return this.#make([...this.items].slice(from, Math.max(from, to)), preserve_keys);
  }

  /** Any value, as get() gives it. @throws RangeError when there is none @see Swoole\ArrayObject::randomGet */
  randomGet(): Wrapped<Value> {
    if (this.isEmpty()) throw new RangeError('array_rand(): Argument #1 ($array) cannot be empty');
    return wrap([...this.items.values()][Math.floor(Math.random() * this.items.size)] as Value);
  }

  /** Calls a function with each value and its key. @see Swoole\ArrayObject::each */
  each(fn: (value: Value, key: Key) => unknown): this {
    for (const [key, value] of [...this]) fn(value, key);
    return this;
  }

  /**
   * What a function makes of each value, under the same keys.
   * @param args further arrays, whose values the function gets as well; then the keys count anew
   * @see Swoole\ArrayObject::map
   */
  map<Result>(
    fn: (value: Value, ...others: unknown[]) => Result,
    ...args: (ArrayLike | ArrayObject)[]
  ): ArrayObject<Result> {
    if (args.length === 0) {
      return new ArrayObject(new Map([...this].map(([key, value]) => [key, fn(value)])));
    }
    const lists = [
      this.items,
      ...args.map((each) => new Map(each instanceof ArrayObject ? each : entriesOf(each))),
    ].map((each) => [...each.values()]);
    const longest = Math.max(...lists.map(({ length }) => length));
    const results = Array.from({ length: longest }, (_, i) => {
      const [value = null, ...others] = lists.map((list) => list[i] ?? null);
      return fn(value as Value, ...others);
    });
    return new ArrayObject(results);
  }

  /** Goes through the values with what was made so far. @returns the last, `initial` for none @see Swoole\ArrayObject::reduce */
  reduce<Result = unknown>(
    fn: (carry: Result, value: Value) => Result,
    initial: Result = null as Result,
  ): Result {
    let carry = initial;
    for (const [, value] of [...this]) carry = fn(carry, value);
    return carry;
  }

  /** The keys; those of a value when one is given, and whether only the same type counts. @see Swoole\ArrayObject::keys */
  keys(...args: [filter_value?: unknown, strict?: boolean]): ArrayObject<Key> {
    return new ArrayObject(
      args.length === 0 ? [...this.items.keys()] : this.#keysOf(args[0], args[1] ?? false),
    );
  }

  /** The values under the keys 0, 1, 2… @see Swoole\ArrayObject::values */
  values(): ArrayObject<Value> {
    return new ArrayObject([...this.items.values()] as Value[]);
  }

  /**
   * One column of values that are arrays or objects themselves.
   * @param column_key of which key; null for the whole value
   * @param index the key whose value becomes the key
   * @see Swoole\ArrayObject::column
   */
  column(column_key: Key | null, index: Key | null = null): ArrayObject {
    const found = new ArrayObject();
    for (const row of this.items.values()) {
      if (typeof row !== 'object' || row === null) continue;
      const cells = new Map(entriesOf(row as ArrayLike));
      if (column_key !== null && !cells.has(keyOf(column_key))) continue;
      const value = column_key === null ? row : cells.get(keyOf(column_key));
      if (index !== null && cells.has(keyOf(index))) found.set(cells.get(keyOf(index)), value);
      else found.push(value);
    }
    return found;
  }

  /** Without values that came before, which are compared as text unless `sort_flags` say otherwise. @see Swoole\ArrayObject::unique */
  unique(sort_flags = SORT_STRING): ArrayObject<Value> {
    const compare = comparisonOf(sort_flags);
    const kept: [Key, unknown][] = [];
    for (const entry of this.items) {
      if (!kept.some(([, value]) => compare(value, entry[1]) === 0)) kept.push(entry);
    }
    return this.#make(kept, true);
  }

  /** Backwards. @param preserve_keys whether integer keys stay @see Swoole\ArrayObject::reverse */
  reverse(preserve_keys = false): ArrayObject<Value> {
    return this.#make([...this.items].reverse(), preserve_keys);
  }

  /**
   * In pieces.
   * @param size how many values a piece has, from 1 up
   * @param preserve_keys whether keys stay, which count anew in each piece else
   * @throws RangeError for a smaller size
   * @see Swoole\ArrayObject::chunk
   */
  chunk(size: number, preserve_keys = false): ArrayObject<Value[] | Record<string, Value>> {
    if (size < 1) throw new RangeError('array_chunk(): Argument #2 ($length) must be greater than 0');
    const entries = [...this.items];
    const pieces = Array.from({ length: Math.ceil(entries.length / size) }, (_, i) => {
      const part = entries.slice(i * size, (i + 1) * size);
      return plain(preserve_keys ? new Map(part) : renumber(part, false));
    });
    return new ArrayObject(pieces as (Value[] | Record<string, Value>)[]);
  }

  /** The keys under the values: what is no number and no text is left out. @see Swoole\ArrayObject::flip */
  flip(): ArrayObject<Key> {
    const flipped = new ArrayObject<Key>();
    for (const [key, value] of this.items)
      if (typeof value === 'number' || typeof value === 'string') flipped.set(value, key);
    return flipped;
  }

  /**
   * The values for which a function says yes, under the same keys.
   * @param flag what the function gets: 0 the value, 1 value and key, 2 the key
   * @see Swoole\ArrayObject::filter
   */
  filter(fn: (value: Value, key: Key) => unknown, flag?: 0 | 1): ArrayObject<Value>;
  filter(fn: (key: Key) => unknown, flag: 2): ArrayObject<Value>;
  filter(fn: (first: never, key: Key) => unknown, flag = 0): ArrayObject<Value> {
    const call = fn as (...args: unknown[]) => unknown;
    const kept = [...this.items].filter(([key, value]) => {
      if (flag === USE_KEY) return trueish(call(key));
      return trueish(flag === USE_BOTH ? call(value, key) : call(value));
    });
    return this.#make(kept, true);
  }

  #keysOf(value: unknown, strict: boolean): Key[] {
    const same = equality(strict);
    return [...this.items].filter(([, each]) => same(each, value)).map(([key]) => key);
  }

  #make(entries: readonly [Key, unknown][], keepKeys: boolean): ArrayObject<Value> {
    const array: PhpArray = keepKeys ? new Map(entries) : renumber(entries);
    return new ArrayObject(array as Map<Key, Value>);
  }
}
