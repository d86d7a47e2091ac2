import { ArrayObject } from './array-object.js';
import { looselyEqual, textOf } from './php-compare.js';

/** What trim() takes away unless told otherwise. */
const BLANKS = ' \n\r\t\v\0';

/** ASCII only, as PHP: other letters stay. */
const lower = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
const upper = (text: string): string => text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());

/** The characters that a text like `a..z_` names. */
function characterSet(characters: string): Set<string> {
  const set = new Set<string>();
  const list = [...characters];
  for (let i = 0; i < list.length; i++) {
    const [from, to] = [list[i] ?? '', list[i + 3]];
    if (list[i + 1] === '.' && list[i + 2] === '.' && to !== undefined && to >= from) {
      for (let code = from.charCodeAt(0); code <= to.charCodeAt(0); code++)
        set.add(String.fromCharCode(code));
      i += 3;
    } else set.add(from);
  }
  return set;
}

/**
 * Text with methods. Positions and lengths are in bytes of UTF-8, as in PHP; MultibyteStringObject counts characters.
 * @see Swoole\StringObject
 */
export class StringObject {
  static readonly phpName: string = 'Swoole\\StringObject';
  #text: string;

  /** @see Swoole\StringObject::__construct */
  constructor(string = '') {
    this.#text = string;
  }

  /** Makes one of a text. @see Swoole\StringObject::from */
  static from(string = ''): StringObject {
    return new this(string);
  }

  /** The text. @see Swoole\StringObject::toString */
  toString(): string {
    return this.#text;
  }

  /** The text, for what is ported from PHP and calls it by this name. @see Swoole\StringObject::__toString */
  __toString(): string {
    return this.#text;
  }

