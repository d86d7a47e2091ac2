import type { Key } from '../php-array.js';
import { renumber } from '../php-array.js';
import { comparisonOf, naturally, textOf } from '../php-compare.js';
import { ArrayAccess } from './array-access.js';

type Entry = readonly [Key, unknown];
type Compare<Type> = (a: Type, b: Type) => number;

/** PHP's SORT_REGULAR: numbers as numbers, text as text. */
const SORT_REGULAR = 0;

/** The ways to sort an ArrayObject. Each changes it, and returns it. `sort_flags` are PHP's: 0 regular, 1 as numbers, 2 as text, 6 natural; 8 more does not mind the case. */
export abstract class ArraySorting<Value = unknown> extends ArrayAccess<Value> {
  /** Sorts by value; the keys count anew. @see Swoole\ArrayObject::sort */
  sort(sort_flags = SORT_REGULAR): this {
    return this.#byValue(comparisonOf(sort_flags), false);
  }

  /** Sorts by value, the largest first; the keys count anew. @see Swoole\ArrayObject::rsort */
  rsort(sort_flags = SORT_REGULAR): this {
    return this.#byValue(backwards(comparisonOf(sort_flags)), false);
  }

  /** Sorts by value; each keeps its key. @see Swoole\ArrayObject::asort */
  asort(sort_flags = SORT_REGULAR): this {
    return this.#byValue(comparisonOf(sort_flags), true);
  }

  /** Sorts by value, the largest first; each keeps its key. @see Swoole\ArrayObject::arsort */
  arsort(sort_flags = SORT_REGULAR): this {
    return this.#byValue(backwards(comparisonOf(sort_flags)), true);
  }

  /** Sorts by key. @see Swoole\ArrayObject::ksort */
  ksort(sort_flags = SORT_REGULAR): this {
    return this.#byKey(comparisonOf(sort_flags));
  }

  /** Sorts by key, the largest first. @see Swoole\ArrayObject::krsort */
  krsort(sort_flags = SORT_REGULAR): this {
    return this.#byKey(backwards(comparisonOf(sort_flags)));
  }

  /** Sorts by value so that `img2` is before `img10`; each keeps its key. @see Swoole\ArrayObject::natsort */
  natsort(): this {
    return this.#byValue((a, b) => naturally(textOf(a), textOf(b)), true);
  }

  /** The same as natsort(), whatever the case. @see Swoole\ArrayObject::natcasesort */
  natcasesort(): this {
    return this.#byValue((a, b) => naturally(textOf(a).toLowerCase(), textOf(b).toLowerCase()), true);
  }

  /** Sorts by value with a comparison of one's own; the keys count anew. @see Swoole\ArrayObject::usort */
  usort(value_compare_func: Compare<Value>): this {
    return this.#byValue(value_compare_func, false);
  }

  /** Sorts by value with a comparison of one's own; each keeps its key. @see Swoole\ArrayObject::uasort */
  uasort(value_compare_func: Compare<Value>): this {
    return this.#byValue(value_compare_func, true);
  }

  /** Sorts by key with a comparison of one's own. @see Swoole\ArrayObject::uksort */
  uksort(value_compare_func: Compare<Key>): this {
    return this.#byKey(value_compare_func);
  }

  /** Puts the values in any order; the keys count anew. @see Swoole\ArrayObject::shuffle */
  shuffle(): this {
    const values = [...this.items.values()];
    for (let i = values.length - 1; i > 0; i--) {
      const other = Math.floor(Math.random() * (i + 1));
      [values[i], values[other]] = [values[other], values[i]];
    }
    this.items = new Map(values.entries());
    return this;
  }

  #byValue(compare: Compare<Value>, keepKeys: boolean): this {
    const sorted = [...this.items].sort(([, a], [, b]) => compare(a as Value, b as Value));
    return this.#use(sorted, keepKeys);
  }

  #byKey(compare: Compare<Key>): this {
    return this.#use(
      [...this.items].sort(([a], [b]) => compare(a, b)),
      true,
    );
  }

  #use(entries: readonly Entry[], keepKeys: boolean): this {
    this.items = keepKeys ? new Map(entries) : renumber(entries, false);
    return this;
  }
}

const backwards =
  <Type>(compare: Compare<Type>): Compare<Type> =>
  (a, b) =>
    compare(b, a);
