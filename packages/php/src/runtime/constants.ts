import { PhpError } from '../errors/exceptions.js';
import { warn } from '../errors/raise.js';
import { classNamed } from '../functions/callable.js';
import * as php from '../index.js';
import { toStr } from '../value/convert.js';
import type { Mixed } from '../value/mixed.js';

const own = new Map<string, unknown>();

/** Makes a constant of the program; false, with a warning, when there is one of that name. */
export function define(constant_name: unknown, value: unknown, _case_insensitive = false): boolean {
  const name = toStr(constant_name);
  if (lookUp(name).found) {
    warn(`Constant ${name} already defined`);
    return false;
  }
  own.set(name, value);
  return true;
}

function lookUp(name: string): { found: boolean; value: unknown } {
  const plain = name.replace(/^\\/, '');
  if (own.has(plain)) return { found: true, value: own.get(plain) };
  const [type, member] = plain.split('::');
  if (member !== undefined && type !== undefined) {
    const target = classNamed(type) as unknown as Record<string, unknown> | null;
    return target !== null && member in target
      ? { found: true, value: target[member] }
      : { found: false, value: null };
  }
  const builtin = /^[A-Z][A-Z0-9_]*$/.test(plain) && Object.hasOwn(php, plain);
  return builtin
    ? { found: true, value: (php as Record<string, unknown>)[plain] }
    : { found: false, value: null };
}

/** Whether a constant of that name is known: one of PHP's, or of `define`. */
export function defined(constant_name: unknown): boolean {
  return lookUp(toStr(constant_name)).found;
}

/** The value of a constant by name, also `Class::NAME`. */
export function constant<T = Mixed>(name: unknown): T {
  const { found, value } = lookUp(toStr(name));
  if (!found) throw new PhpError(`Undefined constant "${toStr(name)}"`);
  return value as T;
}
