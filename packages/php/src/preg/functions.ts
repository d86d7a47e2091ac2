import { gappy } from '../arrays/argument.js';
import { PhpTypeError } from '../errors/exceptions.js';
import { resolve } from '../functions/callable.js';
import { toStr, typeName } from '../value/convert.js';
import type { Key } from '../value/key.js';
import { type AnyArray, build, isArray, items, pairs } from '../value/kinds.js';
import { PhpArray } from '../value/php-array.js';
import type { Ref } from '../value/ref.js';
import { type Compiled, compile } from './compile.js';
import {
  PREG_BAD_UTF8_OFFSET_ERROR,
  PREG_GREP_INVERT,
  PREG_OFFSET_CAPTURE,
  PREG_PATTERN_ORDER,
  PREG_SET_ORDER,
  PREG_SPLIT_DELIM_CAPTURE,
  PREG_SPLIT_NO_EMPTY,
  PREG_SPLIT_OFFSET_CAPTURE,
  PREG_UNMATCHED_AS_NULL,
} from './flags.js';
import { type Group, type Match, matches, Subject } from './match.js';
import { preg } from './state.js';

/** What a match gives: a list, or a PhpArray when groups have names. */
type Shown = unknown[] | PhpArray<unknown>;

function show(group: Group | null | undefined, flags: number): unknown {
  const text = group?.text ?? ((flags & PREG_UNMATCHED_AS_NULL) !== 0 ? null : '');
  return (flags & PREG_OFFSET_CAPTURE) === 0 ? text : [text, group?.offset ?? -1];
}

function named(compiled: Compiled, values: readonly unknown[]): Shown {
  if (compiled.names.every((name) => name === null)) return [...values];
  const out = new PhpArray<unknown>();
  values.forEach((value, number) => {
    const name = compiled.names[number] ?? null;
    if (name !== null) out.set(name, value);
    out.set(number, value);
  });
  return out;
}

/** The groups of one match; those at the end that took no part are left out, unless they are wanted as null. */
function showMatch(compiled: Compiled, match: Match, flags: number): Shown {
  let count = match.groups.length;
  if ((flags & PREG_UNMATCHED_AS_NULL) === 0) while (match.groups[count - 1] === null) count--;
  return named(
    compiled,
    match.groups.slice(0, count).map((group) => show(group, flags)),
  );
}

/**
 * Searches for a pattern.
 * @param found gets the whole match and the groups
 * @param offset where to begin, in bytes
 * @returns 1 when it was found, 0 when not, false when the pattern is malformed
 */
export function preg_match(
  pattern: unknown,
  subject: unknown,
  found?: Ref<never> | Ref<unknown> | null,
  flags = 0,
  offset = 0,
): number | false {
  const box = found as Ref<unknown> | null | undefined;
  const compiled = compile(pattern, 'preg_match');
  if (compiled === null) return false;
  preg.error = 0;
  if (box) box.value = [];
  const text = Subject.of(subject, compiled);
  const start = text?.placeOf(offset) ?? 0;
  if (text === null || start < 0) return badOffset(start);
  for (const match of matches(compiled, text, start)) {
    if (box) box.value = showMatch(compiled, match, flags);
    return 1;
  }
  return 0;
}

function badOffset(start: number): false {
  if (start < 0) preg.error = PREG_BAD_UTF8_OFFSET_ERROR;
  return false;
}

/** Finds all matches. @param found gets them by group (PREG_PATTERN_ORDER) or by match (PREG_SET_ORDER). @returns how many */
export function preg_match_all(
  pattern: unknown,
  subject: unknown,
  found?: Ref<never> | Ref<unknown> | null,
  flags = 0,
  offset = 0,
): number | false {
  const box = found as Ref<unknown> | null | undefined;
  const compiled = compile(pattern, 'preg_match_all');
  if (compiled === null) return false;
  preg.error = 0;
  const text = Subject.of(subject, compiled);
  const start = text?.placeOf(offset) ?? 0;
  if (text === null || start < 0) return badOffset(start);
  const all = [...matches(compiled, text, start)];
  if (box) {
    const byMatch = (flags & PREG_SET_ORDER) !== 0 && (flags & PREG_PATTERN_ORDER) === 0;
    box.value = byMatch
      ? all.map((match) => showMatch(compiled, match, flags))
      : named(
          compiled,
          compiled.groups.map((_, number) => all.map((match) => show(match.groups[number], flags))),
        );
  }
  return all.length;
}

/** One subject or an array of them through `change`, which gives null on failure. */
function eachSubject(subject: unknown, change: (text: unknown) => string | null, only = false): unknown {
  if (!isArray(subject)) return change(subject);
  const out: [Key, string][] = [];
  for (const [key, text] of pairs(subject)) {
    const changed = change(text);
    if (changed !== null) out.push([key, changed]);
  }
  return build(only ? gappy(subject) : subject, out);
}

