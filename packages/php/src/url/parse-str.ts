import { append, at, put } from '../value/access.js';
import { toStr } from '../value/convert.js';
import { isArray } from '../value/kinds.js';
import { PhpArray } from '../value/php-array.js';
import type { Ref } from '../value/ref.js';
import { urldecode } from './url.js';

/** A query string by PHP's rules: `a[b][]=1` makes arrays, `.` and blanks in names become `_`. @param result gets a PhpArray */
export function parse_str(string: unknown, result: Ref<never> | Ref<unknown>): void {
  const out = new PhpArray<unknown>();
  for (const part of toStr(string).split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = urldecode(equals < 0 ? part : part.slice(0, equals))
      .replace(/^ +/, '')
      .replace(/\0.*$/s, '');
    if (name !== '') store(out, name, equals < 0 ? '' : urldecode(part.slice(equals + 1)));
  }
  (result as Ref<unknown>).value = out;
}

export { parse_str as mb_parse_str };

function store(out: PhpArray<unknown>, name: string, value: string): void {
  const bracket = name.indexOf('[', 1);
  const closed = bracket > 0 && name.indexOf(']', bracket) > 0;
  const base = (closed ? name.slice(0, bracket) : name.replace('[', '_')).replace(/[ .]/g, '_');
  const keys = closed
    ? [...name.slice(bracket).matchAll(/\[([^\]]*)\]/gy)].map((found) => found[1] ?? '')
    : [];
  let target: object = out;
  let key: string = base;
  for (const next of keys) {
    const known: unknown = key === '' ? null : at(target, key);
    const inner: object = isArray(known) ? known : new PhpArray();
    if (inner !== known) set(target, key, inner);
    target = inner;
    key = next;
  }
  set(target, key, value);
}

function set(target: object, key: string, value: unknown): void {
  if (key === '') append(target, value);
  else put(target, key, value);
}
