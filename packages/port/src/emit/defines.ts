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
  const own = to.on.symbols.constants.get(name.value);
  if (own?.late && own.file === to.file) return `${safeName(name.value)} = ${expression(to, value)};`;
  const isTop = to.on.symbols.defines.has(node);
  if (!isTop)
    to.find(
      node,
      'person',
      'a constant is defined while the program runs',
      'Define it at the top of the file.',
    );
  return `${isTop ? 'export ' : ''}const ${safeName(name.value)} = ${expression(to, value)};`;
}

/** Declares the constants of a file that get their values while the program runs. */
export function lateConstants(to: FileEmitter): string {
  return [...to.on.symbols.constants.values()]
    .filter(({ late, file }) => late && file === to.file)
    .map(({ jsName }) => `export let ${safeName(jsName)}: any;\n`)
    .join('');
}

export function constants(to: FileEmitter, node: ast.ConstantStatement): string {
  return node.constants
    .map((item) => `export const ${safeName(ast.identifier(item.name))} = ${expression(to, item.value)};`)
    .join('\n');
}
