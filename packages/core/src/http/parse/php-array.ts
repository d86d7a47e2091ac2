import type { FormTree } from './types.js';

const MAX_INDEX = 9223372036854775807n;

/** The integer that PHP makes of a key like `5` or `-1`; null for a key that stays a string (`05`, `-0`, `1.5`). */
function integerKey(key: string): bigint | null {
  const negative = key.charCodeAt(0) === 0x2d;
  const digits = negative ? 1 : 0;
  const count = key.length - digits;
  if (count < 1 || count > 19) return null;
  if (key.charCodeAt(digits) === 0x30 && key.length > 1) return null;
  for (let i = digits; i < key.length; i++) {
    const code = key.charCodeAt(i);
    if (code < 0x30 || code > 0x39) return null;
  }
  const value = BigInt(key);
  return value <= MAX_INDEX && value >= -MAX_INDEX ? value : null;
}

/** PHP's ordered array as far as forms need it: string and integer keys, and the next free index. */
export class PhpArray<Leaf> {
  #entries = new Map<string, Leaf | PhpArray<Leaf>>();
  #isList = true;
  // Only for what is no list: the next index of a list is its size. 64 bits wide: after `a[9223372036854775807]` no
  // index is left.
  #next = 0n;

  /** Sets the value at the end of a path of keys; null takes the next free index. The path is not empty. */
  insert(path: readonly (string | null)[], value: Leaf): void {
    let array: PhpArray<Leaf> = this;
    const last = path.length - 1;
    for (let i = 0; i < last; i++) {
      const inner = array.#child(path[i]!);
      if (!inner) return;
      array = inner;
    }
    const key = path[last] ?? array.#freeKey();
    if (key !== null) array.#set(key, value);
  }

  /** A JavaScript array when the keys are 0..n-1 in this order, else an object without a prototype. */
  toTree(): FormTree<Leaf> {
    if (this.#isList) {
      const list: FormTree<Leaf>[] = [];
      for (const value of this.#entries.values())
        list.push(value instanceof PhpArray ? value.toTree() : value);
      return list;
    }
    const map: { [key: string]: FormTree<Leaf> } = Object.create(null);
    for (const [key, value] of this.#entries) map[key] = value instanceof PhpArray ? value.toTree() : value;
    return map;
  }

  #child(key: string | null): PhpArray<Leaf> | null {
    const name = key ?? this.#freeKey();
    if (name === null) return null;
    const present = this.#entries.get(name);
    if (present instanceof PhpArray) return present;
    const array = new PhpArray<Leaf>();
    this.#set(name, array);
    return array;
  }

  #freeKey(): string | null {
    if (this.#isList) return String(this.#entries.size);
    return this.#next > MAX_INDEX ? null : String(this.#next);
  }

  #set(key: string, value: Leaf | PhpArray<Leaf>): void {
    if (!this.#entries.has(key)) this.#noteKey(key);
    this.#entries.set(key, value);
  }

  #noteKey(key: string): void {
    if (this.#isList) {
      if (key === String(this.#entries.size)) return;
      this.#isList = false;
      this.#next = BigInt(this.#entries.size);
    }
    const index = integerKey(key);
    if (index !== null && index >= this.#next) this.#next = index + 1n;
  }
}
