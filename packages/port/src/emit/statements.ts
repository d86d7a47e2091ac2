import { ownerOf } from '../analyse/infer-statements.js';
import type { FunctionInfo, VariableInfo } from '../analyse/program-model.js';
import * as types from '../analyse/type.js';
import type * as ast from '../parse/ast.js';
import { emptyArray } from './arrays.js';
import { assignment } from './assignments.js';
import { classDeclaration } from './classes.js';
import { blankBefore, leading, sameLine, trailing } from './comments.js';
import { copied, isSharedArray } from './copies.js';
import { planDeclarations } from './declarations.js';
import { constants } from './defines.js';
import { pattern } from './destructuring.js';
import { condition, expression } from './expressions.js';
import type { FileEmitter } from './file-emitter.js';
import { foreachLoop } from './foreach.js';
import { functionDeclaration } from './functions.js';
import { hasEffects, include, includedFile } from './includes.js';
import { jump } from './loop-body.js';
import { doLoop, forLoop, whileLoop } from './loops.js';
import { safeName } from './names.js';
import { expressionStatement, mayPrint, once } from './once.js';
import { settleBefore } from './settling.js';
import { echoArguments, quote } from './strings.js';
import { switchStatement } from './switches.js';
import { tryStatement } from './tries.js';
import { typeText } from './type-text.js';
import { unset } from './unset.js';

/** The text of a function's body. */
export function body(to: FileEmitter, info: FunctionInfo, node: ast.Block | null): string {
  if (!node) return '';
  to.plans.set(info, planDeclarations(to.on, info));
  const text = block(to, node.children);
  return `${text}${endComments(to, node)}`;
}

function endComments(to: FileEmitter, node: ast.Block): string {
  return trailing(to, node);
}

/** Statements one after the other, with their comments and blank lines. */
export function block(to: FileEmitter, statements: readonly ast.Statement[]): string {
  return statements.map((node, i) => statement(to, node, statements[i + 1])).join('');
}

/** A statement with what belongs before it. */
export function statement(to: FileEmitter, node: ast.Statement, next?: ast.Statement): string {
  const outer = to.prelude;
  const { before } = to;
  to.prelude = [];
  to.before = [];
  const gap = blankBefore(to, node.loc.start.offset) || blankBeforeComments(to, node) ? '\n' : '';
  const comments = leading(to, node);
  const hoisted = declarationsBefore(to, node);
  const text = write(to, node);
  const lines = [...to.before, ...hoisted, ...to.prelude].map((line) => `${line}\n`).join('');
  to.prelude = outer;
  to.before = before;
  const tail = text === '' ? '' : sameLine(to, node, next);
  return `${gap}${comments}${lines}${text}${tail}${text === '' && lines === '' && comments === '' ? '' : '\n'}${trailing(to, node)}`;
}

function blankBeforeComments(_to: FileEmitter, _node: ast.Statement): boolean {
  return false;
}

/** `let x;` in front of a statement, for variables that several blocks use. */
function declarationsBefore(to: FileEmitter, node: ast.Statement): string[] {
  const plan = to.plans.get(to.fn);
  return (plan?.before.get(node) ?? []).map((variable) => declaration(to, variable));
}

/** The declaration of a variable that has no value yet. */
export function declaration(to: FileEmitter, variable: VariableInfo): string {
  const name = safeName(variable.jsName);
  const type = variable.usedAsText
    ? types.join(types.without(variable.type, types.BYTES), types.kind(types.STRING))
    : variable.type;
  if (variable.boxed) return `const ${name} = ${to.php('ref')}<any>(null);`;
  if (type.array && types.only(type, types.ARRAY) && startsAsArray(variable))
    return `const ${name}: ${typeText(to, type)} = ${emptyArray(to, type.array)};`;
  if (!variable.captured)
    return `let ${name}${types.only(type, types.MIXED) || type === types.NOTHING ? ': any' : `: ${typeText(to, type)}`};`;
  const text = typeText(to, types.join(type, types.kind(types.NULL)));
  return `let ${name}: ${text} = null;`;
}

/** The variable becomes an array by being written into. */
const startsAsArray = (variable: VariableInfo): boolean =>
  variable.sets.length === 0 && variable.changes.length > 0;

function write(to: FileEmitter, node: ast.Statement): string {
  switch (node.kind) {
    case 'expressionstatement':
      return expressionStatement(to, node);
    case 'echo':
      return echo(to, node);
    case 'if':
      return ifStatement(to, node);
    case 'for':
      return forLoop(to, node);
    case 'foreach':
      return foreachLoop(to, node);
    case 'while':
      return whileLoop(to, node);
    case 'do':
      return doLoop(to, node);
    case 'switch':
      return switchStatement(to, node);
    case 'break':
    case 'continue':
      return jump(to, node);
    case 'return':
      return returned(to, node);
    case 'throw':
      return `throw ${expression(to, node.what)};`;
    case 'try':
      return tryStatement(to, node);
    case 'block':
      return node.children.length === 0 ? '' : block(to, node.children).trimEnd();
    case 'declare':
      return node.children ? block(to, node.children).trimEnd() : '';
    case 'global':
      return '';
    case 'static':
      return staticVariables(to, node);
    case 'unset':
      return node.variables
        .map((item) => unset(to, item))
        .filter((text) => text !== '')
        .join('\n');
    case 'inline':
      return node.value === '' ? '' : `${to.php('echo')}(${quote(node.value)});`;
    case 'constantstatement':
      return constants(to, node);
    case 'function':
      return functionDeclaration(to, node);
    case 'class':
    case 'interface':
    case 'trait':
    case 'enum':
      return classDeclaration(to, node);
    case 'namespace': {
      to.on.enterNamespace(to.on.symbols.scopes.get(node) ?? null);
      const text = block(to, node.children);
      to.on.enterNamespace(null);
      return text.trimEnd();
    }
    case 'usegroup':
    case 'noop':
      return '';
    case 'halt':
      return '';
    case 'label':
      // One that nothing jumps to.
      return '';
    case 'goto':
      to.find(node, 'person', 'goto has no counterpart', 'Write it as a loop.');
      return '';
    default:
      return '';
  }
}

