import { toBool } from '../value/convert.js';
import { type Out, operand, raw, stringArg, valueError } from './operand.js';

const lower = (text: string): string => text.replace(/[A-Z]+/g, (part) => part.toLowerCase());

function start(who: string, text: string, offset: number): number {
  if (offset > text.length || offset < -text.length)
    valueError(who, 3, 'offset', 'must be contained in argument #1 ($haystack)');
  return offset < 0 ? text.length + offset : offset;
}

function first(who: string, haystack: string, needle: string, offset: number): number | false {
  const found = haystack.indexOf(needle, start(who, haystack, offset));
  return found < 0 ? false : found;
}

function last(who: string, haystack: string, needle: string, offset: number): number | false {
  start(who, haystack, offset);
  // A negative offset leaves out the end: the last match may not begin behind it, though it may reach over it.
  const found =
    offset >= 0 ? haystack.lastIndexOf(needle) : haystack.lastIndexOf(needle, haystack.length + offset);
  return found < 0 || (offset >= 0 && found < offset) ? false : found;
}

/** The place of the first occurrence in bytes, false when there is none. */
export function strpos(haystack: unknown, needle: unknown, offset = 0): number | false {
  return first(
    'strpos',
    raw(stringArg('strpos', 1, 'haystack', haystack)),
    raw(stringArg('strpos', 2, 'needle', needle)),
    offset,
  );
}

export function stripos(haystack: unknown, needle: unknown, offset = 0): number | false {
  return first(
    'stripos',
    lower(raw(stringArg('stripos', 1, 'haystack', haystack))),
    lower(raw(stringArg('stripos', 2, 'needle', needle))),
    offset,
  );
}

/** The place of the last occurrence in bytes, false when there is none. */
export function strrpos(haystack: unknown, needle: unknown, offset = 0): number | false {
  return last(
    'strrpos',
    raw(stringArg('strrpos', 1, 'haystack', haystack)),
    raw(stringArg('strrpos', 2, 'needle', needle)),
    offset,
  );
}

export function strripos(haystack: unknown, needle: unknown, offset = 0): number | false {
  return last(
    'strripos',
    lower(raw(stringArg('strripos', 1, 'haystack', haystack))),
    lower(raw(stringArg('strripos', 2, 'needle', needle))),
    offset,
  );
}

function from(haystack: unknown, place: (text: string) => number, before: boolean): string | Buffer | false {
  const { raw: text, back } = operand(haystack);
  const found = place(text);
  return found < 0 ? false : back(before ? text.slice(0, found) : text.slice(found));
}

/** From the first occurrence on, or what is before it; false when there is none. */
export function strstr<T>(haystack: T, needle: unknown, before_needle?: unknown): Out<T> | false;
export function strstr(
  haystack: unknown,
  needle: unknown,
  before_needle: unknown = false,
): string | Buffer | false {
  return from(
    stringArg('strstr', 1, 'haystack', haystack),
    (text) => text.indexOf(raw(stringArg('strstr', 2, 'needle', needle))),
    toBool(before_needle),
  );
}

export { strstr as strchr };

export function stristr<T>(haystack: T, needle: unknown, before_needle?: unknown): Out<T> | false;
export function stristr(
  haystack: unknown,
  needle: unknown,
  before_needle: unknown = false,
): string | Buffer | false {
  return from(
    stringArg('stristr', 1, 'haystack', haystack),
    (text) => lower(text).indexOf(lower(raw(stringArg('stristr', 2, 'needle', needle)))),
    toBool(before_needle),
  );
}

/** From the last occurrence of the needle's first byte on, false when there is none. */
export function strrchr<T>(haystack: T, needle: unknown): Out<T> | false;
export function strrchr(haystack: unknown, needle: unknown): string | Buffer | false {
  return from(
    stringArg('strrchr', 1, 'haystack', haystack),
    (text) => text.lastIndexOf(raw(stringArg('strrchr', 2, 'needle', needle)).slice(0, 1) || '\0'),
    false,
  );
}

export function str_contains(haystack: unknown, needle: unknown): boolean {
  return raw(stringArg('str_contains', 1, 'haystack', haystack)).includes(
    raw(stringArg('str_contains', 2, 'needle', needle)),
  );
}

export function str_starts_with(haystack: unknown, needle: unknown): boolean {
  return raw(stringArg('str_starts_with', 1, 'haystack', haystack)).startsWith(
    raw(stringArg('str_starts_with', 2, 'needle', needle)),
  );
}

export function str_ends_with(haystack: unknown, needle: unknown): boolean {
  return raw(stringArg('str_ends_with', 1, 'haystack', haystack)).endsWith(
    raw(stringArg('str_ends_with', 2, 'needle', needle)),
  );
}

/** How often the needle comes, without overlaps. */
export function substr_count(
  haystack: unknown,
  needle: unknown,
  offset = 0,
  length: number | null = null,
): number {
  const text = raw(stringArg('substr_count', 1, 'haystack', haystack));
  const wanted = raw(stringArg('substr_count', 2, 'needle', needle));
  if (wanted === '') valueError('substr_count', 2, 'needle', 'cannot be empty');
  const begin = start('substr_count', text, offset);
  const end = length === null ? text.length : length < 0 ? text.length + length : begin + length;
  if (end < begin || end > text.length)
    valueError('substr_count', 4, 'length', 'must be contained in argument #1 ($haystack)');
  return text.slice(begin, end).split(wanted).length - 1;
}

function part(text: string, offset: number, length: number | null): string {
  const begin = offset < 0 ? Math.max(0, text.length + offset) : offset;
  const end = length === null ? text.length : length < 0 ? text.length + length : begin + length;
  return text.slice(begin, Math.max(begin, end));
}

/** How many bytes at the beginning are all among the characters. */
export function strspn(
  string: unknown,
  characters: unknown,
  offset = 0,
  length: number | null = null,
): number {
  const text = part(raw(string), offset, length);
  const set = raw(characters);
  const found = [...text].findIndex((char) => !set.includes(char));
  return found < 0 ? text.length : found;
}

/** How many bytes at the beginning are none of the characters. */
export function strcspn(
  string: unknown,
  characters: unknown,
  offset = 0,
  length: number | null = null,
): number {
  const text = part(raw(string), offset, length);
  const set = raw(characters);
  const found = [...text].findIndex((char) => set.includes(char));
  return found < 0 ? text.length : found;
}

/** From the first of the characters on, false when none comes. */
export function strpbrk<T>(string: T, characters: unknown): Out<T> | false;
export function strpbrk(string: unknown, characters: unknown): string | Buffer | false {
  const set = raw(characters);
  if (set === '') valueError('strpbrk', 2, 'characters', 'must be a non-empty string');
  return from(string, (text) => [...text].findIndex((char) => set.includes(char)), false);
}
