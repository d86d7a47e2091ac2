import { raw } from '../strings/operand.js';
import { toStr } from '../value/convert.js';
import { bytes, fromBinary, isUtf8 } from '../value/text.js';
import type { Compiled } from './compile.js';
import { PREG_BAD_UTF8_ERROR } from './flags.js';
import { preg } from './state.js';

/** A group of a match: what it matched and where in bytes; null when it took no part. */
export interface Group {
  text: string;
  offset: number;
}

/** A match: its groups by the numbers of PCRE. */
export interface Match {
  groups: (Group | null)[];
  /** Where it begins and ends in the text that is searched. */
  from: number;
  to: number;
}

/** A subject as the pattern sees it: characters, or bytes. */
export class Subject {
  readonly text: string;
  readonly #unicode: boolean;
  readonly #ascii: boolean;

  private constructor(text: string, unicode: boolean) {
    this.text = text;
    this.#unicode = unicode;
    this.#ascii = !unicode || /^[\0-\x7f]*$/.test(text);
  }

  /** null, with `preg_last_error()` set, when it is no UTF-8 but must be. */
  static of(value: unknown, compiled: Compiled): Subject | null {
    const plain = compiled.unicode ? toStr(value) : raw(value);
    if (compiled.unicode && !isUtf8(plain)) {
      preg.error = PREG_BAD_UTF8_ERROR;
      return null;
    }
    return new Subject(plain, compiled.unicode);
  }

  /** Part of it, as a string of the program. */
  part(from: number, to?: number): string {
    const part = this.text.slice(from, to);
    return this.#unicode ? part : fromBinary('', part);
  }

  /** A place as a number of bytes. */
  byteOffset(place: number): number {
    return this.#ascii ? place : Buffer.byteLength(this.text.slice(0, place));
  }

  /** The place behind so many bytes; a negative number counts from the end. -1 when it is inside a character. */
  placeOf(offset: number): number {
    if (this.#ascii) return offset < 0 ? Math.max(0, this.text.length + offset) : offset;
    const all = bytes(this.text);
    const from = offset < 0 ? Math.max(0, all.length + offset) : offset;
    if (((all[from] ?? 0) & 0xc0) === 0x80) return -1;
    return from > all.length ? this.text.length + 1 : all.subarray(0, from).toString().length;
  }

  /** The place behind the character at a place. */
  after(place: number): number {
    const code = this.#unicode ? (this.text.codePointAt(place) ?? 0) : 0;
    return place + (code > 0xffff ? 2 : 1);
  }
}

/** The matches from a place on, as PCRE finds them: behind an empty match it tries the same place again for more. */
export function* matches(compiled: Compiled, subject: Subject, start: number): Iterable<Match> {
  let place = start;
  while (place <= subject.text.length) {
    compiled.find.lastIndex = place;
    let found = read(compiled, subject, compiled.find.exec(subject.text), 0);
    if (found === null) return;
    while (found !== null) {
      yield found;
      place = found.to;
      if (found.from !== found.to) break;
      const more = compiled.findMore();
      more.lastIndex = place;
      found = read(compiled, subject, more.exec(subject.text), 1);
      if (found === null) place = subject.after(place);
    }
  }
}

function read(
  compiled: Compiled,
  subject: Subject,
  result: RegExpExecArray | null,
  shift: number,
): Match | null {
  if (result === null) return null;
  const groups = compiled.groups.map((js, number): Group | null => {
    const span = result.indices?.[number === 0 ? 0 : js + shift];
    return span === undefined ? null : { text: subject.part(...span), offset: subject.byteOffset(span[0]) };
  });
  return { groups, from: result.index, to: result.index + result[0].length };
}
