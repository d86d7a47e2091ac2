import { ArrayObject } from './array-object.js';
import { range, StringObject } from './string-object.js';

/** Text with methods whose positions and lengths are in characters. The only encoding there is is UTF-8. @see Swoole\MultibyteStringObject */
export class MultibyteStringObject extends StringObject {
  static override readonly phpName: string = 'Swoole\\MultibyteStringObject';

  /** How many characters it has. @see Swoole\MultibyteStringObject::length */
  override length(): number {
    return this.#characters().length;
  }

  /**
   * Where a text first stands.
   * @param offset from which character it is looked for, counted from the end when negative
   * @returns false when it is not there
   * @throws RangeError for an offset beyond the end, or another encoding than UTF-8
   * @see Swoole\MultibyteStringObject::indexOf
   */
  override indexOf(needle: string, offset = 0, encoding: string | null = null): number | false {
    checkEncoding('mb_strpos', 4, encoding);
    return this.#first(this.toString(), needle, this.#offset('mb_strpos', offset));
  }

  /**
   * Where a text last stands.
   * @param offset up to which character it is not looked for; negative: it begins at most so far from the end
   * @returns false when it is not there
   * @throws RangeError for an offset beyond the end, or another encoding than UTF-8
   * @see Swoole\MultibyteStringObject::lastIndexOf
   */
  override lastIndexOf(needle: string, offset = 0, encoding: string | null = null): number | false {
    checkEncoding('mb_strrpos', 4, encoding);
    const from = this.#offset('mb_strrpos', offset);
    const units = offset < 0 ? this.#characters().slice(0, from).join('').length : undefined;
    const at = this.toString().lastIndexOf(needle, units);
    const position = at < 0 ? -1 : [...this.toString().slice(0, at)].length;
    return position < 0 || (offset >= 0 && position < from) ? false : position;
  }

  /** The same as indexOf(). @see Swoole\MultibyteStringObject::pos */
  override pos(needle: string, offset = 0, encoding: string | null = null): number | false {
    return this.indexOf(needle, offset, encoding);
  }

  /** The same as lastIndexOf(). @see Swoole\MultibyteStringObject::rpos */
  override rpos(needle: string, offset = 0, encoding: string | null = null): number | false {
    return this.lastIndexOf(needle, offset, encoding);
  }

  /** Where a text first stands, whatever the case; false when it is not there. @see Swoole\MultibyteStringObject::ipos */
  override ipos(needle: string, offset = 0, encoding: string | null = null): number | false {
    checkEncoding('mb_stripos', 4, encoding);
    return this.#first(
      this.toString().toLowerCase(),
      needle.toLowerCase(),
      this.#offset('mb_stripos', offset),
    );
  }

  /**
   * A part of it.
   * @param start from which character, counted from the end when negative
   * @param length how many characters; negative: all but so many at the end; null: all
   * @see Swoole\MultibyteStringObject::substr
   */
  override substr(start: number, length: number | null = null, encoding: string | null = null): StringObject {
    checkEncoding('mb_substr', 4, encoding);
    const characters = this.#characters();
    return this.make(characters.slice(...range(characters.length, start, length)).join(''));
  }

  /** In pieces of so many characters. @throws RangeError for a length under 1 @see Swoole\MultibyteStringObject::chunk */
  override chunk(length = 1): ArrayObject<string> {
    if (length < 1) throw new RangeError('mb_str_split(): Argument #2 ($length) must be greater than 0');
    const characters = this.#characters();
    const pieces = Array.from({ length: Math.ceil(characters.length / length) }, (_, i) =>
      characters.slice(i * length, (i + 1) * length).join(''),
    );
    return new ArrayObject(pieces);
  }

  #first(text: string, needle: string, from: number): number | false {
    const characters = [...text];
    const before = characters.slice(0, from).join('');
    const at = text.indexOf(needle, before.length);
    return at < 0 ? false : [...text.slice(0, at)].length;
  }

  #offset(name: string, offset: number): number {
    const length = this.length();
    if (offset > length || -offset > length)
      throw new RangeError(`${name}(): Argument #3 ($offset) must be contained in argument #1 ($haystack)`);
    return offset < 0 ? length + offset : offset;
  }

  #characters(): string[] {
    return [...this.toString()];
  }
}

function checkEncoding(name: string, position: number, encoding: string | null): void {
  if (encoding === null || /^utf-?8$/i.test(encoding)) return;
  throw new RangeError(
    `${name}(): Argument #${position} ($encoding) must be a valid encoding, "${encoding}" given`,
  );
}
