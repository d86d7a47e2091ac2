import type { Analysis } from '../analyse/analysis.js';
import type { FileInfo } from '../analyse/program-model.js';
import { walk } from '../parse/walk.js';
import type { Finding } from '../types.js';
import { commentText } from './comments.js';
import { planDeclarations } from './declarations.js';
import { lateConstants } from './defines.js';
import { FileEmitter } from './file-emitter.js';
import { moduleName, safeName } from './names.js';
import { block, declaration } from './statements.js';

/** Writes the TypeScript of a file. */
export function emitFile(
  on: Analysis,
  file: FileInfo,
  findings: Finding[],
  library: string,
): { text: string; packages: string[] } {
  const to = new FileEmitter(on, file, findings, library, file.main);
  chooseNames(on, to);
  const { program } = file.parsed;
  to.plans.set(file.main, planDeclarations(on, file.main));
  const head = headComments(to);
  const first = (to.plans.get(file.main)?.first ?? [])
    .map((variable) => `${declaration(to, variable)}\n`)
    .join('');
  const content = block(to, program.children);
  const statics = to.staticsOf(file.main).join('\n');
  const rest = restOfComments(to);
  const text = file.isTemplate ? template(to, `${first}${content}${rest}`) : `${first}${content}${rest}`;
  const includable = to.includable.map((one) => `${one.text}\n\n`).join('');
  const coroutine =
    to.fromCoroutine.size > 0
      ? `const { ${[...to.fromCoroutine].sort().join(', ')} } = Swoole.Coroutine;\n\n`
      : '';
  const imports = to.imports.toString();
  const module = imports === '' && !/^export /m.test(text) ? '\nexport {};\n' : '';
  return {
    text: `${head}${imports}${imports ? '\n\n' : ''}${coroutine}${includable}${lateConstants(to)}${statics}${text}${module}`,
    packages: to.imports.packages,
  };
}

/** A file that is included where the program runs, as a function of the variables that it sees there. */
function template(to: FileEmitter, text: string): string {
  const { main, templateVariables } = to.file;
  const boxed: string[] = [];
  const names = templateVariables.map((name) => {
    const variable = main.variable(name);
    const own = safeName(variable.jsName);
    if (variable.boxed) boxed.push(`const ${own} = ${to.php('ref')}<any>(${own}Given);\n`);
    const inside = variable.boxed ? `${own}Given` : own;
    return inside === name ? name : `${name}: ${inside}`;
  });
  if (main.usesThis) names.unshift('this: self');
  const parameters = names.length > 0 ? `{ ${names.join(', ')} }: Record<string, any>` : '';
  const returns = main.waits ? 'Promise<unknown>' : 'unknown';
  return `export default ${main.waits ? 'async ' : ''}function ${safeName(moduleName(to.file.target))}(${parameters}): ${returns} {\n${boxed.join('')}${text}return 1;\n}\n`;
}

/** The comment at the top of a file stays there, above the imports. */
function headComments(to: FileEmitter): string {
  const [first] = to.file.parsed.program.children;
  const comments = first && 'leadingComments' in first ? (first.leadingComments ?? []) : [];
  const lines: string[] = [];
  for (const comment of comments) {
    const text = to.file.parsed.text.slice(0, comment.offset);
    if (first?.kind === 'class' || first?.kind === 'function') break;
    if (lines.length > 0 && /\n[ \t]*\n[ \t]*$/.test(text)) break;
    lines.push(commentText(comment));
    to.writtenComments.add(comment.offset);
  }
  return lines.length > 0 ? `${lines.join('\n')}\n` : '';
}

/** Comments that belong to no statement that was written. */
function restOfComments(to: FileEmitter): string {
  const { comments } = to.file.parsed.program;
  const last = to.file.parsed.program.children[to.file.parsed.program.children.length - 1];
  const end = last?.loc.end.offset ?? 0;
  return (comments ?? [])
    .filter((comment) => comment.offset >= end && !to.writtenComments.has(comment.offset))
    .map((comment) => `${commentText(comment)}\n`)
    .join('');
}

/** Variables that have the name of a function or class of the program get another one. */
function chooseNames(on: Analysis, to: FileEmitter): void {
  const declared = new Set<string>();
  walk(to.file.parsed.program, (node) => {
    if (node.kind === 'name' || node.kind === 'function' || node.kind === 'class')
      declared.add(typeof node.name === 'string' ? node.name : (node.name?.name ?? ''));
    return true;
  });
  const names = new Set<string>();
  for (const info of on.symbols.functions.values()) if (declared.has(info.name)) names.add(info.name);
  for (const info of on.symbols.classes.values())
    if (info.jsName && declared.has(info.jsName)) names.add(info.jsName);
  const all = [...on.symbols.infos.values(), to.file.main].filter((info) => info.file === to.file);
  for (const info of all) {
    for (const variable of info.variables.values())
      if (names.has(variable.name)) variable.jsName = `${variable.name}_`;
  }
}
