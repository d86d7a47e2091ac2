import { PhpTypeError } from '../errors/exceptions.js';
import { toBytes, toInt, toStr, toText, typeName } from '../value/convert.js';
import { type AnyArray, build, isArray, items, pairs } from '../value/kinds.js';
import { mapRaw, type Out, operand, raw, span, stringArg, valueError } from './operand.js';

/** Part of a string by bytes. @param length negative leaves out as many bytes at the end; null goes to the end */
export function substr<T>(string: T, offset: unknown, length: unknown = null): Out<T> {
  return mapRaw(stringArg('substr', 1, 'string', string), (text) =>
    text.slice(...span(text.length, toInt(offset), length === null ? null : toInt(length))),
  );
}

/** Replaces part of a string, or of each string of an array. */
export function substr_replace(
  string: AnyArray,
  replace: unknown,
  offset: unknown,
  length?: unknown,
): AnyArray<string>;
export function substr_replace(string: unknown, replace: unknown, offset: unknown, length?: unknown): string;
export function substr_replace(
  string: unknown,
  replace: unknown,
  offset: unknown,
  length: unknown = null,
): unknown {
  if (!isArray(string))
    return splice(string, isArray(replace) ? (items(replace)[0] ?? '') : replace, toInt(offset), length);
  const nth = (value: unknown, i: number, otherwise: unknown): unknown =>
    isArray(value) ? (items(value)[i] ?? otherwise) : value;
  return build(
    string,
    pairs(string).map(([key, text], i) => [
      key,
      splice(
        text,
        nth(replace, i, ''),
        toInt(nth(offset, i, 0)),
        isArray(length) ? nth(length, i, toBytes(text).length) : length,
      ),
    ]),
  );
}

function splice(string: unknown, replace: unknown, offset: number, length: unknown): string | Buffer {
  const { raw: text, back } = operand(string);
  const [from, to] = span(
    text.length,
    offset,
    length === null || length === undefined ? null : toInt(length),
  );
  return back(text.slice(0, from) + raw(replace) + text.slice(to));
}

/** Splits by a separator. A positive limit leaves the rest in the last part, a negative one leaves out as many parts at the end. */
export function explode<T>(separator: unknown, string: T, limit?: number): Out<T>[];
export function explode(
  separator: unknown,
  string: unknown,
  limit = Number.MAX_SAFE_INTEGER,
): (string | Buffer)[] {
  const by = raw(stringArg('explode', 1, 'separator', separator));
  if (by === '') valueError('explode', 1, 'separator', 'cannot be empty');
  const { raw: text, back } = operand(stringArg('explode', 2, 'string', string));
  const parts = text.split(by);
  if (limit < 0) return parts.slice(0, limit).map(back);
  const most = Math.max(1, limit);
  if (parts.length <= most) return parts.map(back);
  return [...parts.slice(0, most - 1), parts.slice(most - 1).join(by)].map(back);
}

/** Joins the values of an array; the separator may be left out. */
export function implode(separator: unknown, array?: unknown): string {
  const [by, list] = array === undefined ? ['', separator] : [separator, array];
  if (!isArray(list)) {
    if (array === undefined)
      throw new PhpTypeError('implode(): Argument #2 ($array) must be of type ?array, string given');
    const given = isArray(separator) ? array : list;
    throw new PhpTypeError(
      `implode(): Argument #2 ($array) must be of type ?array, ${typeName(given)} given`,
    );
  }
  return items(list).map(toStr).join(toStr(by));
}

export { implode as join };

/** Splits into pieces of `length` bytes. */
export function str_split<T>(string: T, length?: number): Out<T>[];
export function str_split(string: unknown, length = 1): (string | Buffer)[] {
  if (length < 1) valueError('str_split', 2, 'length', 'must be greater than 0');
  const { raw: text, back } = operand(stringArg('str_split', 1, 'string', string));
  const parts: (string | Buffer)[] = [];
  for (let i = 0; i < text.length; i += length) parts.push(back(text.slice(i, i + length)));
  return parts;
}

