import { fromInt64, type Int64 } from '../int64.js';
import {
  BYTES,
  type Column,
  copyString,
  type Layout,
  LENGTH,
  TYPE_FLOAT,
  TYPE_STRING,
  wordsOf,
} from './layout.js';
import { toFloat, toInt, toText } from './php-values.js';

/** What a column holds: text is a string, bytes are a Buffer, integers beyond 2^53 are a bigint. */
export type TableValue = string | number | bigint | Buffer;
/** What a column can be set to; other types become what PHP makes of them. */
export type TableInput = string | number | bigint | boolean | Uint8Array | null | undefined;

const TWO_32 = 0x1_0000_0000;
/** Up to here a loop over the characters is faster than a call into the engine. */
const SHORT = 32;

/**
 * One row in memory of this thread's own. Values are turned into bytes here before a row is locked, and back into values after it
 * was unlocked: whatever such a conversion runs or throws, no lock is held.
 */
export class RowImage {
  readonly words: Int32Array;
  private readonly doubles: Float64Array;
  private readonly longs: BigInt64Array;
  private readonly bytes: Buffer;
  /** The columns that `encode` was given, `count` of them. */
  readonly named: Column[] = [];
  count = 0;
  private readonly blank: Record<string, TableValue> = {};

  constructor(private readonly layout: Layout) {
    const memory = new ArrayBuffer(layout.words * 4);
    this.words = new Int32Array(memory);
    this.doubles = new Float64Array(memory);
    this.longs = new BigInt64Array(memory);
    this.bytes = Buffer.from(memory);
    // A column may be called __proto__.
    for (const { name, type } of layout.columns)
      Object.defineProperty(this.blank, name, {
        value: type === TYPE_STRING ? '' : 0,
        writable: true,
        enumerable: true,
        configurable: true,
      });
  }

  /** Takes the values that an object has of its own for columns of this table. */
  encode(row: object, cut = true): void {
    const values = row as Record<string, unknown>;
    const { columns } = this.layout;
    this.count = 0;
    for (let i = 0; i < columns.length; i++) {
      const column = columns[i]!;
      const value = values[column.name];
      if (value === undefined || (column.inherited && !Object.hasOwn(row, column.name))) continue;
      this.put(column, value, cut);
      this.named[this.count++] = column;
    }
  }

  /** Makes all columns empty and 0. */
  clear(): void {
    const { numberWords, strings } = this.layout;
    for (let i = 0; i < numberWords; i++) this.words[i] = 0;
    for (let i = 0; i < strings.length; i++) this.words[strings[i]!.at] = 0;
    this.count = 0;
  }

  /** @param cut whether a string that is too long is cut; otherwise it keeps its length, and so equals nothing in the table */
  put(column: Column, value: unknown, cut = true): void {
    const { at, type } = column;
    if (type === TYPE_STRING) {
      if (typeof value === 'string') this.putText(column, value, cut);
      else if (value instanceof Uint8Array) this.putBytes(column, value, cut);
      else this.putText(column, toText(value), cut);
    } else if (type === TYPE_FLOAT) this.doubles[at >> 1] = toFloat(value);
    else this.putInt(at, toInt(value));
  }

  private putInt(at: number, value: Int64): void {
    if (typeof value === 'bigint') this.longs[at >> 1] = value;
    else {
      this.words[at] = value;
      this.words[at + 1] = Math.floor(value / TWO_32);
    }
  }

  private putBytes({ at, size }: Column, value: Uint8Array, cut: boolean): void {
    const length = Math.min(value.length, size);
    this.words[at + wordsOf(length)] = 0;
    this.words[at] = (cut ? length : value.length) | BYTES;
    this.bytes.set(length < value.length ? value.subarray(0, length) : value, (at + 1) * 4);
  }