interface Step {
  pattern: unknown;
  replace: (match: Match, compiled: Compiled) => string;
}

function run(
  who: string,
  steps: Step[],
  subject: unknown,
  limit: number,
  count: { value: number },
): string | null {
  let text = toStr(subject);
  for (const { pattern, replace } of steps) {
    const compiled = compile(pattern, who);
    if (compiled === null) return null;
    preg.error = 0;
    const source = Subject.of(text, compiled);
    if (source === null) return null;
    let out = '';
    let last = 0;
    let left = limit < 0 ? Number.POSITIVE_INFINITY : limit;
    for (const match of matches(compiled, source, 0)) {
      if (left-- <= 0) break;
      out += source.part(last, match.from) + replace(match, compiled);
      last = match.to;
      count.value++;
    }
    text = out + source.part(last);
  }
  return text;
}

/** A replacement with `$1`, `${1}` and `\1` filled in. */
const template =
  (replacement: unknown) =>
  (match: Match): string =>
    toStr(replacement).replace(
      /\\\\|\\(\d{1,2})|\$(\d{1,2})|\$\{(\d{1,2})\}/g,
      (all, a?: string, b?: string, c?: string) => {
        const number = a ?? b ?? c;
        return number === undefined ? '\\' : (match.groups[Number(number)]?.text ?? (all && ''));
      },
    );

function stepsOf(who: string, pattern: unknown, replacement: unknown): Step[] {
  if (!isArray(pattern)) {
    if (isArray(replacement))
      throw new PhpTypeError(
        `${who}(): Argument #1 ($pattern) must be of type array when argument #2 ($replacement) is an array, ${typeName(pattern)} given`,
      );
    return [{ pattern, replace: template(replacement) }];
  }
  const by = isArray(replacement) ? items(replacement) : null;
  return items(pattern).map((one, i) => ({
    pattern: one,
    replace: template(by === null ? replacement : (by[i] ?? '')),
  }));
}

/** Replaces by `$1` templates; patterns, replacements and subjects may be arrays. @returns null on failure */
export function preg_replace(
  pattern: unknown,
  replacement: unknown,
  subject: AnyArray,
  limit?: number,
  count?: Ref<number>,
): AnyArray<string>;
export function preg_replace(
  pattern: unknown,
  replacement: unknown,
  subject: unknown,
  limit?: number,
  count?: Ref<number>,
): string | null;
export function preg_replace(
  pattern: unknown,
  replacement: unknown,
  subject: unknown,
  limit = -1,
  count?: Ref<number>,
): unknown {
  const steps = stepsOf('preg_replace', pattern, replacement);
  const total = { value: 0 };
  const result = eachSubject(subject, (text) => run('preg_replace', steps, text, limit, total));
  if (count !== undefined) count.value = total.value;
  return result;
}

/** As `preg_replace`, but gives only what was changed: null for a subject that was not. */
export function preg_filter(
  pattern: unknown,
  replacement: unknown,
  subject: unknown,
  limit = -1,
  count?: Ref<number>,
): unknown {
  const steps = stepsOf('preg_filter', pattern, replacement);
  const total = { value: 0 };
  const change = (text: unknown): string | null => {
    const before = total.value;
    const changed = run('preg_filter', steps, text, limit, total);
    return total.value > before ? changed : null;
  };
  const result = eachSubject(subject, change, true);
  if (count !== undefined) count.value = total.value;
  return result;
}

type Replacer = ((groups: never) => unknown) | string | readonly unknown[];

/** Replaces by what the callback makes of each match. @returns null on failure */
export function preg_replace_callback(
  pattern: unknown,
  callback: Replacer,
  subject: AnyArray,
  limit?: number,
  count?: Ref<number>,
  flags?: number,
): AnyArray<string>;
export function preg_replace_callback(
  pattern: unknown,
  callback: Replacer,
  subject: unknown,
  limit?: number,
  count?: Ref<number>,
  flags?: number,
): string | null;
export function preg_replace_callback(
  pattern: unknown,
  callback: Replacer,
  subject: unknown,
  limit = -1,
  count?: Ref<number>,
  flags = 0,
): unknown {
  const call = resolve(callback, 'preg_replace_callback', 2);
  const replace = (match: Match, compiled: Compiled): string =>
    toStr(call(showMatch(compiled, match, flags)));
  const steps = (isArray(pattern) ? items(pattern) : [pattern]).map((one) => ({ pattern: one, replace }));
  const total = { value: 0 };
  const result = eachSubject(subject, (text) => run('preg_replace_callback', steps, text, limit, total));
  if (count !== undefined) count.value = total.value;
  return result;
}

