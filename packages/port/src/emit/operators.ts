import type { Type } from '../analyse/type.js';
import * as types from '../analyse/type.js';
import type * as ast from '../parse/ast.js';
import { arithmetic, number } from './arithmetic.js';
import { quietRead } from './arrays.js';
import { booleanOf, instanceOf, loose, order, strict } from './comparisons.js';
import { condition } from './conditions.js';
import { expression } from './expressions.js';
import type { FileEmitter } from './file-emitter.js';
import { joined } from './strings.js';

export function binary(to: FileEmitter, node: ast.Bin): string {
  if (/^(?:[!=]==?|<>|[<>]=?|<=>)$/.test(node.type)) to.unsigned.add(node.left).add(node.right);
  switch (node.type) {
    case '.':
      return joined(to, node);
    case '&&':
    case '||':
    case 'and':
    case 'or':
      return `(${booleanOf(to, node.left)} ${node.type === '&&' || node.type === 'and' ? '&&' : '||'} ${booleanOf(to, node.right)})`;
    case 'xor':
      return `(${booleanOf(to, node.left)} !== ${booleanOf(to, node.right)})`;
    case '??':
      return `(${quietRead(to, node.left)} ?? ${expression(to, node.right)})`;
    case '===':
    case '!==':
      return strict(to, node);
    case '==':
    case '!=':
    case '<>':
      return loose(to, node);
    case '<':
    case '>':
    case '<=':
    case '>=':
      return order(to, node);
    case '<=>':
      return `${to.php('compare')}(${expression(to, node.left)}, ${expression(to, node.right)})`;
    case 'instanceof':
      return instanceOf(to, node);
    default:
      return arithmetic(to, node.type, node.left, node.right, undefined, to.unsigned.has(node));
  }
}

export function unary(to: FileEmitter, node: ast.Unary): string {
  if (node.type === '!') return `!(${condition(to, node.what)})`;
  if (node.type === '~')
    return types.only(to.on.typeOf(node.what), types.INT)
      ? `(~${expression(to, node.what)})`
      : `${to.php('bitNot')}(${expression(to, node.what)})`;
  const text = number(to, node.what);
  if (text === null)
    return node.type === '-'
      ? `${to.php('neg')}(${expression(to, node.what)})`
      : `${to.php('toNumber')}(${expression(to, node.what)})`;
  const isSafe =
    node.what.kind === 'number' || to.unsigned.has(node) || !types.only(to.on.typeOf(node.what), types.INT);
  return node.type === '-' && !isSafe ? `(0 - ${text})` : `(${node.type}${text})`;
}

export function cast(to: FileEmitter, node: ast.Cast): string {
  const type = to.on.typeOf(node.expr);
  const text = expression(to, node.expr);
  switch (node.type) {
    case 'int':
    case 'integer':
      return types.only(type, types.INT) ? text : `${to.php('toInt')}(${text})`;
    case 'float':
    case 'double':
    case 'real':
      return types.only(type, types.FLOAT | types.INT) ? text : `${to.php('toFloat')}(${text})`;
    case 'string':
    case 'binary':
      if (types.only(type, types.STRING)) return text;
      return types.only(type, types.INT) ? `String(${text})` : `${to.php('toStr')}(${text})`;
    case 'bool':
    case 'boolean':
      return types.only(type, types.BOOL)
        ? text
        : isPlainTruth(type)
          ? `Boolean(${text})`
          : `${to.php('toBool')}(${text})`;
    case 'array':
      return type.array && types.only(type, types.ARRAY) ? text : `${to.php('toArray')}(${text})`;
    case 'object':
      return `${to.php('toObject')}(${text})`;
    default:
      return 'null';
  }
}

export const isPlainTruth = (type: Type): boolean =>
  types.only(type, types.BOOL | types.NULL | types.INT | types.FLOAT | types.OBJECT | types.FN);
