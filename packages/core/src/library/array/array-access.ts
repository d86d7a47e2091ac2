import { ArrayKeyNotExists } from '../../errors/array-key-not-exists.js';
import {
  type ArrayLike,
  entriesOf,
  type Key,
  keyOf,
  nextKey,
  type PhpArray,
  plain,
  renumber,
} from '../php-array.js';
import { type Wrapped, wrap } from './wrap.js';

/** What an ArrayObject holds, and the ways to its values. */
export abstract class ArrayAccess<Value = unknown> {
  #items: PhpArray = new Map();
  /** The key of the next value without one: as in PHP, deleting a key does not make it free again. */
  #next = 0;
  #keys: readonly Key[] | null = null;
  #position = 0;

  /** @param array an array, an object or a Map; it is copied @see Swoole\ArrayObject::__construct */
  constructor(array: ArrayLike<Value> = []) {
    this.items = new Map(entriesOf(array));
  }

  /** The values by their keys, in order. */
  protected get items(): PhpArray {
    return this.#items;
  }

  protected set items(array: PhpArray) {
    this.#items = array;
    this.#next = nextKey(array);
  }

  /** The values as an array when the keys are 0, 1, 2…, else as an object. @see Swoole\ArrayObject::toArray */
  toArray(): Value[] | Record<string, Value> {
    return plain(this.items) as Value[] | Record<string, Value>;
  }

  /** The same as toArray(). @see Swoole\ArrayObject::__toArray */
  __toArray(): Value[] | Record<string, Value> {
    return this.toArray();
  }

  /** Whether there is no value. @see Swoole\ArrayObject::isEmpty */
  isEmpty(): boolean {
    return this.items.size === 0;
  }

  /** How many values there are. @see Swoole\ArrayObject::count */
  count(): number {
    return this.items.size;
  }

  /** Walks over `[key, value]` in order. */
  [Symbol.iterator](): IterableIterator<[key: Key, value: Value]> {
    return (this.items as Map<Key, Value>).entries();
  }

  /** The value at the walk's position, false past the end. @see Swoole\ArrayObject::current */
  current(): Value | false {
    const key = this.key();
    return key === null ? false : (this.items.get(key) as Value);
  }

  /** The key at the walk's position, null past the end. @see Swoole\ArrayObject::key */
  key(): Key | null {
    this.#keys ??= [...this.items.keys()];
    return this.#keys[this.#position] ?? null;
  }

  /** Whether the walk is at a value. @see Swoole\ArrayObject::valid */
  valid(): boolean {
    const key = this.key();
    return key !== null && this.items.has(key);
  }

  /** Goes to the first value and returns it, false when there is none. @see Swoole\ArrayObject::rewind */
  rewind(): Value | false {
    this.#keys = null;
    this.#position = 0;
    return this.current();
  }

  /** Goes to the next value and returns it, false past the end. @see Swoole\ArrayObject::next */
  next(): Value | false {
    this.#position++;
    return this.current();
  }

  /**
   * The value of a key. Text comes as a StringObject, an array as an ArrayObject.
   * @throws Exception.ArrayKeyNotExists when there is none
   * @see Swoole\ArrayObject::get
   */
  get(key: unknown): Wrapped<Value> {
    if (!this.exists(key)) throw new ArrayKeyNotExists(String(key));
    return wrap(this.items.get(keyOf(key)) as Value);
  }

  /** The value of a key as get() gives it, or another where there is none. @see Swoole\ArrayObject::getOr */
  getOr<Default = null>(key: unknown, default_: Default = null as Default): Wrapped<Value> | Default {
    return this.exists(key) ? this.get(key) : default_;
  }

  /** The first value as get() gives it, null when there is none. @see Swoole\ArrayObject::first */
  first(): Wrapped<Value> | null {
    const key = this.firstKey();
    return key === null ? null : this.get(key);
  }

