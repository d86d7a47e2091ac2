import type * as ast from '../parse/ast.js';
import { kindOf } from './arrays.js';
import { expression } from './expressions.js';
import type { FileEmitter } from './file-emitter.js';
import { labelled, loopBody } from './loop-body.js';
import { block } from './statements.js';
import { variableName } from './variables.js';

/** `foreach ($list as &$item)`: the variable stands for the element itself. */
export function foreachByReference(to: FileEmitter, node: ast.Foreach, value: ast.ByRef): string {
  const type = to.on.typeOf(node.source);
  const kind = kindOf(type);
  const source = expression(to, node.source);
  const { what } = value;
  if (what.kind !== 'variable' || typeof what.name !== 'string') {
    to.find(
      node,
      'person',
      'a foreach by reference over something that is no variable',
      'Write a loop over the keys.',
    );
    return '';
  }
  const variable = to.on.variables.find(to.fn, what.name);
  const key =
    node.key?.kind === 'variable' && typeof node.key.name === 'string'
      ? variableName(to, node.key.name)
      : to.temporary(kind === 'list' ? 'i' : 'key');
  const before = to.aliases.get(variable);
  const alias = kind === 'list' ? `${source}[${key}]` : kind === 'record' ? `${source}[${key}]` : null;
  if (alias !== null) {
    to.aliases.set(variable, `${alias}${'!'}`.replace(/!$/, ''));
    const keys = kind === 'list' ? `${source}.keys()` : `Object.keys(${source})`;
    const { text, label } = loopBody(to, node.body);
    restore(to, variable, before);
    return labelled(label, `for (const ${key} of ${keys}) ${text}`);
  }
  // The element is read before the body and written back after it.
  const name = variableName(to, what.name);
  to.breakable.push({ kind: 'loop', label: null });
  const inner = block(to, node.body?.children ?? []);
  const own = to.breakable.pop();
  const entry =
    kind === 'map' || kind === 'php'
      ? `${source}.set(${key}, ${name});`
      : `${to.php('put')}(${source}, ${key}, ${name});`;
  const over = kind === 'map' ? `[...${source}]` : `${to.php('entries')}(${source})`;
  const heads = to.plans.get(to.fn)?.heads.get(node);
  const declared = heads?.has(variable) ? 'let ' : '';
  const each = to.temporary('each');
  return `${own?.label ? `${own.label}: ` : ''}for (const [${key}, ${each}] of ${over}) {\n${declared}${name}: any = ${each};\ntry {\n${inner}} finally {\n${entry}\n}\n}`.replace(
    `${declared}${name}: any =`,
    declared ? `let ${name}: any =` : `${name} =`,
  );
}

function restore(
  to: FileEmitter,
  variable: Parameters<typeof to.aliases.set>[0],
  before: string | undefined,
): void {
  if (before === undefined) to.aliases.delete(variable);
  else to.aliases.set(variable, before);
}
