import type { Ref } from '../value/ref.js';
import { raw, span, valueError } from './operand.js';

const lower = (text: string): string => text.replace(/[A-Z]+/g, (part) => part.toLowerCase());
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** By bytes: the difference of the first bytes that differ, else -1, 0 or 1 by length. */
export function strcmp(string1: unknown, string2: unknown): number {
  return difference(raw(string1), raw(string2));
}

export { strcmp as strcoll };

/** By bytes, without regard to the case of A to Z: as `strcmp`. */
export function strcasecmp(string1: unknown, string2: unknown): number {
  return difference(lower(raw(string1)), lower(raw(string2)));
}

function difference(a: string, b: string): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++)
    if (a[i] !== b[i]) return a.charCodeAt(i) - b.charCodeAt(i);
  return Math.sign(a.length - b.length);
}

export function strncmp(string1: unknown, string2: unknown, length: number): number {
  if (length < 0) valueError('strncmp', 3, 'length', 'must be greater than or equal to 0');
  return difference(raw(string1).slice(0, length), raw(string2).slice(0, length));
}

export function strncasecmp(string1: unknown, string2: unknown, length: number): number {
  if (length < 0) valueError('strncasecmp', 3, 'length', 'must be greater than or equal to 0');
  return difference(lower(raw(string1)).slice(0, length), lower(raw(string2)).slice(0, length));
}

export function substr_compare(
  haystack: unknown,
  needle: unknown,
  offset: number,
  length: number | null = null,
  case_insensitive = false,
): number {
  const text = raw(haystack);
  const other = raw(needle);
  if (length !== null && length < 0)
    valueError('substr_compare', 4, 'length', 'must be greater than or equal to 0');
  if (offset > text.length)
    valueError('substr_compare', 3, 'offset', 'must be contained in argument #1 ($haystack)');
  const [from] = span(text.length, offset, null);
  const most = length ?? Math.max(other.length, text.length - from);
  const [a, b] = [text.slice(from, from + most), other.slice(0, most)];
  return case_insensitive ? difference(lower(a), lower(b)) : difference(a, b);
}

/** How many bytes two strings have in common. @param percent gets how alike they are, 0 to 100 */
export function similar_text(string1: unknown, string2: unknown, percent?: Ref<number>): number {
  const [a, b] = [raw(string1), raw(string2)];
  const same = similar(a, b);
  if (percent !== undefined)
    percent.value = a.length + b.length === 0 ? 0 : (same * 2 * 100) / (a.length + b.length);
  return same;
}

function similar(a: string, b: string): number {
  let most = 0;
  let left = 0;
  let right = 0;
  for (let i = 0; i < a.length; i++)
    for (let j = 0; j < b.length; j++) {
      let k = 0;
      while (i + k < a.length && j + k < b.length && a[i + k] === b[j + k]) k++;
      if (k > most) [most, left, right] = [k, i, j];
    }
  if (most === 0) return 0;
  return (
    most + similar(a.slice(0, left), b.slice(0, right)) + similar(a.slice(left + most), b.slice(right + most))
  );
}

/** The least cost of turning one string into the other. */
export function levenshtein(
  string1: unknown,
  string2: unknown,
  insertion_cost = 1,
  replacement_cost = 1,
  deletion_cost = 1,
): number {
  const [a, b] = [raw(string1), raw(string2)];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i * insertion_cost);
  for (let i = 0; i < a.length; i++) {
    const next = [(row[0] ?? 0) + deletion_cost];
    for (let j = 0; j < b.length; j++) {
      const replaced = (row[j] ?? 0) + (a[i] === b[j] ? 0 : replacement_cost);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + deletion_cost, (next[j] ?? 0) + insertion_cost));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The sound of an English word as a letter and three digits. */
export function soundex(string: unknown): string {
  const codes = '01230120022455012623010202';
  let out = '';
  let last = '';
  for (const char of raw(string).toUpperCase()) {
    if (char < 'A' || char > 'Z') continue;
    const code = codes[char.charCodeAt(0) - 65] ?? '0';
    if (out === '') out = char;
    else if (code !== last && code !== '0') out += code;
    last = code;
    if (out.length === 4) break;
  }
  return out.padEnd(4, '0');
}

/** As a person would sort: `img12` comes after `img2`. */
export function strnatcmp(string1: unknown, string2: unknown): number {
  return natural(raw(string1), raw(string2));
}

export function strnatcasecmp(string1: unknown, string2: unknown): number {
  return natural(lower(raw(string1)), lower(raw(string2)));
}

const isDigit = (char: string | undefined): boolean => char !== undefined && char >= '0' && char <= '9';
const isBlank = (char: string | undefined): boolean => char !== undefined && /[ \t\n\r\v\f]/.test(char);

function natural(a: string, b: string): number {
  if (a === '' || b === '') return a === b ? 0 : a === '' ? -1 : 1;
  let i = leadingZeros(a);
  let j = leadingZeros(b);
  for (;;) {
    while (isBlank(a[i])) i++;
    while (isBlank(b[j])) j++;
    if (isDigit(a[i]) && isDigit(b[j])) {
      const [left, right] = [digits(a, i), digits(b, j)];
      const fraction = a[i] === '0' || b[j] === '0';
      const found = fraction ? order(left, right) : left.length - right.length || order(left, right);
      if (found !== 0) return found < 0 ? -1 : 1;
      i += left.length;
      j += right.length;
      if (i >= a.length || j >= b.length) return i >= a.length && j >= b.length ? 0 : i >= a.length ? -1 : 1;
      continue;
    }
    const [x, y] = [a[i] ?? '', b[j] ?? ''];
    if (x !== y) return x < y ? -1 : 1;
    i++;
    j++;
    if (i >= a.length || j >= b.length) return i >= a.length && j >= b.length ? 0 : i >= a.length ? -1 : 1;
  }
}

const leadingZeros = (text: string): number => {
  let at = 0;
  while (text[at] === '0' && isDigit(text[at + 1])) at++;
  return at;
};

const digits = (text: string, from: number): string => /^\d+/.exec(text.slice(from))?.[0] ?? '';