/** `a() or die()`. */
export function logicStatement(to: FileEmitter, node: ast.Bin): string {
  const test = condition(to, node.left);
  const and = node.type === 'and' || node.type === '&&';
  const inner =
    node.right.kind === 'assign'
      ? assignment(to, node.right, true)
      : node.right.kind === 'throw'
        ? `throw ${expression(to, node.right.what)}`
        : expression(to, node.right);
  return `if (${and ? test : `!(${test})`}) {\n${inner};\n}`;
}

export function includeStatement(to: FileEmitter, node: ast.Include): string {
  const file = includedFile(to, node);
  if (file?.isTemplate) return `${expression(to, node)};`;
  if (!file || file.returnsValue) {
    const text = include(to, node);
    return text === 'true' || file?.returnsValue
      ? ''
      : `${to.on.awaited.has(node) ? `await ${text}` : text};`;
  }
  if (!to.inModule && hasEffects(file)) {
    to.find(
      node,
      node.once ? 'note' : 'person',
      'a file that is included in a function runs once, when the program starts',
      'Make a function of it when it shall run each time.',
    );
  }
  include(to, node);
  return '';
}

function echo(to: FileEmitter, node: ast.Echo): string {
  settleBefore(to, node);
  const groups: string[][] = [[]];
  for (const item of node.expressions) {
    if (mayPrint(to, item) && groups[groups.length - 1]?.length) groups.push([]);
    groups[groups.length - 1]?.push(...echoArguments(to, item));
  }
  const text = groups.map((group) => `${to.php('echo')}(${group.join(', ')});`).join('\n');
  return groups.length > 1 && to.inModule && to.on.hasThreads ? text : once(to, node, text);
}

function ifStatement(to: FileEmitter, node: ast.If): string {
  const { alternate } = node;
  const head = `if (${condition(to, node.test)}) {\n${block(to, node.body.children)}${trailing(to, node.body)}}`;
  if (!alternate) return head;
  if (alternate.kind === 'if') {
    const comments = leading(to, alternate);
    const { prelude } = to;
    to.prelude = [];
    const inner = ifStatement(to, alternate);
    const needs = to.prelude;
    to.prelude = prelude;
    if (needs.length > 0 || comments) return `${head} else {\n${comments}${needs.join('\n')}\n${inner}\n}`;
    return `${head} else ${inner}`;
  }
  return `${head} else {\n${block(to, alternate.children)}${trailing(to, alternate)}}`;
}

function returned(to: FileEmitter, node: ast.Return): string {
  if (to.fn.node === null && !to.inModule) return 'return 1;';
  if (to.fn.node === null) {
    if (node.expr && to.file.returnsValue) return `export default ${expression(to, node.expr)};`;
    to.find(node, 'person', 'the text of a module cannot end early', 'Put what follows into an `if`.');
    return '';
  }
  if (to.fn.owner && /^__construct$/i.test(to.fn.name) && to.on.isCalledLater(to.fn)) return 'return this;';
  if (!node.expr) return 'return;';
  const isVoid = to.fn.node.type && 'name' in to.fn.node.type && to.fn.node.type.name === 'void';
  if (isVoid) return `${expression(to, node.expr)};\nreturn;`;
  return `return ${returnedValue(to, node.expr)};`;
}

function returnedValue(to: FileEmitter, node: ast.Expression): string {
  const type = to.on.typeOf(node);
  const text = isSharedArray(to, node) && node.kind !== 'variable' ? copied(to, node) : expression(to, node);
  const { declared } = to.fn;
  if (declared && types.shows(declared, types.STRING) && types.shows(type, types.BYTES)) {
    return types.only(type, types.BYTES | types.STRING) ? `${to.php('text')}(${text})` : text;
  }
  return text;
}

function staticVariables(to: FileEmitter, node: ast.Static): string {
  for (const item of node.variables) {
    const name = String(item.variable.name);
    const variable = to.on.variables.find(to.fn, name);
    const inner = to.fn.name ? `${to.fn.name}_${name}` : name;
    const js = to.taken.has(inner) && inner !== name ? `${inner}_` : inner;
    variable.jsName = js;
    const value = item.defaultValue ? expression(to, item.defaultValue) : 'null';
    const line = `let ${safeName(js)}: ${typeText(to, variable.type)} = ${value};`;
    to.staticsOf(to.fn).push(line);
  }
  return '';
}

export { ownerOf, pattern };
