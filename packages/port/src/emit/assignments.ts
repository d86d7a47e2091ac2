import * as types from '../analyse/type.js';
import { SUPERGLOBALS } from '../analyse/variables.js';
import type * as ast from '../parse/ast.js';
import { arithmetic } from './arithmetic.js';
import { quietRead } from './arrays.js';
import { assigned, copied } from './copies.js';
import { destructuring } from './destructuring.js';
import {
  computedElement,
  container,
  elementPlace,
  elementWrite,
  isComputed,
  wrapped,
} from './element-writes.js';
import { expression } from './expressions.js';
import type { FileEmitter } from './file-emitter.js';
import { joined } from './strings.js';

/** An assignment; as a statement where its value is not used. */
export function assignment(to: FileEmitter, node: ast.Assign, isStatement: boolean): string {
  if (node.operator !== '=') return compound(to, node, isStatement);
  const { left, right } = node;
  if (left.kind === 'list' || left.kind === 'array') return destructuring(to, left, right);
  if (left.kind === 'offsetlookup') return elementWrite(to, left, copied(to, right), isStatement);
  return `${expression(to, left)} = ${valueFor(to, left, right)}`;
}

/** The value for a place: bytes become text where the place is used as text. */
export function valueFor(to: FileEmitter, left: ast.Expression, right: ast.Expression): string {
  const text = assigned(to, left, right);
  const type = to.on.typeOf(right);
  if (
    to.on.makesBytes &&
    right.kind === 'variable' &&
    types.only(type, types.STRING) &&
    isFrameData(to, left)
  ) {
    return `${to.php('bytes')}(${text})`;
  }
  if (!types.shows(type, types.BYTES)) return text;
  if (left.kind === 'variable' && typeof left.name === 'string' && !SUPERGLOBALS.has(left.name)) {
    const variable = to.on.variables.find(to.fn, left.name);
    return variable.usedAsText ? asText(to, type, text) : text;
  }
  return text;
}

/** `$frame->data`, which may be bytes. */
function isFrameData(to: FileEmitter, node: ast.Expression): boolean {
  if (node.kind !== 'propertylookup' || node.offset.kind !== 'identifier' || node.offset.name !== 'data')
    return false;
  return to.on.typeOf(node.what).classes.some((name) => /\\(?:Close)?Frame$/.test(name));
}

/** Bytes as text; what is no text stays what it is. */
export function asText(to: FileEmitter, type: types.Type, text: string): string {
  if (types.only(type, types.BYTES | types.STRING)) return `${to.php('text')}(${text})`;
  return `${to.php('textOr')}(${text})`;
}

function compound(to: FileEmitter, node: ast.Assign, isStatement: boolean): string {
  const sign = node.operator.slice(0, -1);
  const { left, right } = node;
  if (left.kind === 'offsetlookup' && isComputed(to, left))
    return computedElement(to, left, sign, right, isStatement);
  const place = left.kind === 'offsetlookup' ? elementPlace(to, left) : expression(to, left);
  const type = to.on.typeOf(left);
  const other = to.on.typeOf(right);
  if (sign === '??') return `${place} ??= ${copied(to, right)}`;
  if (sign === '.') {
    if (
      types.only(type, types.STRING) &&
      !(types.shows(other, types.BYTES) && !types.shows(other, types.STRING))
    ) {
      return `${place} += ${joined(to, right.kind === 'bin' || right.kind === 'encapsed' ? right : wrapped(right))}`;
    }
    return `${place} = ${to.php('concat')}(${place}, ${expression(to, right)})`;
  }
  const numbers = types.INT | types.FLOAT;
  if (['+', '-', '*'].includes(sign) && types.only(type, numbers) && types.only(other, numbers)) {
    return `${place} ${sign}= ${expression(to, right)}`;
  }
  return `${place} = ${arithmetic(to, sign, left, right, place)}`;
}

export function increment(to: FileEmitter, node: ast.Pre | ast.Post, isStatement: boolean): string {
  const sign = node.type === '+' ? '++' : '--';
  const { what } = node;
  const type = to.on.typeOf(what);
  const plain = types.only(type, types.INT | types.FLOAT);
  if (what.kind === 'offsetlookup' && isComputed(to, what)) {
    const one = `(${quietRead(to, what)} ?? 0) ${node.type} 1`;
    const value =
      plain || types.only(type, types.INT | types.FLOAT | types.NULL)
        ? one
        : `${to.php(node.type === '+' ? 'increment' : 'decrement')}(${quietRead(to, what)})`;
    if (isStatement) return elementWrite(to, what, value, true);
    const written = elementWrite(to, what, value, false);
    return node.kind === 'pre' ? written : `(${written} ${node.type === '+' ? '-' : '+'} 1)`;
  }
  const place = what.kind === 'offsetlookup' ? elementPlace(to, what) : expression(to, what);
  if (plain) return node.kind === 'pre' && !isStatement ? `${sign}${place}` : `${place}${sign}`;
  const next = `${place} = ${to.php(node.type === '+' ? 'increment' : 'decrement')}(${place})`;
  if (isStatement || node.kind === 'pre') return isStatement ? next : `(${next})`;
  return `[${place}, (${next})][0]`;
}

/** `$a = &$b`: possible where both are boxed; otherwise somebody has to look. */
export function referenceAssignment(to: FileEmitter, node: ast.AssignRef): string {
  const { left, right } = node;
  if (types.only(to.on.typeOf(right), types.OBJECT) || right.kind === 'new')
    return `${expression(to, left)} = ${expression(to, right)}`;
  if (types.only(to.on.typeOf(right), types.ARRAY)) {
    to.find(
      node,
      'note',
      'both variables are one array, also when one is assigned a new one in PHP',
      'Assign to the place itself.',
    );
    return `${expression(to, left)} = ${right.kind === 'offsetlookup' ? container(to, right) : expression(to, right)}`;
  }
  to.find(
    node,
    'person',
    'a reference makes two names for one variable',
    'Use one name, or an object that holds the value.',
  );
  return `${expression(to, left)} = ${expression(to, right)}`;
}