  /** The last value as get() gives it, null when there is none. @see Swoole\ArrayObject::last */
  last(): Wrapped<Value> | null {
    const key = this.lastKey();
    return key === null ? null : this.get(key);
  }

  /** The first key, null when there is none. @see Swoole\ArrayObject::firstKey */
  firstKey(): Key | null {
    for (const key of this.items.keys()) return key;
    return null;
  }

  /** The last key, null when there is none. @see Swoole\ArrayObject::lastKey */
  lastKey(): Key | null {
    return [...this.items.keys()].at(-1) ?? null;
  }

  /** Sets the value of a key. @see Swoole\ArrayObject::set */
  set(key: unknown, value: Value): this {
    const own = keyOf(key);
    if (typeof own === 'number' && own >= this.#next) this.#next = own + 1;
    this.#items.set(own, value);
    return this;
  }

  /** Removes a key. @see Swoole\ArrayObject::delete */
  delete(key: unknown): this {
    this.items.delete(keyOf(key));
    return this;
  }

  /** Removes everything. @see Swoole\ArrayObject::clear */
  clear(): this {
    this.items = new Map();
    return this;
  }

  /** PHP's `$array[$key]`: the value as it is, null when there is none. @see Swoole\ArrayObject::offsetGet */
  offsetGet(key: unknown): Value | null {
    return (this.items.get(keyOf(key)) as Value | undefined) ?? null;
  }

  /** PHP's `$array[$key] = $value`. @see Swoole\ArrayObject::offsetSet */
  offsetSet(key: unknown, value: Value): void {
    this.set(key, value);
  }

  /** PHP's `unset($array[$key])`. @see Swoole\ArrayObject::offsetUnset */
  offsetUnset(key: unknown): void {
    this.delete(key);
  }

  /** PHP's `isset($array[$key])`: whether there is a value that is not null. @see Swoole\ArrayObject::offsetExists */
  offsetExists(key: unknown): boolean {
    return this.offsetGet(key) !== null;
  }

  /** Whether there is a key, also one whose value is null. @see Swoole\ArrayObject::exists */
  exists(key: unknown): boolean {
    return this.items.has(keyOf(key));
  }

  /** Adds a value at the end. @returns how many there are then @see Swoole\ArrayObject::push */
  push(value: Value): number {
    return this.pushBack(value);
  }

  /** The same as push(). @see Swoole\ArrayObject::pushBack */
  pushBack(value: Value): number {
    this.set(this.#next, value);
    return this.items.size;
  }

  /** Adds a value in front; integer keys count anew. @returns how many there are then @see Swoole\ArrayObject::pushFront */
  pushFront(value: Value): number {
    this.items = renumber([[0, value], ...this.items]);
    return this.items.size;
  }

  /** Adds values at the end. @see Swoole\ArrayObject::append */
  append(...values: Value[]): this {
    for (const value of values) this.pushBack(value);
    return this;
  }

  /**
   * Inserts a value; integer keys count anew.
   * @param offset before which position, counted from the end when negative
   * @see Swoole\ArrayObject::insert
   */
  insert(offset: number, value: Value): this {
    const entries = [...this.items];
    entries.splice(offset, 0, [0, value]);
    this.items = renumber(entries);
    return this;
  }

  /** Takes the last value away. @returns it as it is, null when there is none @see Swoole\ArrayObject::pop */
  pop(): Value | null {
    return this.popBack();
  }

  /** The same as pop(). @see Swoole\ArrayObject::popBack */
  popBack(): Value | null {
    const key = this.lastKey();
    if (key === null) return null;
    const value = this.offsetGet(key);
    this.items.delete(key);
    this.#next = nextKey(this.items);
    return value;
  }

  /** Takes the first value away; integer keys count anew. @returns it as it is, null when there is none @see Swoole\ArrayObject::popFront */
  popFront(): Value | null {
    const key = this.firstKey();
    if (key === null) return null;
    const value = this.offsetGet(key);
    this.items.delete(key);
    this.items = renumber(this.items);
    return value;
  }
}