  /** How long it is, in bytes. @see Swoole\StringObject::length */
  length(): number {
    return Buffer.byteLength(this.#text);
  }

  /**
   * Where a text first stands.
   * @param offset from where it is looked for, counted from the end when negative
   * @returns false when it is not there
   * @throws RangeError for an offset beyond the end
   * @see Swoole\StringObject::indexOf
   */
  indexOf(needle: string, offset = 0): number | false {
    const from = this.#offset(offset, 'strpos');
    return found(this.#bytes().indexOf(needle, from));
  }

  /**
   * Where a text last stands.
   * @param offset up to where from the beginning it is not looked for; negative: it begins at most so far from the end
   * @returns false when it is not there
   * @throws RangeError for an offset beyond the end
   * @see Swoole\StringObject::lastIndexOf
   */
  lastIndexOf(needle: string, offset = 0): number | false {
    const from = this.#offset(offset, 'strrpos');
    const at = this.#bytes().lastIndexOf(needle, offset < 0 ? from : undefined);
    return found(offset >= 0 && at < from ? -1 : at);
  }

  /** The same as indexOf(). @see Swoole\StringObject::pos */
  pos(needle: string, offset = 0): number | false {
    return this.indexOf(needle, offset);
  }

  /** The same as lastIndexOf(). @see Swoole\StringObject::rpos */
  rpos(needle: string, offset = 0): number | false {
    return this.lastIndexOf(needle, offset);
  }

  /** Where a text first stands, whatever the case of its letters from A to Z; false when it is not there. @see Swoole\StringObject::ipos */
  ipos(needle: string): number | false {
    return found(Buffer.from(lower(this.#text)).indexOf(lower(needle)));
  }

  /** Its bytes in reverse. @see Swoole\StringObject::reverse */
  reverse(): StringObject {
    return this.make(Buffer.from(this.#text).reverse().toString());
  }

  /** In small letters; only A to Z change. @see Swoole\StringObject::lower */
  lower(): StringObject {
    return this.make(lower(this.#text));
  }

  /** In capital letters; only a to z change. @see Swoole\StringObject::upper */
  upper(): StringObject {
    return this.make(upper(this.#text));
  }

  /** Without blanks at both ends. @param characters what is taken away instead; `a..z` is a range @see Swoole\StringObject::trim */
  trim(characters = ''): StringObject {
    const set = characterSet(characters === '' ? BLANKS : characters);
    return this.make(trimEnd(trimStart(this.#text, set), set));
  }

  /** Without blanks in front. @see Swoole\StringObject::ltrim */
  ltrim(): StringObject {
    return this.make(trimStart(this.#text, characterSet(BLANKS)));
  }

  /** Without blanks at the end. @see Swoole\StringObject::rtrim */
  rtrim(): StringObject {
    return this.make(trimEnd(this.#text, characterSet(BLANKS)));
  }

  /**
   * A part of it.
   * @param offset from which byte, counted from the end when negative
   * @param length how many bytes; negative: all but so many at the end; null: all
   * @see Swoole\StringObject::substr
   */
  substr(offset: number, length: number | null = null): StringObject {
    const bytes = this.#bytes();
    return this.make(bytes.subarray(...range(bytes.length, offset, length)).toString());
  }

  /** So many times. @throws RangeError for a negative number @see Swoole\StringObject::repeat */
  repeat(times: number): StringObject {
    if (times < 0)
      throw new RangeError('str_repeat(): Argument #2 ($times) must be greater than or equal to 0');
    return this.make(this.#text.repeat(times));
  }

  /** Adds a text to this object. @returns a new object with the same text @see Swoole\StringObject::append */
  append(str: unknown): StringObject {
    this.#text += textOf(str);
    return this.make(this.#text);
  }

  /** Puts a text in the place of another, everywhere. @param count an object whose `value` becomes the number of places @see Swoole\StringObject::replace */
  replace(search: string, replace: string, count: { value: number } | null = null): StringObject {
    const parts = search === '' ? [this.#text] : this.#text.split(search);
    if (count !== null) count.value = parts.length - 1;
    return this.make(parts.join(replace));
  }

  /** Whether it begins with a text. @see Swoole\StringObject::startsWith */
  startsWith(needle: string): boolean {
    return this.#text.startsWith(needle);
  }

  /** Whether it ends with a text. @see Swoole\StringObject::endsWith */
  endsWith(needle: string): boolean {
    return this.#text.endsWith(needle);
  }

  /** Whether it is the same as a text or a number. @param strict whether only text counts, as with `===` @see Swoole\StringObject::equals */
  equals(str: unknown, strict = false): boolean {
    const other = str instanceof StringObject ? str.toString() : str;
    return strict ? this.#text === other : looselyEqual(this.#text, other);
  }

  /** Whether a text is in it. @see Swoole\StringObject::contains */
  contains(subString: string): boolean {
    return this.#text.includes(subString);
  }

  /**
   * Its parts between delimiters.
   * @param limit the most parts, the last with all the rest; negative: all but so many at the end
   * @throws RangeError for an empty delimiter
   * @see Swoole\StringObject::split
   */
  split(delimiter: string, limit = Number.MAX_SAFE_INTEGER): ArrayObject<string> {
    if (delimiter === '') throw new RangeError('explode(): Argument #1 ($separator) cannot be empty');
    const parts = this.#text.split(delimiter);
    if (limit < 0) return new ArrayObject(parts.slice(0, limit));
    const most = Math.max(1, limit);
    if (parts.length > most) parts.splice(most - 1, parts.length, parts.slice(most - 1).join(delimiter));
    return new ArrayObject(parts);
  }

  /** One byte as text, the empty text beyond the end. @param index counted from the end when negative @see Swoole\StringObject::char */
  char(index: number): string {
    const bytes = this.#bytes();
    const at = index < 0 ? bytes.length + index : index;
    return bytes.subarray(at, at + 1).toString();
  }

  /** With a separator behind every so many bytes. @throws RangeError for a length under 1 @see Swoole\StringObject::chunkSplit */
  chunkSplit(length = 76, separator = '\r\n'): StringObject {
    if (length < 1) throw new RangeError('chunk_split(): Argument #2 ($length) must be greater than 0');
    return this.make(
      pieces(this.#bytes(), length)
        .map((piece) => piece.toString() + separator)
        .join(''),
    );
  }

  /** In pieces of so many bytes. @throws RangeError for a length under 1 @see Swoole\StringObject::chunk */
  chunk(length = 1): ArrayObject<string> {
    if (length < 1) throw new RangeError('str_split(): Argument #2 ($length) must be greater than 0');
    return new ArrayObject(pieces(this.#bytes(), length).map(String));
  }

  /** Another one of the same class. */
  protected make(text: string): StringObject {
    return new (this.constructor as typeof StringObject)(text);
  }

  #bytes(): Buffer {
    return Buffer.from(this.#text);
  }

  #offset(offset: number, name: string): number {
    const length = this.length();
    if (offset > length || -offset > length)
      throw new RangeError(`${name}(): Argument #3 ($offset) must be contained in argument #1 ($haystack)`);
    return offset < 0 ? length + offset : offset;
  }
}

const found = (at: number): number | false => (at < 0 ? false : at);

/** @internal From where to where PHP's substr() goes. */
export function range(size: number, offset: number, length: number | null): [from: number, to: number] {
  const from = offset < 0 ? Math.max(0, size + offset) : Math.min(offset, size);
  const to = length === null ? size : length < 0 ? size + length : Math.min(size, from + length);
  return [from, Math.max(from, to)];
}

function trimStart(text: string, set: ReadonlySet<string>): string {
  let from = 0;
  while (from < text.length && set.has(text[from] ?? '')) from++;
  return text.slice(from);
}

function trimEnd(text: string, set: ReadonlySet<string>): string {
  let to = text.length;
  while (to > 0 && set.has(text[to - 1] ?? '')) to--;
  return text.slice(0, to);
}

const pieces = (bytes: Buffer, length: number): Buffer[] =>
  Array.from({ length: Math.ceil(bytes.length / length) }, (_, i) =>
    bytes.subarray(i * length, (i + 1) * length),
  );
