import type { VariableInfo } from '../analyse/program-model.js';
import * as types from '../analyse/type.js';
import { SUPERGLOBALS } from '../analyse/variables.js';
import type * as ast from '../parse/ast.js';
import { expression } from './expressions.js';
import type { FileEmitter } from './file-emitter.js';
import { safeName } from './names.js';

/** A variable by the name that it has in TypeScript. */
export function variable(to: FileEmitter, node: ast.Variable): string {
  if (typeof node.name !== 'string') {
    to.find(node, 'person', 'a variable whose name is computed', 'Use a Map from names to values.');
    return `${to.php('notPorted')}('$$', ${expression(to, node.name)})`;
  }
  if (node.name === 'this') return to.fn.node === null && !to.inModule ? 'self' : 'this';
  if (SUPERGLOBALS.has(node.name)) return superglobal(to, node, node.name);
  const info = to.on.variables.find(to.fn, node.name);
  const alias = to.aliases.get(info);
  if (alias !== undefined) return alias;
  const name = variableName(to, node.name);
  if (hasNoValue(to, info))
    to.find(
      node,
      'note',
      `$${node.name} never gets a value here: PHP reads null and warns`,
      'Give it one, or leave out what it does.',
    );
  return info.boxed ? `${name}.value` : name;
}

/** The plain name of a variable, without what a Ref needs. */
export function variableName(to: FileEmitter, name: string): string {
  const info = to.on.variables.find(to.fn, name);
  if (info.owner.node === null && info.owner.file !== to.file)
    return to.fromProgram(info.owner.file, safeName(info.jsName));
  return to.renamed.get(info) ?? safeName(info.jsName);
}

/** Whether nothing ever gives a variable a value. */
export function hasNoValue(to: FileEmitter, info: VariableInfo): boolean {
  return (
    info.owner === to.fn &&
    info.sets.length + info.changes.length === 0 &&
    !info.isParameter &&
    !info.boxed &&
    !info.captured &&
    !info.isShared &&
    !to.fn.statics.has(info.name) &&
    !to.renamed.has(info) &&
    (info.type.kinds & ~types.MIXED) === 0
  );
}

function superglobal(to: FileEmitter, node: ast.Variable, name: string): string {
  if (name === '_ENV') return 'process.env';
  if (name === 'GLOBALS') {
    to.find(
      node,
      'person',
      '$GLOBALS has no counterpart: variables of a module have no table',
      'Export and import the variable.',
    );
    return `${to.php('notPorted')}('$GLOBALS')`;
  }
  if (name === '_ARGV' || name === '_ARGC') {
    const all = to.php('superglobals');
    return `${to.on.filled.has(name) ? `(${all} as any)` : all}.${name.slice(1).toLowerCase()}`;
  }
  if (name !== '_SERVER' && !to.on.filled.has(name))
    to.find(
      node,
      'person',
      `$${name} is empty in a Swoole server`,
      'Take the value from the request object.',
    );
  return `${to.php('superglobals')}.${name}`;
}

/** Properties that have another name here, since a method has theirs. */
export const OTHER_NAMES: Readonly<Record<string, string>> = {
  'Swoole\\Http\\Response.header': 'headers',
  'Swoole\\Http\\Response.cookie': 'cookies',
  'Swoole\\Http\\Response.trailer': 'trailers',
};
