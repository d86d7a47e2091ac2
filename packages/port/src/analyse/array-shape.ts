import type { Type } from './type.js';
import * as types from './type.js';

/**
 * What a PHP array becomes. `list`: a JavaScript array. `record`: a plain object with keys that the program names. `map`: a Map whose
 * keys are all ints or all strings. `native`: JavaScript arrays and plain objects, as JSON gives them. `php`: a PhpArray. `any`: one
 * of all these; only functions that take every kind may touch it.
 */
export type ArrayKind = 'list' | 'record' | 'map' | 'native' | 'php' | 'any';

/** What the program does to an array, as bits. */
export const PUSHED = 1;
export const INT_KEY_SET = 2;
export const TEXT_KEY_SET = 4;
export const OTHER_KEY_SET = 8;
export const INT_KEY_READ = 16;
export const TEXT_KEY_READ = 32;
export const OTHER_KEY_READ = 64;
export const UNSET = 128;
export const LIST_LITERAL = 256;
export const RECORD_LITERAL = 512;
/** A literal with int keys that are not 0, 1, 2…, or of mixed keys. */
export const ODD_LITERAL = 1024;
export const EMPTY_LITERAL = 2048;
/** Something that keeps keys beside values sorts or filters it in place. */
export const KEYS_KEPT = 4096;
/** Elements are changed, added or removed in place. */
export const CHANGED = 8192;
/** Constant keys are set that a literal does not have. */
export const FIELD_SET = 16384;
/** A literal whose keys are all ints, or all of them computed text or computed ints. */
export const INT_KEY_LITERAL = 32768;
export const TEXT_KEY_LITERAL = 65536;
/** Its value goes where only JavaScript's own arrays and objects are understood: settings, rows of a table. */
export const GIVEN_AWAY = 131072;

/** Constant keys are read. */
export const FIELD_READ = 262144;

let changes = 0;
/** How often a shape has changed: when it stands still, the analysis has come to its end. */
export const changeCount = (): number => changes;
export const noteChange = (): void => {
  changes++;
};

/** What is known of the arrays that may be in a place. Places between which arrays go share one shape. */
export class ArrayShape {
  #into: ArrayShape | null = null;
  #uses = 0;
  #fixed: ArrayKind | null;
  #element: Type = types.NOTHING;
  #fields = new Map<string, Type>();

  /** @param fixed the kind, where it is not for the program to choose */
  constructor(fixed: ArrayKind | null = null) {
    this.#fixed = fixed;
  }

