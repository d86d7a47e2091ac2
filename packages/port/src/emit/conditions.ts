import type { Type } from '../analyse/type.js';
import * as types from '../analyse/type.js';
import type * as ast from '../parse/ast.js';
import { expression } from './expressions.js';
import type { FileEmitter } from './file-emitter.js';

export const NUMERIC = types.INT | types.FLOAT | types.BOOL | types.NULL;

/** An expression where JavaScript asks for truth: what is false in PHP is false. */
export function condition(to: FileEmitter, node: ast.Expression): string {
  to.unsigned.add(node);
  if (node.kind === 'unary' && node.type === '!') return `!(${condition(to, node.what)})`;
  if (node.kind === 'bin' && ['&&', '||', 'and', 'or'].includes(node.type)) {
    const sign = node.type === '&&' || node.type === 'and' ? '&&' : '||';
    return `(${condition(to, node.left)}) ${sign} (${condition(to, node.right)})`;
  }
  return truth(to, node, to.on.typeOf(node), expression(to, node));
}

function truth(to: FileEmitter, node: ast.Expression, type: Type, text: string): string {
  const harmless = types.BOOL | types.NULL | types.INT | types.FLOAT | types.OBJECT | types.FN | types.BIGINT;
  if (types.only(type, harmless)) return text;
  if (type.array && types.only(type, types.ARRAY) && type.array.kind === 'list') return `${text}.length > 0`;
  if (type.array && types.only(type, types.ARRAY) && type.array.kind === 'map') return `${text}.size > 0`;
  if (node.kind === 'assign' && types.only(type, harmless)) return text;
  return `${to.php('toBool')}(${text})`;
}
