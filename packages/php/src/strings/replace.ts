import { PhpTypeError } from '../errors/exceptions.js';
import { toText, typeName } from '../value/convert.js';
import { type AnyArray, build, isArray, items, pairs } from '../value/kinds.js';
import type { Ref } from '../value/ref.js';
import { fromBinary } from '../value/text.js';
import { mapRaw, type Out, raw } from './operand.js';

/** Replaces all occurrences in a string or in each string of an array, one search after the other. @param count gets how many */
export function str_replace(
  search: unknown,
  replace: unknown,
  subject: AnyArray,
  count?: Ref<number>,
): AnyArray<string>;
export function str_replace<T>(search: unknown, replace: unknown, subject: T, count?: Ref<number>): Out<T>;
export function str_replace(
  search: unknown,
  replace: unknown,
  subject: unknown,
  count?: Ref<number>,
): unknown {
  return replaceAll('str_replace', search, replace, subject, count, false);
}

export function str_ireplace(
  search: unknown,
  replace: unknown,
  subject: AnyArray,
  count?: Ref<number>,
): AnyArray<string>;
export function str_ireplace<T>(search: unknown, replace: unknown, subject: T, count?: Ref<number>): Out<T>;
export function str_ireplace(
  search: unknown,
  replace: unknown,
  subject: unknown,
  count?: Ref<number>,
): unknown {
  return replaceAll('str_ireplace', search, replace, subject, count, true);
}

function replaceAll(
  who: string,
  search: unknown,
  replace: unknown,
  subject: unknown,
  count: Ref<number> | undefined,
  anyCase: boolean,
): unknown {
  if (isArray(replace) && !isArray(search))
    throw new PhpTypeError(
      `${who}(): Argument #2 ($replace) must be of type ${isArray(search) ? 'array|string' : 'string'} when argument #1 ($search) is a string`,
    );
  const steps = stepsOf(search, replace);
  let total = 0;
  const change = (text: unknown): unknown => {
    if (isArray(text) || (typeof text === 'object' && text !== null && !(text instanceof Uint8Array)))
      return text;
    const model = toText(text);
    let out = raw(model);
    for (const [from, to] of steps) {
      if (from === '') continue;
      const parts = anyCase ? splitAnyCase(out, from) : out.split(from);
      total += parts.length - 1;
      out = parts.join(to);
    }
    return fromBinary(model, out);
  };
  const result = isArray(subject)
    ? build(
        subject,
        pairs(subject).map(([key, text]) => [key, change(text)]),
      )
    : change(subject);
  if (count !== undefined) count.value = total;
  return result;
}

function stepsOf(search: unknown, replace: unknown): [string, string][] {
  if (!isArray(search)) return [[raw(search), raw(replace)]];
  const by = isArray(replace) ? items(replace) : null;
  return items(search).map((from, i) => [raw(from), raw(by === null ? replace : (by[i] ?? ''))]);
}

const lower = (text: string): string => text.replace(/[A-Z]+/g, (part) => part.toLowerCase());

function splitAnyCase(text: string, by: string): string[] {
  const low = lower(text);
  const wanted = lower(by);
  const parts: string[] = [];
  let from = 0;
  for (let at = low.indexOf(wanted); at >= 0; at = low.indexOf(wanted, from)) {
    parts.push(text.slice(from, at));
    from = at + wanted.length;
  }
  return [...parts, text.slice(from)];
}

/** `strtr($s, $from, $to)` replaces byte by byte, `strtr($s, $pairs)` the longest keys first and never twice. */
export function strtr<T>(string: T, from: unknown, to?: unknown): Out<T> {
  if (to === undefined) {
    if (!isArray(from))
      throw new PhpTypeError(`strtr(): Argument #2 ($from) must be of type array, ${typeName(from)} given`);
    return mapRaw(string, (text) =>
      translate(text, new Map(pairs(from).map(([key, value]) => [raw(key), raw(value)]))),
    );
  }
  const [a, b] = [raw(from), raw(to)];
  const length = Math.min(a.length, b.length);
  const table = new Map(Array.from({ length }, (_, i) => [a[i], b[i] ?? ''] as const));
  return mapRaw(string, (text) => [...text].map((char) => table.get(char) ?? char).join(''));
}

function translate(text: string, table: Map<string, string>): string {
  table.delete('');
  const lengths = [...new Set([...table.keys()].map((key) => key.length))].sort((x, y) => y - x);
  let out = '';
  for (let at = 0; at < text.length; ) {
    const length = lengths.find((size) => table.has(text.slice(at, at + size)) && at + size <= text.length);
    out += length === undefined ? text[at] : table.get(text.slice(at, at + length));
    at += length ?? 1;
  }
  return out;
}
