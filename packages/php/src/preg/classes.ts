/** Sets of characters, as the inside of a JavaScript character class. */

type Range = readonly [from: number, to: number];

const HORIZONTAL: readonly Range[] = [
  [9, 9],
  [32, 32],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x180e, 0x180e],
  [0x2000, 0x200a],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
];
const VERTICAL: readonly Range[] = [
  [10, 13],
  [0x85, 0x85],
  [0x2028, 0x2029],
];
const SPACE: readonly Range[] = [
  [9, 13],
  [32, 32],
];
const WORD: readonly Range[] = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
];
const DIGIT: readonly Range[] = [[48, 57]];

const hex = (code: number, unicode: boolean): string => {
  if (code < 256) return `\\x${code.toString(16).padStart(2, '0')}`;
  return unicode ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`;
};

const show = (ranges: readonly Range[], unicode: boolean): string =>
  ranges
    .map(([from, to]) => (from === to ? hex(from, unicode) : `${hex(from, unicode)}-${hex(to, unicode)}`))
    .join('');

function complement(ranges: readonly Range[], last: number): Range[] {
  const out: Range[] = [];
  let next = 0;
  for (const [from, to] of ranges) {
    if (from > next) out.push([next, from - 1]);
    next = to + 1;
  }
  out.push([next, last]);
  return out;
}

const BYTES: { readonly [letter: string]: readonly Range[] } = {
  d: DIGIT,
  w: WORD,
  s: SPACE,
  h: HORIZONTAL,
  v: VERTICAL,
};
const UNICODE: { readonly [letter: string]: readonly [inside: string, outside: string] } = {
  d: ['\\p{Nd}', '\\P{Nd}'],
  w: ['\\p{L}\\p{N}_', ''],
  s: ['\\p{Z}\\t-\\r\\x85', ''],
};

/** `\d`, `\W` and their kin: what goes into a class; null when only a class of its own can say it (a negated set in Unicode). */
export function escapeClass(
  letter: string,
  unicode: boolean,
): { inside: string } | { notInside: string } | null {
  const small = letter.toLowerCase();
  const negated = small !== letter;
  const wide = unicode ? UNICODE[small] : undefined;
  if (wide !== undefined) {
    if (!negated) return { inside: wide[0] };
    return wide[1] === '' ? { notInside: wide[0] } : { inside: wide[1] };
  }
  const ranges = BYTES[small]?.filter(([from]) => unicode || from < 256);
  if (ranges === undefined) return null;
  return { inside: show(negated ? complement(ranges, unicode ? 0x10ffff : 255) : ranges, unicode) };
}

const POSIX: { readonly [name: string]: readonly [bytes: string, unicode: string] } = {
  alpha: ['A-Za-z', '\\p{L}'],
  digit: ['0-9', '\\p{Nd}'],
  alnum: ['A-Za-z0-9', '\\p{L}\\p{N}'],
  upper: ['A-Z', '\\p{Lu}'],
  lower: ['a-z', '\\p{Ll}'],
  space: ['\\t-\\r ', '\\p{Z}\\t-\\r\\x85'],
  blank: ['\\t ', '\\p{Zs}\\t'],
  punct: ['!-\\/:-@\\[-`\\{-~', '\\p{P}$+<=>^`\\|~'],
  xdigit: ['0-9A-Fa-f', '0-9A-Fa-f'],
  word: ['A-Za-z0-9_', '\\p{L}\\p{N}_'],
  cntrl: ['\\x00-\\x1f\\x7f', '\\p{Cc}'],
  print: [' -~', '\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}\\p{Zs}'],
  graph: ['!-~', '\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}'],
  ascii: ['\\x00-\\x7f', '\\x00-\\x7f'],
};

/** `[:alpha:]` and its kin: what goes into a class. */
export function posixClass(name: string, unicode: boolean): string | null {
  const found = Object.hasOwn(POSIX, name) ? POSIX[name] : undefined;
  return found === undefined ? null : found[unicode ? 1 : 0];
}

/** The word characters, for `\b`. */
export const WORD_CLASS = { bytes: '[A-Za-z0-9_]', unicode: '[\\p{L}\\p{N}_]' };
