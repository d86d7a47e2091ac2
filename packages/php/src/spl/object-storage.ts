import { UnexpectedValueException } from '../errors/exceptions.js';
import { spl_object_hash } from '../objects/properties.js';

/** PHP's set of objects, each with data. */
export class SplObjectStorage<T extends object = object, D = unknown> {
  static readonly phpName: string = 'SplObjectStorage';
  readonly #items = new Map<T, D | null>();
  #place = 0;

  attach(object: T, info: D | null = null): void {
    this.#items.set(object, info);
  }

  detach(object: T): void {
    this.#items.delete(object);
  }

  contains(object: T): boolean {
    return this.#items.has(object);
  }

  addAll(storage: SplObjectStorage<T, D>): number {
    for (const object of storage) this.attach(object, storage.offsetGet(object));
    return this.count();
  }

  removeAll(storage: SplObjectStorage<T, D>): number {
    for (const object of storage) this.detach(object);
    return this.count();
  }

  removeAllExcept(storage: SplObjectStorage<T, D>): number {
    for (const object of [...this.#items.keys()]) if (!storage.contains(object)) this.detach(object);
    return this.count();
  }

  count(): number {
    return this.#items.size;
  }

  offsetExists(object: T): boolean {
    return this.contains(object);
  }

  offsetGet(object: T): D | null {
    if (!this.#items.has(object)) throw new UnexpectedValueException('Object not found');
    return this.#items.get(object) ?? null;
  }

  offsetSet(object: T, info: D | null = null): void {
    this.attach(object, info);
  }

  offsetUnset(object: T): void {
    this.detach(object);
  }

  getHash(object: T): string {
    return spl_object_hash(object);
  }

  /** The data of the object at which an iteration is. */
  getInfo(): D | null {
    return [...this.#items.values()][this.#place] ?? null;
  }

  setInfo(info: D): void {
    const object = this.current();
    if (object !== null) this.#items.set(object, info);
  }

  rewind(): void {
    this.#place = 0;
  }

  valid(): boolean {
    return this.#place < this.#items.size;
  }

  key(): number {
    return this.#place;
  }

  current(): T | null {
    return [...this.#items.keys()][this.#place] ?? null;
  }

  next(): void {
    this.#place++;
  }

  *[Symbol.iterator](): Iterator<T> {
    const objects = [...this.#items.keys()];
    for (this.#place = 0; this.#place < objects.length; this.#place++) yield objects[this.#place] as T;
  }
}
