import { toBool } from '../value/convert.js';
import { type Out, operand, raw, valueError } from './operand.js';

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
  return first('strpos', raw(haystack), raw(needle), offset);
}

export function stripos(haystack: unknown, needle: unknown, offset = 0): number | false {
  return first('stripos', lower(raw(haystack)), lower(raw(needle)), offset);
}

/** The place of the last occurrence in bytes, false when there is none. */
export function strrpos(haystack: unknown, needle: unknown, offset = 0): number | false {
  return last('strrpos', raw(haystack), raw(needle), offset);
}

export function strripos(haystack: unknown, needle: unknown, offset = 0): number | false {
  return last('strripos', lower(raw(haystack)), lower(raw(needle)), offset);
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
  return from(haystack, (text) => text.indexOf(raw(needle)), toBool(before_needle));
}

export { strstr as strchr };

export function stristr<T>(haystack: T, needle: unknown, before_needle?: unknown): Out<T> | false;
export function stristr(
  haystack: unknown,
  needle: unknown,
  before_needle: unknown = false,
): string | Buffer | false {
  return from(haystack, (text) => lower(text).indexOf(lower(raw(needle))), toBool(before_needle));
}

/** From the last occurrence of the needle's first byte on, false when there is none. */
export function strrchr<T>(haystack: T, needle: unknown): Out<T> | false;
export function strrchr(haystack: unknown, needle: unknown): string | Buffer | false {
  return from(haystack, (text) => text.lastIndexOf(raw(needle).slice(0, 1) || '\0'), false);
}

export function str_contains(haystack: unknown, needle: unknown): boolean {
  return raw(haystack).includes(raw(needle));
}

export function str_starts_with(haystack: unknown, needle: unknown): boolean {
  return raw(haystack).startsWith(raw(needle));
}

export function str_ends_with(haystack: unknown, needle: unknown): boolean {
  return raw(haystack).endsWith(raw(needle));
}

/** How often the needle comes, without overlaps. */
export function substr_count(
  haystack: unknown,
  needle: unknown,
  offset = 0,
  length: number | null = null,
): number {
  const text = raw(haystack);
  const wanted = raw(needle);
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