/** `preg_replace_callback` with a callback for each pattern. */
export function preg_replace_callback_array(
  pattern: AnyArray,
  subject: unknown,
  limit = -1,
  count?: Ref<number>,
  flags = 0,
): unknown {
  const total = { value: 0 };
  const steps = pairs(pattern).map(([one, callback]): Step => {
    const call = resolve(callback, 'preg_replace_callback_array', 2);
    return { pattern: one, replace: (match, compiled) => toStr(call(showMatch(compiled, match, flags))) };
  });
  const result = eachSubject(subject, (text) =>
    run('preg_replace_callback_array', steps, text, limit, total),
  );
  if (count !== undefined) count.value = total.value;
  return result;
}

/** `preg_replace_callback` for a callback that waits: one match after the other. */
export async function preg_replace_callback_async(
  pattern: unknown,
  callback: unknown,
  subject: unknown,
  limit = -1,
): Promise<string | null> {
  const call = resolve(callback, 'preg_replace_callback', 2);
  const found: unknown[] = [];
  const collect = (groups: unknown): string => {
    found.push(groups);
    return '';
  };
  if (preg_replace_callback(pattern, collect, subject, limit) === null) return null;
  const made: unknown[] = [];
  for (const groups of found) made.push(await call(groups));
  let next = 0;
  return preg_replace_callback(pattern, () => made[next++], subject, limit);
}

/** Splits by a pattern. @param limit the most parts, -1 for all @param flags `PREG_SPLIT_*` @returns false on failure */
export function preg_split(
  pattern: unknown,
  subject: unknown,
  limit?: number | null,
  flags?: 0 | 1 | 2 | 3,
): string[] | false;
export function preg_split(
  pattern: unknown,
  subject: unknown,
  limit: number | null,
  flags: number,
): unknown[] | false;
export function preg_split(
  pattern: unknown,
  subject: unknown,
  limit: number | null = -1,
  flags = 0,
): unknown[] | false {
  const compiled = compile(pattern, 'preg_split');
  if (compiled === null) return false;
  preg.error = 0;
  const text = Subject.of(subject, compiled);
  if (text === null) return false;
  const out: unknown[] = [];
  const skipEmpty = (flags & PREG_SPLIT_NO_EMPTY) !== 0;
  let left = limit === null || limit <= 0 ? Number.POSITIVE_INFINITY : limit;
  const push = (part: string, offset: number): boolean => {
    if (part === '' && skipEmpty) return false;
    out.push((flags & PREG_SPLIT_OFFSET_CAPTURE) === 0 ? part : [part, offset]);
    return true;
  };
  let last = 0;
  for (const match of matches(compiled, text, 0)) {
    if (left <= 1) break;
    if (push(text.part(last, match.from), text.byteOffset(last))) left--;
    if ((flags & PREG_SPLIT_DELIM_CAPTURE) !== 0)
      for (const group of match.groups.slice(1))
        if (group !== null && !(group.text === '' && skipEmpty)) push(group.text, group.offset);
    last = match.to;
  }
  push(text.part(last), text.byteOffset(last));
  return out;
}

/** The values that match, with their keys; with PREG_GREP_INVERT those that do not. */
export function preg_grep(pattern: unknown, array: AnyArray, flags = 0): AnyArray | false {
  const compiled = compile(pattern, 'preg_grep');
  if (compiled === null) return false;
  preg.error = 0;
  const wanted = (flags & PREG_GREP_INVERT) === 0;
  const kept = pairs(array).filter(([, value]) => {
    const text = Subject.of(value, compiled);
    if (text === null) return false;
    const [first] = matches(compiled, text, 0);
    return (first !== undefined) === wanted;
  });
  return build(gappy(array), kept);
}

/** Puts a backslash before what means something in a pattern, and before the delimiter. */
export function preg_quote(string: unknown, delimiter: string | null = null): string {
  const quoted = toStr(string)
    .replace(/[.\\+*?[^\]$(){}=!<>|:#-]/g, '\\$&')
    .replaceAll('\0', '\\000');
  const mark = delimiter?.[0];
  return mark === undefined || /[.\\+*?[^\]$(){}=!<>|:#-]/.test(mark)
    ? quoted
    : quoted.replaceAll(mark, `\\${mark}`);
}

const MESSAGES = [
  'No error',
  'Internal error',
  'Backtrack limit exhausted',
  'Recursion limit exhausted',
  'Malformed UTF-8 characters, possibly incorrectly encoded',
  'The offset did not correspond to the beginning of a valid UTF-8 code point',
  'JIT stack limit exhausted',
];

/** The number of the last error, `PREG_*_ERROR`. */
export function preg_last_error(): number {
  return preg.error;
}

export function preg_last_error_msg(): string {
  return MESSAGES[preg.error] ?? 'Unknown error';
}
