import * as ast from '../parse/ast.js';
import { returnText } from './closures.js';
import type { FileEmitter } from './file-emitter.js';
import { safeName } from './names.js';
import { entryStatements, parametersText } from './parameters.js';
import { body } from './statements.js';

/** A function of the program. */
export function functionDeclaration(to: FileEmitter, node: ast.FunctionNode): string {
  const info = to.on.symbols.infos.get(node);
  if (!info) return '';
  const isTop = to.isTop(node);
  const text = to.within(info, () => {
    const outer = to.breakable.splice(0);
    const parameters = parametersText(to, info);
    const entry = entryStatements(to, info)
      .map((line) => `${line}\n`)
      .join('');
    const inner = body(to, info, node.body);
    to.breakable.push(...outer);
    const star = info.isGenerator ? '*' : '';
    return `${info.waits ? 'async ' : ''}function${star} ${safeName(ast.identifier(node.name))}(${parameters})${returnText(to, info)} {\n${entry}${inner}}`;
  });
  const statics = to.staticsOf(info).splice(0);
  const exported = isTop && to.isUsedElsewhere(ast.identifier(node.name)) ? 'export ' : '';
  return `${statics.map((line) => `${line}\n`).join('')}${exported}${text}`;
}
