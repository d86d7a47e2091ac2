import { literalKey } from '../analyse/keys.js';
import * as types from '../analyse/type.js';
import type * as ast from '../parse/ast.js';
import { kindOf } from './arrays.js';
import { expression } from './expressions.js';
import type { FileEmitter } from './file-emitter.js';
import { literalKeyText } from './names.js';
import { variableName } from './variables.js';

/** `[$a, 'k' => $b] = …` as TypeScript's own destructuring. */
export function destructuring(
  to: FileEmitter,
  left: ast.List | ast.ArrayNode,
  right: ast.Expression,
): string {
  const source = patternSource(to, left, right);
  return `${source.pattern} = ${source.value}`;
}

/** The pattern and what it takes apart. */
export function patternSource(
  to: FileEmitter,
  left: ast.List | ast.ArrayNode,
  right: ast.Expression,
): { pattern: string; value: string } {
  const defaults = defaultsOf(to, right);
  const value = defaults ? defaults.source : right;
  const type = to.on.typeOf(value);
  return {
    pattern: pattern(to, left, type, defaults?.values ?? null),
    value: takenApart(to, left, value, type),
  };
}

/** `explode(…) + [1 => '']`: what stands for elements that are missing. */
function defaultsOf(
  to: FileEmitter,
  right: ast.Expression,
): { source: ast.Expression; values: Map<string, string> } | null {
  if (right.kind !== 'bin' || right.type !== '+' || right.right.kind !== 'array') return null;
  const values = new Map<string, string>();
  let next = 0;
  for (const item of right.right.items) {
    if (item.kind === 'variadic' || (item.kind === 'entry' && item.unpack)) return null;
    const entry = item.kind === 'entry' ? item : null;
    const key = entry?.key ? literalKey(entry.key) : next;
    if (key === null) return null;
    if (typeof key === 'number') next = key + 1;
    values.set(String(key), expression(to, entry ? entry.value : (item as ast.Expression)));
  }
  return { source: right.left, values };
}

const hasKeys = (node: ast.List | ast.ArrayNode): boolean =>
  node.items.some((item) => item?.kind === 'entry' && item.key !== null);

function takenApart(
  to: FileEmitter,
  left: ast.List | ast.ArrayNode,
  value: ast.Expression,
  type: types.Type,
): string {
  const kind = kindOf(type);
  const text = expression(to, value);
  if (hasKeys(left)) return kind === 'record' || kind === 'native' ? text : `${to.php('toRecord')}(${text})`;
  // PHP takes nothing out of null and false, and what was to be set becomes null.
  if (kind === 'list' || kind === 'native')
    return type.kinds & (types.NULL | types.FALSE) ? `(${text}) || []` : text;
  return `${to.php('values')}(${text})`;
}

/** A pattern; its variables may be new or not. */
export function pattern(
  to: FileEmitter,
  node: ast.List | ast.ArrayNode,
  type: types.Type,
  defaults: Map<string, string> | null,
): string {
  const keyed = hasKeys(node);
  let index = 0;
  const parts = node.items.map((item) => {
    if (item?.kind !== 'entry') {
      index++;
      return '';
    }
    const key = item.key ? literalKey(item.key) : index++;
    const inner = item.value;
    const element = typeof key === 'string' ? types.fieldOf(type, key) : types.elementOf(type);
    let target: string;
    if (inner.kind === 'list' || inner.kind === 'array') target = pattern(to, inner, element, null);
    else if (inner.kind === 'variable' && typeof inner.name === 'string') {
      const variable = to.on.variables.find(to.fn, inner.name);
      target = variable.boxed ? expression(to, inner) : variableName(to, inner.name);
    } else target = expression(to, inner);
    const standard = defaults?.get(String(key));
    if (standard !== undefined) target += ` = ${standard}`;
    if (!keyed) return target;
    if (key === null) return `[${item.key ? expression(to, item.key) : "''"}]: ${target}`;
    return target === key ? target : `${literalKeyText(String(key))}: ${target}`;
  });
  return keyed ? `{ ${parts.filter((part) => part !== '').join(', ')} }` : `[${parts.join(', ')}]`;
}
