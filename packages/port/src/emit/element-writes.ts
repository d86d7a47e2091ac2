import type { ArrayShape } from '../analyse/array-shape.js';
import { literalKey } from '../analyse/keys.js';
import * as types from '../analyse/type.js';
import type * as ast from '../parse/ast.js';
import { arithmetic } from './arithmetic.js';
import { emptyArray, isPlainObject, kindOf, quietRead } from './arrays.js';
import { copied } from './copies.js';
import { expression } from './expressions.js';
import type { FileEmitter } from './file-emitter.js';
import { memberAccess } from './names.js';

/** Writes an element; in a statement the shortest way, else one that gives the value. */
export function elementWrite(
  to: FileEmitter,
  place: ast.OffsetLookup,
  value: string,
  isStatement: boolean,
): string {
  const type = to.on.typeOf(place.what);
  const kind = kindOf(type);
  if (types.only(type, types.STRING) && place.offset) {
    const text = expression(to, place.what);
    return `${text} = ${to.php('substr_replace')}(${text}, ${value}, ${expression(to, place.offset)}, 1)`;
  }
  const base = container(to, place.what);
  if (type.kinds & types.OBJECT && !type.array) return objectWrite(to, place, base, value, isStatement);
  if (!place.offset) {
    if (isStatement && (kind === 'list' || kind === 'php')) return `${base}.push(${value})`;
    return `${to.php('append')}(${base}, ${value})`;
  }
  const key = literalKey(place.offset);
  to.unsigned.add(place.offset);
  const keyText = key === null ? expression(to, place.offset) : JSON.stringify(key);
  if ((kind === 'record' || kind === 'native') && typeof key === 'string')
    return `${base}${memberAccess(key)} = ${value}`;
  if (kind === 'list') return `${base}[${keyText}] = ${value}`;
  if (isStatement && (kind === 'map' || kind === 'php')) return `${base}.set(${keyText}, ${value})`;
  return `${to.php('put')}(${base}, ${keyText}, ${value})`;
}

function objectWrite(
  to: FileEmitter,
  place: ast.OffsetLookup,
  base: string,
  value: string,
  isStatement: boolean,
): string {
  const type = to.on.typeOf(place.what);
  const key = place.offset ? expression(to, place.offset) : 'null';
  if (isPlainObject(type)) return `${types.shows(type, types.NULL) ? `${base}!` : base}[${key}] = ${value}`;
  const own = type.classes.some(
    (name) => to.on.symbols.class(name) || to.on.api.class(name)?.member('offsetSet'),
  );
  if (own && isStatement) return `${base}.offsetSet(${key}, ${value})`;
  return place.offset
    ? `${to.php('put')}(${base}, ${key}, ${value})`
    : `${to.php('append')}(${base}, ${value})`;
}

/** What is before `[…]` on the left of an assignment; it is made when it is not there yet, as PHP does. */
export function container(to: FileEmitter, node: ast.Expression): string {
  if (node.kind === 'variable') return expression(to, node);
  if (node.kind !== 'offsetlookup') {
    const type = to.on.typeOf(node);
    const text = expression(to, node);
    return type.array && types.shows(type, types.NULL) ? `(${text} ??= ${emptyArray(to, type.array)})` : text;
  }
  const type = to.on.typeOf(node);
  const outer = to.on.typeOf(node.what);
  const kind = kindOf(outer);
  const base = container(to, node.what);
  if (!node.offset) {
    const name = to.temporary('added');
    to.prelude.push(
      `const ${name}: any = ${type.array ? emptyArray(to, type.array) : '[]'};`,
      `${to.php('append')}(${base}, ${name});`,
    );
    return name;
  }
  const key = literalKey(node.offset);
  const made = type.array && isMade(to, node) ? emptyOf(to, type.array) : null;
  if ((kind === 'record' || kind === 'native') && typeof key === 'string') {
    const place = `${base}${memberAccess(key)}`;
    return made && !outer.array?.did(512)
      ? `(${place} ??= ${made})`
      : made
        ? `(${place} ??= ${made})`
        : place;
  }
  const keyText = key === null ? expression(to, node.offset) : JSON.stringify(key);
  if (kind === 'list') return made ? `(${base}[${keyText}] ??= ${made})` : `${base}[${keyText}]`;
  if (kind === 'map' || kind === 'php') {
    if (made) to.prelude.push(`if (!${base}.has(${keyText})) ${base}.set(${keyText}, ${made});`);
    return `${base}.get(${keyText})!`;
  }
  if (made)
    to.prelude.push(
      `if (!${to.php('isset')}(${base}, ${keyText})) ${to.php('put')}(${base}, ${keyText}, ${made});`,
    );
  return `(${to.php('at')}(${base}, ${keyText}) as any)`;
}

const emptyOf = (to: FileEmitter, array: ArrayShape): string => emptyArray(to, array);

/** Whether the program may write into an element that is not there yet. */
function isMade(to: FileEmitter, node: ast.Expression): boolean {
  return types.shows(to.on.typeOf(node), types.ARRAY);
}

/** A single expression as something that `.` joins. */
export function wrapped(node: ast.Expression): ast.Expression {
  if (node.kind === 'string' || node.kind === 'nowdoc') return node;
  return {
    kind: 'encapsed',
    type: 'string',
    raw: '',
    loc: node.loc,
    value: [{ kind: 'encapsedpart', expression: node, syntax: null, curly: true, loc: node.loc }],
  };
}

/** Whether an element can only be reached by functions. */
export function isComputed(to: FileEmitter, node: ast.OffsetLookup): boolean {
  const kind = kindOf(to.on.typeOf(node.what));
  if (kind === 'list') return !node.offset;
  return !(
    (kind === 'record' || kind === 'native') &&
    node.offset &&
    typeof literalKey(node.offset) === 'string'
  );
}

export function elementPlace(to: FileEmitter, node: ast.OffsetLookup): string {
  const base = container(to, node.what);
  const key = node.offset ? literalKey(node.offset) : null;
  if (typeof key === 'string') return `${base}${memberAccess(key)}`;
  return `${base}[${node.offset ? expression(to, node.offset) : ''}]`;
}

export function computedElement(
  to: FileEmitter,
  left: ast.OffsetLookup,
  sign: string,
  right: ast.Expression,
  isStatement: boolean,
): string {
  const old = quietRead(to, left);
  let value: string;
  if (sign === '??') value = `${old} ?? ${copied(to, right)}`;
  else if (sign === '.') value = `${to.php('concat')}(${old}, ${expression(to, right)})`;
  else {
    const numbers = types.INT | types.FLOAT | types.NULL;
    const plain =
      types.only(to.on.typeOf(left), numbers) && types.only(to.on.typeOf(right), types.INT | types.FLOAT);
    value =
      plain && ['+', '-', '*'].includes(sign)
        ? `(${old} ?? 0) ${sign} ${expression(to, right)}`
        : arithmetic(to, sign, left, right, old);
  }
  return elementWrite(to, left, value, isStatement);
}
