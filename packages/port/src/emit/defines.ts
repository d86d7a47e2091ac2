import * as ast from '../parse/ast.js';
import { expression } from './expressions.js';
import type { FileEmitter } from './file-emitter.js';
import { safeName } from './names.js';

export const isDefine = (node: ast.Call): boolean =>
  node.what.kind === 'name' && /^\\?define$/i.test(node.what.name) && node.arguments[0]?.kind === 'string';

export function defined(to: FileEmitter, node: ast.Call): string {
  const [name, value] = node.arguments;
  if (
    name?.kind !== 'string' ||
    !value ||
    value.kind === 'variadic' ||
    value.kind === 'namedargument' ||
    value.kind === 'variadicplaceholder'
  )
    return '';
  const isTop = to.fn.node === null;
  if (!isTop)
    to.find(
      node,
      'person',
      'a constant is defined while the program runs',
      'Define it at the top of the file.',
    );
  return `${isTop ? 'export ' : ''}const ${safeName(name.value)} = ${expression(to, value)};`;
}

export function constants(to: FileEmitter, node: ast.ConstantStatement): string {
  return node.constants
    .map((item) => `export const ${safeName(ast.identifier(item.name))} = ${expression(to, item.value)};`)
    .join('\n');
}