  get root(): ArrayShape {
    if (!this.#into) return this;
    this.#into = this.#into.root;
    return this.#into;
  }

  use(bits: number): void {
    const root = this.root;
    if ((root.#uses | bits) === root.#uses) return;
    root.#uses |= bits;
    changes++;
  }

  did(bits: number): boolean {
    return (this.root.#uses & bits) !== 0;
  }

  get element(): Type {
    const root = this.root;
    let all = root.#element;
    for (const type of root.#fields.values()) all = types.join(all, type);
    return all;
  }

  addElement(type: Type): void {
    const root = this.root;
    const joined = types.join(root.#element, type);
    if (joined === root.#element) return;
    root.#element = joined;
    changes++;
  }

  get fields(): ReadonlyMap<string, Type> {
    return this.root.#fields;
  }

  field(key: string): Type {
    const own = this.root.#fields.get(key);
    const other = this.root.#element;
    if (!own) return other;
    return types.join(own, other);
  }

  addField(key: string, type: Type): void {
    const root = this.root;
    const before = root.#fields.get(key) ?? types.NOTHING;
    const joined = types.join(before, type);
    if (joined === before && root.#fields.has(key)) return;
    root.#fields.set(key, joined);
    changes++;
  }

  /** Makes this shape and another one, as an array goes from one place to the other. */
  unite(other: ArrayShape): ArrayShape {
    const one = this.root;
    const two = other.root;
    if (one === two) return one;
    changes++;
    two.#into = one;
    one.#uses |= two.#uses;
    if (one.#fixed && two.#fixed && one.#fixed !== two.#fixed) one.#fixed = mixture(one.#fixed, two.#fixed);
    else one.#fixed ??= two.#fixed;
    one.#element = types.join(one.#element, two.#element);
    for (const [key, type] of two.#fields)
      one.#fields.set(key, types.join(one.#fields.get(key) ?? types.NOTHING, type));
    return one;
  }

  /** A shape like this one that shares nothing with it. */
  copy(inner: (type: Type) => Type): ArrayShape {
    const root = this.root;
    const twin = new ArrayShape(root.#fixed);
    twin.#uses = root.#uses;
    twin.#element = inner(root.#element);
    for (const [key, type] of root.#fields) twin.#fields.set(key, inner(type));
    return twin;
  }

  /** What the array is in JavaScript. */
  get kind(): ArrayKind {
    return this.root.#choose();
  }

  #choose(): ArrayKind {
    const did = (bits: number) => (this.#uses & bits) !== 0;
    const text = did(TEXT_KEY_SET | TEXT_KEY_LITERAL);
    const ints = did(INT_KEY_SET | INT_KEY_LITERAL);
    if (this.#fixed) return this.#settle(this.#fixed);
    if (did(LIST_LITERAL)) {
      if (did(RECORD_LITERAL | ODD_LITERAL | INT_KEY_LITERAL | TEXT_KEY_LITERAL)) return 'any';
      if (did(TEXT_KEY_SET | OTHER_KEY_SET | UNSET | KEYS_KEPT | FIELD_SET)) return 'php';
      return 'list';
    }
    if (did(ODD_LITERAL)) return did(GIVEN_AWAY) ? 'record' : 'php';
    if (did(GIVEN_AWAY) && !did(PUSHED | ODD_LITERAL) && !ints) return 'record';
    if (did(RECORD_LITERAL)) {
      if (did(PUSHED | INT_KEY_SET | OTHER_KEY_SET | INT_KEY_LITERAL)) return 'php';
      if (did(OTHER_KEY_READ | INT_KEY_READ)) return text ? 'php' : 'record';
      return text || did(TEXT_KEY_READ) ? 'map' : 'record';
    }
    if (did(OTHER_KEY_SET)) return 'php';
    if (did(PUSHED)) return text || ints || did(UNSET | KEYS_KEPT | FIELD_SET) ? 'php' : 'list';
    if (text && ints) return 'php';
    if (text || ints)
      return did(OTHER_KEY_READ) || (ints && did(TEXT_KEY_READ | FIELD_SET)) || (text && did(INT_KEY_READ))
        ? 'php'
        : 'map';
    if (did(FIELD_SET))
      return did(TEXT_KEY_READ) ? 'map' : did(OTHER_KEY_READ | INT_KEY_READ) ? 'php' : 'record';
    if (did(EMPTY_LITERAL)) return 'list';
    return 'any';
  }

  /** A kind that comes from outside meets what the program makes itself. */
  #settle(fixed: ArrayKind): ArrayKind {
    const did = (bits: number) => (this.#uses & bits) !== 0;
    const own = did(
      LIST_LITERAL | RECORD_LITERAL | ODD_LITERAL | EMPTY_LITERAL | INT_KEY_LITERAL | TEXT_KEY_LITERAL,
    );
    if (fixed === 'list') {
      if (did(RECORD_LITERAL | ODD_LITERAL | INT_KEY_LITERAL | TEXT_KEY_LITERAL)) return 'any';
      return did(TEXT_KEY_SET | OTHER_KEY_SET | FIELD_SET | UNSET | KEYS_KEPT) ? 'any' : 'list';
    }
    if (fixed === 'record') {
      if (did(LIST_LITERAL | ODD_LITERAL | INT_KEY_LITERAL | PUSHED | INT_KEY_SET)) return 'any';
      return 'record';
    }
    if (fixed === 'native')
      return did(ODD_LITERAL | INT_KEY_LITERAL | INT_KEY_SET | PUSHED) ? 'any' : 'native';
    return own ? 'any' : fixed;
  }

  /** Whether a literal that belongs to it has to be built as a Map or a PhpArray. */
  get built(): 'map' | 'php' | null {
    const { kind } = this;
    return kind === 'map' || kind === 'php' ? kind : null;
  }
}

function mixture(a: ArrayKind, b: ArrayKind): ArrayKind {
  const natives: readonly ArrayKind[] = ['list', 'record', 'native'];
  return natives.includes(a) && natives.includes(b) ? 'native' : 'any';
}