  private putText(column: Column, text: string, cut: boolean): void {
    const { at, size } = column;
    const length = Math.min(text.length, size);
    if (length > SHORT) {
      this.putLongText(column, text, cut);
      return;
    }
    const { words } = this;
    let word = at + 1;
    let i = 0;
    for (; i + 4 <= length; i += 4) {
      const a = text.charCodeAt(i);
      const b = text.charCodeAt(i + 1);
      const c = text.charCodeAt(i + 2);
      const d = text.charCodeAt(i + 3);
      if ((a | b | c | d) > 127) {
        this.putLongText(column, text, cut);
        return;
      }
      words[word++] = a | (b << 8) | (c << 16) | (d << 24);
    }
    if (i < length) {
      let last = 0;
      for (let shift = 0; i < length; i++, shift += 8) {
        const c = text.charCodeAt(i);
        if (c > 127) {
          this.putLongText(column, text, cut);
          return;
        }
        last |= c << shift;
      }
      words[word] = last;
    }
    words[at] = cut ? length : Buffer.byteLength(text);
  }

  /** Text of any length and script. A character that does not fit wholly is left out. */
  private putLongText({ at, size }: Column, text: string, cut: boolean): void {
    const length = this.bytes.write(text, (at + 1) * 4, size, 'utf8');
    this.words[at] = cut ? length : Buffer.byteLength(text);
  }

  /** All columns as an object, in the order of their definition. */
  decode(): Record<string, TableValue> {
    const row = { ...this.blank };
    const { columns } = this.layout;
    for (let i = 0; i < columns.length; i++) row[columns[i]!.name] = this.value(columns[i]!);
    return row;
  }

  value({ at, type }: Column): TableValue {
    if (type === TYPE_STRING) return this.text(at);
    return type === TYPE_FLOAT ? this.doubles[at >> 1]! : this.int(at);
  }

  int(at: number): Int64 {
    const value = this.words[at + 1]! * TWO_32 + (this.words[at]! >>> 0);
    return Number.isSafeInteger(value) ? value : fromInt64(this.longs[at >> 1]!);
  }

  private text(at: number): string | Buffer {
    const word = this.words[at]!;
    if (word === 0) return '';
    const start = (at + 1) * 4;
    const end = start + (word & LENGTH);
    return word < 0 ? Buffer.from(this.bytes.subarray(start, end)) : this.bytes.toString('utf8', start, end);
  }

  /** Copies a column out of a table. */
  take({ at, type }: Column, source: Int32Array, from: number): void {
    if (type === TYPE_STRING) copyString(source, from + at, this.words, at);
    else {
      this.words[at] = source[from + at]!;
      this.words[at + 1] = source[from + at + 1]!;
    }
  }

  /** Copies the named columns into a table. */
  give(target: Int32Array, to: number): void {
    for (let i = 0; i < this.count; i++) {
      const { at, type } = this.named[i]!;
      if (type === TYPE_STRING) copyString(this.words, at, target, to + at);
      else {
        target[to + at] = this.words[at]!;
        target[to + at + 1] = this.words[at + 1]!;
      }
    }
  }

  /** Whether the named columns have the same bytes in a table. */
  equals(table: Int32Array, from: number): boolean {
    for (let i = 0; i < this.count; i++) if (!this.equalColumn(this.named[i]!, table, from)) return false;
    return true;
  }

  private equalColumn({ at, type }: Column, table: Int32Array, from: number): boolean {
    const { words } = this;
    if (type !== TYPE_STRING) return words[at] === table[from + at] && words[at + 1] === table[from + at + 1];
    const length = words[at]! & LENGTH;
    if (length !== (table[from + at]! & LENGTH)) return false;
    const whole = at + 1 + (length >> 2);
    for (let i = at + 1; i < whole; i++) if (words[i] !== table[from + i]) return false;
    const rest = length & 3;
    return rest === 0 || ((words[whole]! ^ table[from + whole]!) & ((1 << (rest * 8)) - 1)) === 0;
  }
}
