import * as types from '../analyse/type.js';
import type * as ast from '../parse/ast.js';
import { kindOf } from './arrays.js';
import { expression } from './expressions.js';
import type { FileEmitter } from './file-emitter.js';

export function unset(to: FileEmitter, node: ast.Expression): string {
  if (node.kind === 'variable') {
    if (typeof node.name !== 'string') return '';
    const variable = to.on.variables.find(to.fn, node.name);
    if (to.aliases.has(variable)) return '';
    return `${expression(to, node)} = ${types.shows(variable.type, types.NULL) ? 'null' : '(null as any)'};`;
  }
  if (node.kind === 'propertylookup') {
    const object = expression(to, node.what);
    const place = expression(to, node);
    return place.startsWith(object)
      ? `delete (${object} as any)${place.slice(object.length)};`
      : `delete ${place};`;
  }
  if (node.kind !== 'offsetlookup' || !node.offset) return '';
  const type = to.on.typeOf(node.what);
  const kind = kindOf(type);
  const base = expression(to, node.what);
  const key = expression(to, node.offset);
  if (kind === 'map' || kind === 'php') return `${base}.delete(${key});`;
  if ((kind === 'record' || kind === 'native') && node.offset.kind === 'string')
    return `${to.php('unset')}(${base}, ${key});`;
  return `${to.php('unset')}(${base}, ${key});`;
}
