import type { FunctionInfo, VariableInfo } from '../analyse/program-model.js';
import * as types from '../analyse/type.js';
import type * as ast from '../parse/ast.js';
import { walk, walkScope } from '../parse/walk.js';
import { copyText } from './copies.js';
import type { DeclarationPlan } from './declarations.js';
import { expression } from './expressions.js';
import type { FileEmitter } from './file-emitter.js';
import { safeName } from './names.js';
import { entryStatements, parametersText } from './parameters.js';
import { body } from './statements.js';
import { typeText } from './type-text.js';

/** A closure or arrow function as an arrow function. */
export function closure(to: FileEmitter, node: ast.Closure | ast.ArrowFunc): string {
  const info = to.on.symbols.infos.get(node);
  if (!info) return '() => undefined';
  const copies = capturedCopies(to, node, info);
  captureNow(to, node, info);
  const text = closureText(to, node, info, copies);
  to.before.push(...to.staticsOf(info).splice(0));
  return text;
}

function closureText(
  to: FileEmitter,
  node: ast.Closure | ast.ArrowFunc,
  info: FunctionInfo,
  copies: string[],
): string {
  return to.within(info, () => {
    const given = to.contextual === node;
    const parameters = parametersText(to, info, given);
    const entry = [...copies, ...entryStatements(to, info)];
    const returns = given || node.type === null ? '' : returnText(to, info);
    if (info.isGenerator) return generator(to, node, info, parameters, entry);
    const head = `${info.waits ? 'async ' : ''}(${parameters})${returns} =>`;
    if (node.kind === 'arrowfunc') {
      const text = expression(to, node.body);
      const before = [...entry, ...to.prelude];
      if (before.length === 0) return `(${head} ${text.startsWith('{') ? `(${text})` : text})`;
      return `(${head} {\n${before.join('\n')}\nreturn ${text};\n})`;
    }
    return `(${head} {\n${entry.map((line) => `${line}\n`).join('')}${body(to, info, node.body)}})`;
  });
}

function generator(
  to: FileEmitter,
  node: ast.Closure | ast.ArrowFunc,
  info: FunctionInfo,
  parameters: string,
  entry: string[],
): string {
  const star = `${info.waits ? 'async ' : ''}function* `;
  const inner = node.kind === 'closure' ? body(to, info, node.body) : `return ${expression(to, node.body)};`;
  const text = `${star}(${info.usesThis ? `this: any${parameters ? ', ' : ''}` : ''}${parameters}) {\n${entry.join('\n')}\n${inner}}`;
  return info.usesThis ? `(${text}).bind(this)` : `(${text})`;
}

/** Variables that a closure takes by value and changes: each call begins with what they were when it was made. */
function capturedCopies(to: FileEmitter, node: ast.Closure | ast.ArrowFunc, info: FunctionInfo): string[] {
  if (node.kind !== 'closure') return [];
  return to.on.variables.ownCopies(info).map((name) => {
    const own = info.variable(name);
    const outer = to.on.variables.find(to.fn, name);
    const place = expression(to, { kind: 'variable', name, curly: false, loc: node.loc });
    const then = isSetAfter(outer, node) ? to.temporary(`${name}Then`) : place;
    if (then !== place) to.prelude.push(`const ${then} = ${copyOfArray(to, outer.type, place)};`);
    own.jsName = then === place ? `${name}Copy` : name;
    const copy = copyOfArray(to, own.type, then);
    return own.boxed
      ? `const ${safeName(own.jsName)} = ${to.php('ref')}<any>(${copy});`
      : `let ${safeName(own.jsName)} = ${copy};`;
  });
}

const copyOfArray = (to: FileEmitter, type: types.Type, text: string): string =>
  types.shows(type, types.ARRAY) ? copyText(to, type, text) : text;

/** Whether a variable gets another value after a closure has taken it. */
const isSetAfter = (variable: VariableInfo, node: ast.Node): boolean =>
  variable.sets.some((offset) => offset > node.loc.end.offset);

