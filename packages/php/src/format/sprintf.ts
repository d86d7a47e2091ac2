import { ArgumentCountError, ValueError } from '../errors/exceptions.js';
import { echo } from '../output/buffer.js';
import { raw } from '../strings/operand.js';
import { toFloat, toInteger, toText } from '../value/convert.js';
import { type AnyArray, items } from '../value/kinds.js';
import { layout } from '../value/number-text.js';
import { fromBinary, isAscii } from '../value/text.js';
import { fixed } from './fixed.js';

interface Directive {
  left: boolean;
  plus: boolean;
  filler: string;
  width: number;
  precision: number | null;
  type: string;
}

const DIRECTIVE = /%(?:(%)|(?:(\d+)\$)?((?:[-+0 ]|'.)*)(\*(?:\d+\$)?|\d*)(?:\.(\*(?:\d+\$)?|\d*))?l?(.?))/gs;
const TYPES = 'bcdeEfFgGhHosuxX';

/**
 * Formats by PHP's rules: `%b %c %d %e %E %f %F %g %G %h %H %o %s %u %x %X`, with `%1$s`, flags, width, precision and `*`.
 * Widths count bytes. Too few values throw ArgumentCountError, an unknown letter throws ValueError.
 */
export function sprintf(format: unknown, ...values: unknown[]): string {
  return formatAll(format, values, -1);
}

/** `sprintf` with the values of an array. */
export function vsprintf(format: unknown, values: AnyArray): string {
  return formatAll(format, items(values), 0);
}

/** `sprintf` to the output; gives the number of bytes. */
export function printf(format: unknown, ...values: unknown[]): number {
  return print(sprintf(format, ...values));
}

export function vprintf(format: unknown, values: AnyArray): number {
  return print(vsprintf(format, values));
}

function print(text: string): number {
  echo(text);
  return raw(text).length;
}

function formatAll(format: unknown, values: readonly unknown[], missing: number): string {
  const text = raw(format);
  let next = 0;
  let most = 0;
  const take = (position: string | undefined): unknown => {
    const index = position === undefined ? next++ : Number(position) - 1;
    if (index < 0)
      throw new ValueError('Argument number specifier must be greater than zero and less than 2147483647');
    most = Math.max(most, index + 1);
    return values[index];
  };
  const star = (value: string | undefined): number | null => {
    if (value === undefined) return null;
    if (!value.startsWith('*')) return Number(value);
    return Number(take(/^\*(\d+)\$$/.exec(value)?.[1]));
  };
  const out = text.replace(
    DIRECTIVE,
    (
      _all,
      percent,
      position: string | undefined,
      flags: string,
      width: string,
      precision: string | undefined,
      type: string,
    ) => {
      if (percent !== undefined) return '%';
      if (type === '') return endOfFormat(values.length, next);
      const directive = { ...readFlags(flags), width: star(width) ?? 0, precision: star(precision), type };
      if (type === '%') return '%';
      if (!TYPES.includes(type)) throw new ValueError(`Unknown format specifier "${type}"`);
      return convert(directive, take(position));
    },
  );
  if (most > values.length) throw tooFew(most, values.length, missing);
  return isAscii(out) ? out : fromBinary('', out);
}

function endOfFormat(given: number, used: number): never {
  if (used >= given) throw tooFew(used + 1, given, -1);
  throw new ValueError('Missing format specifier at end of string');
}

function tooFew(needed: number, given: number, missing: number): Error {
  if (missing === 0)
    return new ValueError(`The arguments array must contain ${needed} items, ${given} given`);
  return new ArgumentCountError(`${needed + 1} arguments are required, ${given + 1} given`);
}

function readFlags(flags: string): Pick<Directive, 'left' | 'plus' | 'filler'> {
  let left = false;
  let plus = false;
  let filler = ' ';
  for (let i = 0; i < flags.length; i++) {
    const flag = flags[i];
    if (flag === "'") filler = flags[++i] ?? ' ';
    else if (flag === '-') left = true;
    else if (flag === '+') plus = true;
    else filler = flag ?? ' ';
  }
  return { left, plus, filler };
}

function convert(directive: Directive, value: unknown): string {
  const { type, precision, plus } = directive;
  switch (type) {
    case 's': {
      const text = raw(toText(value));
      return pad(directive, precision === null ? text : text.slice(0, precision));
    }
    case 'd': {
      const text = String(toInteger(value));
      return padInteger(directive, plus && !text.startsWith('-') ? `+${text}` : text);
    }
    case 'c':
      return String.fromCharCode(Number(toInteger(value)) & 255);
    case 'u':
      return padInteger(directive, unsigned(type, BigInt(toInteger(value))));
    case 'o':
    case 'x':
    case 'X':
    case 'b':
      return pad(directive, unsigned(type, BigInt(toInteger(value))));
    default: {
      const text = floatBy(directive, toFloat(value));
      return padNumber(directive, plus && !/^[-N]/.test(text) ? `+${text}` : text);
    }
  }
}

function unsigned(type: string, value: bigint): string {
  const digits = BigInt.asUintN(64, value).toString(
    type === 'u' ? 10 : type === 'o' ? 8 : type === 'b' ? 2 : 16,
  );
  return type === 'X' ? digits.toUpperCase() : digits;
}

function floatBy({ type, precision }: Directive, value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return (value > 0 ? '' : '-') + ('fe'.includes(type) ? 'Inf' : 'INF');
  const digits = precision ?? 6;
  if ('fF'.includes(type)) return fixed(value, digits);
  if ('eE'.includes(type)) {
    const text = value.toExponential(Math.min(digits, 100));
    return type === 'e' ? text : text.toUpperCase();
  }
  const text = layout(value, digits === 0 ? 1 : digits);
  return 'gh'.includes(type) ? text.replace('E', 'e') : text;
}

function pad({ left, filler, width }: Directive, text: string): string {
  return left ? text.padEnd(width, filler) : text.padStart(width, filler);
}

/** Zeros behind an int would change it. */
function padInteger(directive: Directive, text: string): string {
  return directive.left && directive.filler === '0'
    ? text.padEnd(directive.width)
    : padNumber(directive, text);
}

/** Zeros go between the sign and the digits. */
function padNumber(directive: Directive, text: string): string {
  const { left, filler, width } = directive;
  if (left || filler !== '0' || !/^[-+]/.test(text)) return pad(directive, text);
  return text.slice(0, 1) + text.slice(1).padStart(width - 1, '0');
}
