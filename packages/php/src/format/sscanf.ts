import { ValueError } from '../errors/exceptions.js';
import { raw } from '../strings/operand.js';
import { toInteger } from '../value/convert.js';
import type { Ref } from '../value/ref.js';
import { fromBinary } from '../value/text.js';

const DIRECTIVE = /%(\*)?(?:\d+\$)?(\d*)(?:[hlL])?(\[\^?\]?[^\]]*\]|.)|\s+|[^%\s]+/gs;

/**
 * Reads values out of a string by a format. Without references it gives a list, in which what was not found is null, or null
 * when the string ends before anything was read; with references it fills them and gives how many it filled, then -1.
 */
export function sscanf(string: unknown, format: unknown, ...vars: Ref<unknown>[]): unknown {
  const text = raw(string);
  const found: unknown[] = [];
  let at = 0;
  let open = true;
  for (const [part, skip, width = '', type] of raw(format).matchAll(DIRECTIVE)) {
    if (type === undefined) {
      if (!open) continue;
      if (part.trim() === '') at += /^\s*/.exec(text.slice(at))?.[0].length ?? 0;
      else if (text.startsWith(part, at)) at += part.length;
      else open = false;
      continue;
    }
    if (type === 'n') {
      found.push(at);
      continue;
    }
    const result: { value: unknown; length: number } | null = open
      ? scan(text, at, type, Number(width) || Number.POSITIVE_INFINITY)
      : null;
    if (result === null) open = false;
    else at += result.length;
    if (skip === undefined) found.push(result === null ? null : result.value);
  }
  const filled = found.filter((value) => value !== null).length;
  const early = filled === 0 && at >= text.length && found.length > 0;
  if (vars.length === 0) return early ? null : found;
  if (vars.length !== found.length)
    throw new ValueError('Different numbers of variable names and field specifiers');
  found.forEach((value, i) => {
    const target = vars[i];
    if (target !== undefined && value !== null) target.value = value;
  });
  return early ? -1 : filled;
}

const NUMBERS: { readonly [type: string]: RegExp } = {
  d: /^[+-]?\d+/,
  u: /^[+-]?\d+/,
  i: /^[+-]?(?:0[xX][0-9a-fA-F]+|\d+)/,
  x: /^(?:0[xX])?[0-9a-fA-F]+/,
  X: /^(?:0[xX])?[0-9a-fA-F]+/,
  o: /^[0-7]+/,
  f: /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/,
  e: /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/,
  g: /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/,
  s: /^\S+/,
};

function scan(
  text: string,
  at: number,
  type: string,
  width: number,
): { value: unknown; length: number } | null {
  const skipped = type === 'c' || type.startsWith('[') ? 0 : (/^\s*/.exec(text.slice(at))?.[0].length ?? 0);
  const rest = text.slice(at + skipped, Number.isFinite(width) ? at + skipped + width : undefined);
  const single = type === 'c' ? /^./s : undefined;
  const pattern = NUMBERS[type] ?? single ?? setPattern(type);
  const hit = pattern.exec(rest)?.[0];
  if (hit === undefined || hit === '') return null;
  return { value: scanned(type, hit), length: skipped + hit.length };
}

function setPattern(type: string): RegExp {
  if (!type.startsWith('[')) throw new ValueError(`Bad scan conversion character "${type}"`);
  const negated = type.startsWith('[^');
  const body = type.slice(negated ? 2 : 1, -1).replace(/[\\\]]/g, '\\$&');
  return new RegExp(`^[${negated ? '^' : ''}${body}]+`, 's');
}

function scanned(type: string, hit: string): unknown {
  if (type === 'x' || type === 'X') return Number.parseInt(hit, 16);
  if (type === 'o') return Number.parseInt(hit, 8);
  if (type === 'i') return Number(hit);
  if (type === 'd' || type === 'u') return toInteger(hit);
  return 'feg'.includes(type) ? Number(hit) : fromBinary('', hit);
}