export function chunk_split<T>(string: T, length = 76, separator: unknown = '\r\n'): Out<T> {
  if (length < 1) valueError('chunk_split', 2, 'length', 'must be greater than 0');
  const end = raw(separator);
  return mapRaw(stringArg('chunk_split', 1, 'string', string), (text) => {
    let out = '';
    for (let i = 0; i < text.length; i += length) out += text.slice(i, i + length) + end;
    return text === '' ? end : out;
  });
}

/** Breaks lines at words, or inside words when `cut_long_words` is true. */
export function wordwrap<T>(
  string: T,
  width = 75,
  line_break: unknown = '\n',
  cut_long_words = false,
): Out<T> {
  const end = raw(line_break);
  if (end === '') valueError('wordwrap', 3, 'break', 'cannot be empty');
  if (width === 0 && cut_long_words)
    valueError('wordwrap', 4, 'cut_long_words', 'cannot be true when argument #2 ($width) is 0');
  return mapRaw(stringArg('wordwrap', 1, 'string', string), (text) => wrap(text, width, end, cut_long_words));
}

function wrap(text: string, width: number, end: string, cut: boolean): string {
  let out = '';
  let start = 0;
  let space = 0;
  let at = 0;
  for (; at < text.length; at++) {
    if (text.startsWith(end, at) && at + end.length < text.length) {
      out += text.slice(start, at + end.length);
      at += end.length - 1;
      start = space = at + 1;
    } else if (text[at] === ' ') {
      if (at - start >= width) {
        out += text.slice(start, at) + end;
        start = at + 1;
      }
      space = at;
    } else if (at - start >= width && cut && start >= space) {
      out += text.slice(start, at) + end;
      start = space = at;
    } else if (at - start >= width && start < space) {
      out += text.slice(start, space) + end;
      start = space = space + 1;
    }
  }
  return start === at ? out : out + text.slice(start, at);
}

/** Puts `<br />` before each line break. */
export function nl2br<T>(string: T, use_xhtml = true): Out<T> {
  const tag = use_xhtml ? '<br />' : '<br>';
  return mapRaw(stringArg('nl2br', 1, 'string', string), (text) =>
    text.replace(/\r\n|\n\r|\n|\r/g, (end) => tag + end),
  );
}

let rest = { text: '', at: 0 };

/** The next part of a string: `strtok($string, $token)` begins, `strtok($token)` goes on; false at the end. */
export function strtok(string: unknown, token?: unknown): string | false {
  if (token !== undefined) rest = { text: raw(string), at: 0 };
  const set = raw(token ?? string);
  const { text } = rest;
  let from = rest.at;
  while (from < text.length && set.includes(text[from] ?? '')) from++;
  if (from >= text.length) return false;
  let to = from;
  while (to < text.length && !set.includes(text[to] ?? '')) to++;
  rest.at = to + 1;
  return operand('').back(text.slice(from, to)) as string;
}

/** How many words there are (format 0), a list of them (1), or a map from place to word (2). */
export function str_word_count(string: unknown, format = 0, characters: unknown = ''): unknown {
  if (format < 0 || format > 2) valueError('str_word_count', 2, 'format', 'must be a valid format value');
  const extra = raw(characters).replace(/[\]\\^-]/g, '\\$&');
  const text = raw(string)
    .replace(/^['-]+/, (lead) => ' '.repeat(lead.length))
    .replace(/-+$/, '');
  const words = [...text.matchAll(new RegExp(`[A-Za-z'${extra}-]+`, 'g'))];
  const { back } = operand(toText(string));
  if (format === 0) return words.length;
  if (format === 1) return words.map(([word]) => back(word));
  return new Map(words.map((word) => [word.index, back(word[0])]));
}
