import { properties, spl_object_id } from '../objects/properties.js';
import { stdClass } from '../objects/std-class.js';
import { className, toBytes, toStr } from '../value/convert.js';
import { isFloat } from '../value/float.js';
import type { Key } from '../value/key.js';
import { isArray, pairs } from '../value/kinds.js';
import { exactFloatText, floatText } from '../value/number-text.js';
import { Ref } from '../value/ref.js';
import { text } from '../value/text.js';
import { echo } from './buffer.js';

/** Prints values with their types. */
export function var_dump(...values: unknown[]): void {
  for (const value of values) echo(dump(value, '', []));
}

function dump(value: unknown, indent: string, above: readonly object[]): string {
  if (value instanceof Ref)
    return `${indent}*${dump(value.value, indent, above).trimStart()}`.replace('*', '');
  if (value === null || value === undefined) return `${indent}NULL\n`;
  if (typeof value === 'boolean') return `${indent}bool(${value})\n`;
  if (typeof value === 'string' || value instanceof Uint8Array)
    return `${indent}string(${toBytes(value).length}) "${text(value)}"\n`;
  if (isFloat(value)) return `${indent}float(${exactFloatText(Number(value))})\n`;
  if (typeof value === 'number' || typeof value === 'bigint') return `${indent}int(${value})\n`;
  if (typeof value === 'function')
    return `${indent}object(Closure)#${spl_object_id(value)} (0) {\n${indent}}\n`;
  if (above.includes(value as object)) return `${indent}*RECURSION*\n`;
  const inside = [...above, value as object];
  const list = isArray(value) ? pairs(value) : properties(value as object);
  const head = isArray(value)
    ? `array(${list.length})`
    : `object(${className(value)})#${spl_object_id(value as object)} (${list.length})`;
  const lines = list.map(
    ([key, item]) =>
      `${indent}  [${typeof key === 'number' ? key : `"${key}"`}]=>\n${dump(item, `${indent}  `, inside)}`,
  );
  return `${indent}${head} {\n${lines.join('')}${indent}}\n`;
}

/** A value as PHP shows it to people: prints it, or gives it when `return` is true. */
export function print_r(value: unknown, return_?: false): true;
export function print_r(value: unknown, return_: true): string;
export function print_r(value: unknown, return_ = false): string | true {
  const shown = show(value, '', []);
  if (return_) return shown;
  echo(shown);
  return true;
}

function show(value: unknown, indent: string, above: readonly object[]): string {
  if (isFloat(value)) return floatText(Number(value));
  if (typeof value === 'function') return `Closure Object\n${indent}(\n${indent})\n`;
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return toStr(value);
  const head = isArray(value) ? 'Array' : `${className(value)} Object`;
  if (above.includes(value)) return `${head}\n *RECURSION*`;
  const list: [Key, unknown][] = isArray(value) ? pairs(value) : properties(value);
  const lines = list.map(
    ([key, item]) => `${indent}    [${key}] => ${show(item, `${indent}        `, [...above, value])}\n`,
  );
  return `${head}\n${indent}(\n${lines.join('')}${indent})\n`;
}

/** A value as PHP source: prints it, or gives it when `return` is true. */
export function var_export(value: unknown, return_?: false): null;
export function var_export(value: unknown, return_: true): string;
export function var_export(value: unknown, return_ = false): string | null {
  const source = exported(value, '');
  if (return_) return source;
  echo(source);
  return null;
}

function exported(value: unknown, indent: string): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'string' || value instanceof Uint8Array) {
    const quoted = text(value).replace(/[\\']/g, '\\$&').replaceAll('\0', `' . "\\0" . '`);
    return `'${quoted}'`;
  }
  if (isFloat(value)) {
    const shown = exactFloatText(Number(value));
    return /^-?\d+$/.test(shown) ? `${shown}.0` : shown;
  }
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value === 'function') return '\\Closure::__set_state(array(\n))';
  const inner = `${indent}  `;
  const lines = (list: [Key, unknown][], pad: string): string =>
    list
      .map(([key, item]) => `${pad}${exported(key, '')} => ${nested(item, inner)}${exported(item, inner)},\n`)
      .join('');
  if (isArray(value)) return `array (\n${lines(pairs(value), inner)}${indent})`;
  if (value instanceof stdClass) return `(object) array(\n${lines(properties(value), `${inner} `)}${indent})`;
  return `${isEnum(value as object) ?? `\\${className(value)}::__set_state(array(\n${lines(properties(value as object), `${inner} `)}${indent}))`}`;
}

const nested = (item: unknown, indent: string): string =>
  typeof item === 'object' && item !== null && !(item instanceof Number) && !(item instanceof Uint8Array)
    ? `\n${indent}`
    : '';

const isEnum = (value: object): string | null => {
  const constant = (value as { name?: unknown; cases?: unknown }).name;
  const cases = (value.constructor as { cases?: unknown }).cases;
  return typeof constant === 'string' && typeof cases === 'function'
    ? `\\${className(value)}::${constant}`
    : null;
};
