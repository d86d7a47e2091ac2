/** Where the columns of a row lie. Offsets are in words of 4 bytes. */

export const TYPE_INT = 1;
export const TYPE_FLOAT = 2;
export const TYPE_STRING = 3;

export interface Column {
  readonly name: string;
  readonly type: number;
  /** The bytes it holds: 8 for numbers, the bytes of its text for strings. */
  readonly size: number;
  /** Its first word. A string begins with its length. */
  readonly at: number;
  /** Whether every object inherits something of this name. */
  readonly inherited: boolean;
}

/** A column as `Table.column()` was told. */
export type ColumnDefinition = Pick<Column, 'name' | 'type' | 'size'>;

/** The bits of a string's first word that are its length in bytes; the other one says that it was set as bytes, not as text. */
export const LENGTH = 0x7fffffff;
export const BYTES = ~LENGTH;

/** The words that a string of so many bytes takes behind its length. */
export const wordsOf = (bytes: number): number => (bytes + 3) >>> 2;

export class Layout {
  /** In the order of their definition. */
  readonly columns: readonly Column[];
  readonly strings: readonly Column[];
  readonly byName: ReadonlyMap<string, Column>;
  /** The words of all integers and floats, which come first and so are all aligned. */
  readonly numberWords: number;
  readonly words: number;

  constructor(definitions: readonly ColumnDefinition[]) {
    const numbers = definitions.filter(({ type }) => type !== TYPE_STRING);
    const strings = definitions.filter(({ type }) => type === TYPE_STRING);
    const placed = new Map<string, Column>();
    let at = 0;
    for (const { name, type, size } of [...numbers, ...strings]) {
      placed.set(name, { name, type, size, at, inherited: name in Object.prototype });
      at += type === TYPE_STRING ? 1 + wordsOf(size) : 2;
    }
    this.columns = definitions.map(({ name }) => placed.get(name)!);
    this.strings = this.columns.filter(({ type }) => type === TYPE_STRING);
    this.byName = placed;
    this.numberWords = numbers.length * 2;
    this.words = at + (at & 1);
  }

  /** Copies a row's columns, of the strings only what they hold. */
  copy(source: Int32Array, from: number, target: Int32Array, to: number): void {
    for (let i = 0; i < this.numberWords; i++) target[to + i] = source[from + i]!;
    for (let i = 0; i < this.strings.length; i++)
      copyString(source, from + this.strings[i]!.at, target, to + this.strings[i]!.at);
  }
}

/** From here on copying by the engine's own means is faster than a loop. */
const LONG = 64;

export function copyString(source: Int32Array, from: number, target: Int32Array, to: number): void {
  const words = 1 + wordsOf(source[from]! & LENGTH);
  if (words < LONG) for (let i = 0; i < words; i++) target[to + i] = source[from + i]!;
  else target.set(source.subarray(from, from + words), to);
}
