import * as ast from '../parse/ast.js';
import { entryStatements, parametersText, returnText } from './closures.js';
import type { FileEmitter } from './file-emitter.js';
import { safeName } from './names.js';
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
    const again = info.usesArgumentList
      ? argumentList(
          to,
          info.parameters.map((item) => safeName(item.variable.jsName)),
        )
      : '';
    const head = info.usesArgumentList ? '...args: any[]' : parameters;
    to.breakable.push(...outer);
    const star = info.isGenerator ? '*' : '';
    return `${info.waits ? 'async ' : ''}function${star} ${safeName(ast.identifier(node.name))}(${head})${returnText(to, info)} {\n${again}${entry}${inner}}`;
  });
  const statics = to.staticsOf(info).splice(0);
  const exported = isTop && to.isUsedElsewhere(ast.identifier(node.name)) ? 'export ' : '';
  return `${statics.map((line) => `${line}\n`).join('')}${exported}${text}`;
}

function argumentList(_to: FileEmitter, names: readonly string[]): string {
  return names.length > 0 ? `const [${names.join(', ')}] = args;\n` : '';
}
