import { warnQuietly } from '../../errors/warnings.js';
import { isSpace } from './ascii.js';
import { PhpArray } from './php-array.js';
import type { FormTree } from './types.js';

/** PHP's default for `max_input_nesting_level`. */
const MAX_NESTING = 64;

const SPACE = 0x20;
const DOT = 0x2e;
const OPEN = 0x5b;
const CLOSE = 0x5d;

/** Dots and spaces become underscores: they cannot stand in the name of a PHP variable. */
function mangle(name: string, brackets: boolean): string {
  let out = '';
  let from = 0;
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i);
    if (code === SPACE || code === DOT || (brackets && code === OPEN)) {
      out += `${name.slice(from, i)}_`;
      from = i + 1;
    }
  }
  return from === 0 ? name : out + name.slice(from);
}

/** A browser guards these cookies: a name that only looks like one after mangling is somebody's forgery. */
function isForged(mangled: string, sent: string): boolean {
  return (
    (mangled.startsWith('__Host-') && !sent.startsWith('__Host-')) ||
    (mangled.startsWith('__Secure-') && !sent.startsWith('__Secure-'))
  );
}

/**
 * Builds the arrays that PHP makes of names such as `a`, `a[]`, `a[b][c]` and `a.b`, one variable at a time.
 * Variables whose name has `__proto__` in it are dropped: no PHP form needs it, and a program that merges the result
 * into an object of its own would change that object's prototype.
 */
export class FormBuilder<Leaf = string> {
  #root: { [key: string]: Leaf | PhpArray<Leaf> } = Object.create(null);
  #nested = false;

  /** Whether the outermost array has this very key. */
  has(key: string): boolean {
    return this.#root[key] !== undefined;
  }

  /** Adds a variable whose name is not empty and has none of: space, dot, `[`, NUL. */
  addPlain(name: string, value: Leaf): void {
    if (name !== '__proto__') this.#root[name] = value;
  }

  /**
   * Adds a variable.
   * @param name decoded, as sent: `a[b][]`; ignored when PHP would ignore it
   * @param value replaces what the same name had, and what is in its way
   */
  add(name: string, value: Leaf): void {
    let start = 0;
    while (name.charCodeAt(start) === SPACE) start++;
    const nul = name.indexOf('\0');
    const sent = start > 0 || nul >= 0 ? name.slice(start, nul >= 0 ? nul : undefined) : name;

    const bracket = sent.indexOf('[');
    const base = mangle(bracket < 0 ? sent : sent.slice(0, bracket), false);
    if (base === '' || base === '__proto__' || isForged(base, sent)) return;
    if (bracket < 0) this.#root[base] = value;
    else this.#addNested(base, sent, bracket, value);
  }

  /** PHP's array: each key an own property, lists as JavaScript arrays; the outermost is always an object. */
  result(): { [key: string]: FormTree<Leaf> } {
    const root = this.#root as { [key: string]: FormTree<Leaf> };
    if (this.#nested) {
      for (const key of Object.keys(root)) {
        const value = this.#root[key];
        if (value instanceof PhpArray) root[key] = value.toTree();
      }
      this.#nested = false;
    }
    return root;
  }

  #addNested(base: string, sent: string, bracket: number, value: Leaf): void {
    // null stands for `[]`
    const path: (string | null)[] = [];
    let at = bracket;
    do {
      if (path.length === MAX_NESTING) {
        delete this.#root[base];
        warnQuietly(
          `Input variable nesting level exceeded ${MAX_NESTING}. To increase the limit change max_input_nesting_level in php.ini.`,
        );
        return;
      }
      const from = at + 1;
      const first = isSpace(sent.charCodeAt(from)) ? from + 1 : from;
      if (sent.charCodeAt(first) === CLOSE) {
        path.push(null);
        at = first + 1;
        continue;
      }
      const end = sent.indexOf(']', first);
      if (end < 0) {
        if (path.length === 0) {
          this.#addUnclosed(base, sent, from, value);
          return;
        }
        break;
      }
      const key = sent.slice(from, end);
      if (key === '__proto__') return;
      path.push(key);
      at = end + 1;
    } while (sent.charCodeAt(at) === OPEN);

    let array = this.#root[base];
    if (!(array instanceof PhpArray)) {
      array = new PhpArray<Leaf>();
      this.#root[base] = array;
      this.#nested = true;
    }
    array.insert(path, value);
  }

  /** `a[b` without a bracket to close it is the plain name `a_b`. */
  #addUnclosed(base: string, sent: string, from: number, value: Leaf): void {
    const name = `${base}_${mangle(sent.slice(from), true)}`;
    if (name !== '__proto__' && !isForged(name, sent)) this.#root[name] = value;
  }
}
