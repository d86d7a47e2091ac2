import { classOf } from '../analyse/infer-statements.js';
import { phpName } from '../analyse/same-names.js';
import type { Type } from '../analyse/type.js';
import * as types from '../analyse/type.js';
import type * as ast from '../parse/ast.js';
import { quietRead } from './arrays.js';
import { classText } from './class-text.js';
import { condition } from './conditions.js';
import { expression } from './expressions.js';
import type { FileEmitter } from './file-emitter.js';
import { quote } from './strings.js';

/** An operand of && and || whose result is a boolean, not the operand. */
export function booleanOf(to: FileEmitter, node: ast.Expression): string {
  const text = condition(to, node);
  const type = to.on.typeOf(node);
  if (types.only(type, types.BOOL) || /^!|^php\.toBool\(|^toBool\(|> 0$/.test(text) || isLogic(node))
    return `(${text})`;
  return `Boolean(${text})`;
}

const isLogic = (node: ast.Expression): boolean =>
  (node.kind === 'bin' && ['&&', '||', 'and', 'or'].includes(node.type)) ||
  (node.kind === 'unary' && node.type === '!');

const isElement = (node: ast.Expression): boolean =>
  node.kind === 'offsetlookup' || (node.kind === 'propertylookup' && node.what.kind === 'offsetlookup');

export function strict(to: FileEmitter, node: ast.Bin): string {
  const not = node.type === '!==';
  const [x, y] = [to.on.typeOf(node.left), to.on.typeOf(node.right)];
  const isNull = (type: Type): boolean => types.only(type, types.NULL);
  if (isNull(y) || isNull(x)) {
    const other = isNull(y) ? node.left : node.right;
    const sign =
      isElement(other) || to.on.typeOf(other).kinds & types.MIXED ? (not ? '!=' : '==') : not ? '!==' : '===';
    return `(${isElement(other) ? quietRead(to, other) : expression(to, other)} ${sign} null)`;
  }
  const bytes = types.shows(x, types.BYTES) || types.shows(y, types.BYTES);
  const both = (kinds: number): boolean => types.may(x, kinds) && types.may(y, kinds);
  const arrays = types.shows(x, types.ARRAY) || types.shows(y, types.ARRAY);
  const certain = isOnlyBytes(x) || isOnlyBytes(y);
  const frames = !certain && (isFrameText(to, node.left) || isFrameText(to, node.right));
  if ((bytes && !frames && both(types.STRING | types.BYTES)) || (arrays && both(types.ARRAY))) {
    return `${not ? '!' : ''}${to.php('identical')}(${expression(to, node.left)}, ${expression(to, node.right)})`;
  }
  return `(${expression(to, node.left)} ${node.type} ${expression(to, node.right)})`;
}

/** The data of a frame, in a program that knows text frames only. */
export function isFrameText(to: FileEmitter, node: ast.Expression): boolean {
  if (to.on.mentionsBinary) return false;
  if (node.kind === 'variable') return !isOnlyBytes(to.on.typeOf(node));
  return (
    node.kind === 'propertylookup' && to.on.typeOf(node.what).classes.some((name) => name.endsWith('Frame'))
  );
}

export const isOnlyBytes = (type: Type): boolean =>
  types.shows(type, types.BYTES) && !types.shows(type, types.STRING);

/** Whether `==` is the same as `===` for these two. */
function isSame(to: FileEmitter, left: ast.Expression, right: ast.Expression): boolean {
  const [x, y] = [to.on.typeOf(left), to.on.typeOf(right)];
  const numbers = types.INT | types.FLOAT;
  if (types.only(x, numbers) && types.only(y, numbers)) return true;
  if (types.only(x, types.BOOL) && types.only(y, types.BOOL)) return true;
  const texts = types.only(x, types.STRING) && types.only(y, types.STRING);
  const word = [left, right].some((node) => node.kind === 'string' && !/^\s*[+-]?[\d.]/.test(node.value));
  if (texts && word) return true;
  return types.only(x, types.OBJECT) && types.only(y, types.OBJECT) && isEnum(to, x) && isEnum(to, y);
}

function isEnum(to: FileEmitter, type: Type): boolean {
  return (
    type.classes.length > 0 && type.classes.every((name) => to.on.symbols.class(name)?.node.kind === 'enum')
  );
}

export function loose(to: FileEmitter, node: ast.Bin): string {
  const not = node.type !== '==';
  const [x, y] = [to.on.typeOf(node.left), to.on.typeOf(node.right)];
  const [left, right] = [expression(to, node.left), expression(to, node.right)];
  if (isSame(to, node.left, node.right)) return `(${left} ${not ? '!==' : '==='} ${right})`;
  const isNull = (type: Type, other: Type): boolean =>
    types.only(type, types.NULL) && types.only(other, types.OBJECT | types.NULL | types.FN);
  if (isNull(x, y) || isNull(y, x)) return `(${left} ${not ? '!=' : '=='} ${right})`;
  return `${not ? '!' : ''}${to.php('looseEq')}(${left}, ${right})`;
}

export function order(to: FileEmitter, node: ast.Bin): string {
  const [x, y] = [to.on.typeOf(node.left), to.on.typeOf(node.right)];
  const numbers = types.INT | types.FLOAT | types.BIGINT;
  const [left, right] = [expression(to, node.left), expression(to, node.right)];
  const one = types.only(x, numbers);
  const two = types.only(y, numbers);
  if (one && two) return `(${left} ${node.type} ${right})`;
  // Beside a number that is not negative null is as good as 0; beside others PHP compares what is true.
  if (two && node.right.kind === 'number' && types.only(x, numbers | types.NULL))
    return `(Number(${left}) ${node.type} ${right})`;
  if (one && node.left.kind === 'number' && types.only(y, numbers | types.NULL))
    return `(${left} ${node.type} Number(${right}))`;
  return `(${to.php('compare')}(${left}, ${right}) ${node.type} 0)`;
}

export function instanceOf(to: FileEmitter, node: ast.Bin): string {
  const left = expression(to, node.left);
  const name = classOf(to.on, to.fn, node.right as ast.Expression);
  if (name === null || node.right.kind === 'variable')
    return `(${left} instanceof (${expression(to, node.right)} as any))`;
  if (/^\\?Closure$/i.test(name)) return `(typeof ${left} === 'function')`;
  const info = to.on.symbols.class(name);
  if (!info && !to.on.api.class(name) && !to.on.api.phpClass(name.replace(/^\\/, ''))) {
    const helper = to.on.api.hasPhp('isA') ? 'isA' : 'is_a';
    if (
      /^\\?(?:Traversable|Iterator|IteratorAggregate|ArrayAccess|Countable|Stringable|JsonSerializable|DateTimeInterface|UnitEnum|BackedEnum|Generator)$/.test(
        name,
      )
    ) {
      return `${to.php(helper)}(${left}, ${quote(name.replace(/^\\/, ''))})`;
    }
  }
  if (info?.node.kind === 'interface') return `${to.php('is_a')}(${left}, ${quote(phpName(info.name))})`;
  return `(${left} instanceof ${classText(to, node.right as ast.Expression)})`;
}