/** Whether the next round of a loop gives another value to the same variable. */
function isSetAgain(to: FileEmitter, variable: VariableInfo, node: ast.Node): boolean {
  if (variable.sets.length === 0) return false;
  const declared = placeOf(to.plans.get(variable.owner), variable);
  const within = ({ loc }: ast.Node, offset: number): boolean =>
    offset >= loc.start.offset && offset < loc.end.offset;
  let again = false;
  walk(variable.owner.node ?? variable.owner.file.parsed.program, (loop) => {
    if (!within(loop, node.loc.start.offset)) return loop.kind === 'program';
    if (['while', 'do', 'for', 'foreach'].includes(loop.kind)) {
      const isOwn =
        declared && (declared.isHead || declared.at !== loop) && within(loop, declared.at.loc.start.offset);
      again ||= !isOwn && variable.sets.some((offset) => within(loop, offset));
    }
    return true;
  });
  return again;
}

/** Where a variable is declared, and whether that is the head of a loop, which makes it anew for each round. */
function placeOf(
  plan: DeclarationPlan | undefined,
  variable: VariableInfo,
): { at: ast.Node; isHead: boolean } | null {
  for (const [at, declared] of plan?.heads ?? []) if (declared.has(variable)) return { at, isHead: true };
  for (const [at, declared] of plan?.at ?? []) if (declared.has(variable)) return { at, isHead: false };
  for (const [at, declared] of plan?.before ?? [])
    if (declared.includes(variable)) return { at, isHead: false };
  return null;
}

/** Variables that a closure takes by value keep the value of that moment, also when they get another later. */
function captureNow(to: FileEmitter, node: ast.Closure | ast.ArrowFunc, info: FunctionInfo): void {
  const names =
    node.kind === 'closure'
      ? node.uses.filter((use) => !use.byref).map((use) => String(use.name))
      : freeNames(node, info);
  const own = new Set(to.on.variables.ownCopies(info));
  for (const name of names) {
    if (own.has(name) || name === 'this') continue;
    const variable = to.on.variables.find(to.fn, name);
    if (variable.boxed || to.aliases.has(variable)) continue;
    if (!isSetAfter(variable, node) && (to.atOnce === node || !isSetAgain(to, variable, node))) continue;
    const then = to.temporary(`${name}Then`);
    to.prelude.push(
      `const ${then} = ${expression(to, { kind: 'variable', name, curly: false, loc: node.loc })};`,
    );
    to.renamedIn(info, variable, then);
  }
}

/** The names that an arrow function uses of what is around it. */
function freeNames(node: ast.ArrowFunc, info: FunctionInfo): string[] {
  const names = new Set<string>();
  const own = new Set(info.parameters.map(({ name }) => name));
  walk(node.body, (child) => {
    if (child.kind === 'variable' && typeof child.name === 'string' && !own.has(child.name))
      names.add(child.name);
    return true;
  });
  return [...names];
}

/** `: string`, `: Promise<string>`. */
export function returnText(to: FileEmitter, info: FunctionInfo): string {
  const { node } = info;
  if (!node) return '';
  if (info.isGenerator)
    return usesWhatIsSent(node) ? `: ${info.waits ? 'Async' : ''}Generator<any, any, any>` : '';
  const declared = node.type;
  if (declared && 'name' in declared && declared.name === 'void')
    return info.waits ? ': Promise<void>' : ': void';
  if (declared && 'name' in declared && declared.name === 'never')
    return info.waits ? ': Promise<never>' : ': never';
  if (declared?.kind === 'staticreference' || declared?.kind === 'selfreference') {
    return info.waits
      ? ': Promise<this>'
      : node.kind === 'method' && !node.isStatic && declared.kind === 'staticreference'
        ? ': this'
        : `: ${typeText(to, info.returns)}`;
  }
  if (!declared) return '';
  const text = typeText(to, info.returns);
  return info.waits ? `: Promise<${text}>` : `: ${text}`;
}

/** Whether a generator does something with what `yield` gives: the compiler has to be told that it may be anything. */
function usesWhatIsSent(node: ast.FunctionLike): boolean {
  let used = 0;
  if (node.body)
    walkScope(node.body, (child) => {
      if (child.kind === 'yield' || child.kind === 'yieldfrom') used++;
      if (child.kind === 'expressionstatement' && /^yield/.test(child.expression.kind)) used--;
      return true;
    });
  return used > 0;
}
