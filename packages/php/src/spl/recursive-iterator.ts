import { hasMethod } from '../value/convert.js';
import type { Iterator, IteratorAggregate } from '../value/foreach.js';
import type { Mixed } from '../value/mixed.js';

/** PHP's `RecursiveIterator`: an iterator whose elements may be gone into. */
export interface RecursiveIterator<T = unknown, K = unknown> extends Iterator<T, K> {
  hasChildren(): boolean;
  getChildren(): RecursiveIterator<T, K> | null;
}

/** Goes over a RecursiveIterator and all that is in it, one after the other. */
export class RecursiveIteratorIterator implements Iterator<Mixed, Mixed> {
  static readonly phpName: string = 'RecursiveIteratorIterator';
  /** Only what cannot be gone into. */
  static readonly LEAVES_ONLY = 0;
  /** What holds others comes before them. */
  static readonly SELF_FIRST = 1;
  /** What holds others comes after them. */
  static readonly CHILD_FIRST = 2;
  /** What cannot be gone into because getChildren() throws is left out. */
  static readonly CATCH_GET_CHILD = 16;
  readonly #stack: RecursiveIterator[];
  readonly #mode: number;
  readonly #flags: number;
  #most: number | false = false;
  #steps: Generator<void>;
  #ended = false;

  constructor(iterator: RecursiveIterator | IteratorAggregate, mode = 0, flags = 0) {
    const root = hasMethod(iterator, 'getIterator') ? iterator.getIterator() : iterator;
    this.#stack = [root as RecursiveIterator];
    this.#mode = mode;
    this.#flags = flags;
    this.#steps = this.#walk(root as RecursiveIterator);
  }

  *#walk(level: RecursiveIterator): Generator<void> {
    for (level.rewind(); level.valid(); level.next()) {
      if (!this.callHasChildren()) {
        yield;
        continue;
      }
      const goes = this.#most === false || this.getDepth() < this.#most;
      if (this.#mode === RecursiveIteratorIterator.SELF_FIRST || (!goes && this.#mode !== 0)) yield;
      if (goes) yield* this.#into();
      if (goes && this.#mode === RecursiveIteratorIterator.CHILD_FIRST) yield;
    }
  }

  *#into(): Generator<void> {
    const children = this.#children();
    if (children === null) return;
    this.#stack.push(children);
    this.beginChildren();
    yield* this.#walk(children);
    this.#stack.pop();
    this.endChildren();
  }

  #children(): RecursiveIterator | null {
    try {
      return this.callGetChildren();
    } catch (error) {
      if (this.#flags & RecursiveIteratorIterator.CATCH_GET_CHILD) return null;
      throw error;
    }
  }

  rewind(): void {
    this.#stack.length = 1;
    this.#steps = this.#walk(this.getInnerIterator());
    this.next();
  }

  next(): void {
    this.#ended = this.#steps.next().done === true;
  }

  valid(): boolean {
    return !this.#ended && this.getInnerIterator().valid();
  }

  current(): Mixed {
    return this.getInnerIterator().current();
  }

  key(): Mixed {
    return this.getInnerIterator().key();
  }

  /** How deep it is: 0 for what it was given. */
  getDepth(): number {
    return this.#stack.length - 1;
  }

  /** The iterator of this depth, of the depth it has when there is none given; null beyond. */
  getSubIterator(level: number | null = null): RecursiveIterator | null {
    return this.#stack[level ?? this.getDepth()] ?? null;
  }

  /** The iterator that it has gone into. */
  getInnerIterator(): RecursiveIterator {
    return this.#stack.at(-1) as RecursiveIterator;
  }

  /** @param maxDepth how deep it goes, -1 for all the way */
  setMaxDepth(maxDepth = -1): void {
    this.#most = maxDepth < 0 ? false : maxDepth;
  }

  getMaxDepth(): number | false {
    return this.#most;
  }

  /** For subclasses: whether what it stands at is gone into. */
  callHasChildren(): boolean {
    return this.getInnerIterator().hasChildren();
  }

  callGetChildren(): RecursiveIterator | null {
    return this.getInnerIterator().getChildren();
  }

  /** For subclasses: called when it has gone into something. */
  beginChildren(): void {}

  /** For subclasses: called when it has come out again. */
  endChildren(): void {}

  /** The folder that a RecursiveDirectoryIterator goes over, as seen from the first one. */
  getSubPath(): string {
    return this.#inner('getSubPath');
  }

  /** The file that a RecursiveDirectoryIterator stands at, as seen from the first folder. */
  getSubPathname(): string {
    return this.#inner('getSubPathname');
  }

  #inner(method: 'getSubPath' | 'getSubPathname'): string {
    const inner = this.getInnerIterator();
    return hasMethod(inner, method) ? String(inner[method]()) : '';
  }
}
