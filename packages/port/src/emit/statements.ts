import { ownerOf } from '../analyse/infer-statements.js';
import type { FunctionInfo, VariableInfo } from '../analyse/program-model.js';
import * as types from '../analyse/type.js';
import { contains } from '../analyse/variables.js';
import * as ast from '../parse/ast.js';
import { childrenOf } from '../parse/walk.js';
import { emptyArray, kindOf } from './arrays.js';
import {
  assignment,
  increment,
  pattern,
  patternSource,
  referenceAssignment,
  valueFor,
} from './assignments.js';
import { classDeclaration } from './classes.js';
import { blankBefore, leading, sameLine, trailing } from './comments.js';
import { copied, isSharedArray } from './copies.js';
import { planDeclarations } from './declarations.js';
import { condition, expression } from './expressions.js';
import type { FileEmitter } from './file-emitter.js';
import { functionDeclaration } from './functions.js';
import { hasEffects, include, includedFile } from './includes.js';
import { doLoop, foreachLoop, forLoop, jump, whileLoop } from './loops.js';
import { safeName } from './names.js';
import { settleBefore } from './settling.js';
import { echoArguments, quote } from './strings.js';
import { switchStatement } from './switches.js';
import { typeText } from './type-text.js';

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

function expressionStatement(to: FileEmitter, node: ast.ExpressionStatement): string {
  const { expression: inner } = node;
  switch (inner.kind) {
    case 'assign':
      return assignStatement(to, node, inner);
    case 'assignref':
      return `${referenceAssignment(to, inner)};`;
    case 'pre':
    case 'post':
      return `${increment(to, inner, true)};`;
    case 'include':
      return includeStatement(to, inner);
    case 'call':
      if (isDefine(inner)) return defined(to, inner);
      break;
    case 'throw':
      return `throw ${expression(to, inner.what)};`;
    case 'match': {
      const text = expression(to, inner);
      return `${text};`;
    }
    case 'print':
      return `${to.php('echo')}(${echoArguments(to, inner.expression).join(', ')});`;
    case 'bin':
      if (['and', 'or', '&&', '||'].includes(inner.type)) return logicStatement(to, inner);
      break;
    case 'retif':
      if (inner.trueExpr) {
        return `if (${condition(to, inner.test)}) {\n${expression(to, inner.trueExpr)};\n} else {\n${expression(to, inner.falseExpr)};\n}`;
      }
      break;
    default:
  }
  const isPrinted = inner.kind === 'call' && isOutside(inner);
  if (isPrinted) settleBefore(to, inner);
  const text = isLast(to, node)
    ? expression(to, inner).replace(/^\(await (.*)\)$/s, '$1')
    : expression(to, inner);
  if (text === 'undefined' || text === 'true') return '';
  return isPrinted ? once(to, node, `${text};`) : `${text};`;
}

/** Whether a function of PHP is called that prints, or changes what is outside of the program. */
const isOutside = ({ what }: ast.Call): boolean =>
  what.kind === 'name' &&
  (OUTPUT.has(what.name.replace(/^\\/, '').toLowerCase()) || CHANGES_FILES.test(what.name));

/** Methods that call back the program before they return. */
const CALLS_BACK =
  /::(?:close|disconnect|end|shutdown|stop|reload|start|redirect|sendfile|resume|create|on|set|write)$|\\Coroutine\\(?:go|run)$/;

/** Whether an expression may print something itself: PHP has printed what is before it in an echo by then. */
function mayPrint(to: FileEmitter, node: ast.Expression): boolean {
  return contains(node, (child) => {
    if (to.standIns.has(child)) return false;
    if (child.kind !== 'call') return child.kind === 'print';
    const target = to.on.targets.get(child);
    if (target?.kind === 'user') return target.functions.some((each) => prints(to, each));
    if (target?.kind === 'api') return to.on.handlesErrors || CALLS_BACK.test(target.name);
    return to.on.typeOf(child.what).functions.some((each) => prints(to, each));
  });
}

/** Whether a function of the program, or one that it calls, prints. */
function prints(to: FileEmitter, info: FunctionInfo, seen = new Set<FunctionInfo>()): boolean {
  if (!info.node?.body || seen.has(info)) return false;
  seen.add(info);
  return contains(info.node.body, (child) => {
    if (child.kind === 'echo' || child.kind === 'print') return true;
    if (child.kind !== 'call') return false;
    if (child.what.kind === 'name' && OUTPUT.has(child.what.name)) return true;
    const target = to.on.targets.get(child);
    if (target?.kind === 'api') return CALLS_BACK.test(target.name);
    return target?.kind === 'user' && target.functions.some((each) => prints(to, each, seen));
  });
}

const OUTPUT = new Set(['printf', 'print_r', 'var_dump', 'vprintf', 'fwrite', 'fputs']);

/** Functions that change what is outside of the program. */
const CHANGES_FILES =
  /^\\?(?:file_put_contents|unlink|rename|copy|touch|rmdir|symlink|link|exec|shell_exec|system|passthru|mail)$/i;

/** Whether something is made in a statement that the other threads need as well. */
const makesSomething = (to: FileEmitter, node: ast.Node): boolean =>
  !to.standIns.has(node) &&
  (/^(?:new|assign|closure)$/.test(node.kind) || childrenOf(node).some((child) => makesSomething(to, child)));

/** What the text of a file prints is printed by the first thread alone: the others run the file again. */
function once(to: FileEmitter, node: ast.Node, text: string): string {
  if (!to.inModule || !to.on.hasThreads) return text;
  if (makesSomething(to, node)) return text;
  return `if (${to.swoole('isMaster')}) ${text}`;
}

/** Whether nothing of the program follows, so that nothing has to be waited for. */
function isLast(to: FileEmitter, node: ast.Statement): boolean {
  if (!to.inModule || !to.on.awaited.has(node.kind === 'expressionstatement' ? node.expression : node))
    return false;
  const statements = to.file.parsed.program.children.flatMap((child) =>
    child.kind === 'namespace' ? child.children : [child],
  );
  const last = statements
    .filter(
      (child) => !['function', 'class', 'interface', 'trait', 'enum', 'noop', 'inline'].includes(child.kind),
    )
    .pop();
  return last === node;
}

/** `a() or die()`. */
function logicStatement(to: FileEmitter, node: ast.Bin): string {
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

const isDefine = (node: ast.Call): boolean =>
  node.what.kind === 'name' && /^\\?define$/i.test(node.what.name) && node.arguments[0]?.kind === 'string';

function defined(to: FileEmitter, node: ast.Call): string {
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

function constants(to: FileEmitter, node: ast.ConstantStatement): string {
  return node.constants
    .map((item) => `export const ${safeName(ast.identifier(item.name))} = ${expression(to, item.value)};`)
    .join('\n');
}

function includeStatement(to: FileEmitter, node: ast.Include): string {
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

/** An assignment as a statement: the first one declares its variable. */
function assignStatement(to: FileEmitter, node: ast.ExpressionStatement, inner: ast.Assign): string {
  const plan = to.plans.get(to.fn);
  const declares = plan?.at.get(node);
  const { left, right } = inner;
  if (left.kind === 'list' || left.kind === 'array') {
    const parts = patternSource(to, left, right);
    if (declares && declares.size > 0) {
      const changing = [...declares.values()].some(({ constant }) => !constant);
      return `${changing ? 'let' : 'const'} ${parts.pattern} = ${parts.value};`;
    }
    return parts.pattern.startsWith('{')
      ? `(${parts.pattern} = ${parts.value});`
      : `${parts.pattern} = ${parts.value};`;
  }
  if (!declares || declares.size === 0 || left.kind !== 'variable') {
    if (right.kind === 'assign' && inner.operator === '=' && left.kind === 'variable')
      return `${assignment(to, inner, true)};`;
    return `${assignment(to, inner, true)};`;
  }
  const [[variable, how] = []] = declares;
  if (!variable || !how) return '';
  const name = safeName(variable.jsName);
  const value = valueFor(to, left, right);
  if (variable.boxed) return `const ${name} = ${to.php('ref')}${refType(to, variable)}(${value});`;
  const keyword = how.constant ? 'const' : 'let';
  return `${variable.isShared && to.isTop(node) ? 'export ' : ''}${keyword} ${name}${annotation(to, variable, right, keyword)} = ${value};`;
}

function refType(to: FileEmitter, variable: VariableInfo): string {
  const text = typeText(to, variable.type);
  return `<${text}>`;
}

/** The type of a variable, where its first value does not tell it. */
function annotation(to: FileEmitter, variable: VariableInfo, right: ast.Expression, keyword: string): string {
  const type = variable.usedAsText
    ? types.join(types.without(variable.type, types.BYTES), types.kind(types.STRING))
    : variable.type;
  const first = to.on.typeOf(right);
  if (type.array && types.shows(first, types.ARRAY)) {
    if (right.kind === 'array') {
      const kind = kindOf(type);
      if (right.items.length === 0)
        return kind === 'any' && type.array.kind === 'any' ? ': any' : `: ${typeText(to, type)}`;
      if (kind === 'record' && type.array.did(16384 | 4)) return `: ${typeText(to, type)}`;
      if (kind === 'native' || kind === 'any')
        return variable.changes.length > 0 || keyword === 'let' ? ': any' : '';
      if (kind === 'list' && keyword === 'const' && variable.changes.length > 0)
        return `: ${typeText(to, type)}`;
    }
    if (keyword === 'const') return '';
  }
  if (keyword === 'const') return '';
  if (type.kinds & types.MIXED) return isMoreThan(type, first) ? ': any' : '';
  if (!isMoreThan(type, first)) return '';
  return `: ${typeText(to, type)}`;
}

const WIDE = [
  types.NUMBER | types.BIGINT,
  types.STRING,
  types.BOOL,
  types.BYTES,
  types.NULL,
  types.ARRAY,
  types.OBJECT,
  types.FN,
  types.MIXED,
];

/** Whether a variable holds more than its first value shows. */
function isMoreThan(type: types.Type, first: types.Type): boolean {
  if (WIDE.some((kinds) => type.kinds & kinds && !(first.kinds & kinds))) return true;
  return type.classes.some((name) => !first.classes.includes(name));
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

function tryStatement(to: FileEmitter, node: ast.Try): string {
  let text = `try {\n${block(to, node.body.children)}${trailing(to, node.body)}}`;
  if (node.catches.length > 0) text += catches(to, node.catches);
  if (node.always) text += ` finally {\n${block(to, node.always.children)}${trailing(to, node.always)}}`;
  return text;
}

/** The classes that JavaScript's own errors are to PHP: what is caught as one of them gets PHP's methods. */
const NATIVE = /^\\?(?:Throwable|Error|TypeError|ValueError)$/i;
const EVERYTHING = /^\\?Throwable$/i;

function catches(to: FileEmitter, all: readonly ast.Catch[]): string {
  const classes = all.map((each) =>
    each.what.map((item) => to.on.symbols.className(item, to.on.namesOf(to.fn))),
  );
  const native = classes.some((names) => names.some((name) => NATIVE.test(name)));
  const [first] = all;
  const own =
    first?.variable && typeof first.variable.name === 'string' ? safeName(first.variable.name) : null;
  const name = native || own === null ? (to.taken.has('error') ? 'thrown' : 'error') : own;
  const branches: string[] = [];
  for (const [i, each] of all.entries()) {
    const names = classes[i] ?? [];
    const text = branch(to, each, names, name);
    if (names.some((one) => EVERYTHING.test(one))) {
      if (branches.length === 0) return ` catch${text.includes(name) ? ` (${name})` : ''} {\n${text}}`;
      return ` catch (${name}) {\n${branches.join(' else ')} else {\n${text}}\n}`;
    }
    const test = each.what
      .map((item, k) => `${name} instanceof ${exceptionText(to, item, names[k] ?? '')}`)
      .join(' || ');
    if (all.length === 1) return ` catch (${name}) {\nif (!(${test})) throw ${name};\n${text}}`;
    branches.push(`if (${test}) {\n${text}}`);
  }
  return ` catch (${name}) {\n${branches.join(' else ')} else {\nthrow ${name};\n}\n}`;
}

/** What a catch clause does. */
function branch(to: FileEmitter, each: ast.Catch, names: readonly string[], name: string): string {
  const variable =
    each.variable && typeof each.variable.name === 'string'
      ? to.on.variables.find(to.fn, each.variable.name)
      : null;
  const native = names.some((one) => NATIVE.test(one));
  if (variable && !native) to.renamed.set(variable, name);
  if (variable && native) to.renamed.delete(variable);
  const inner = `${block(to, each.body.children)}${trailing(to, each.body)}`;
  if (!variable || !native || !new RegExp(`\\b${safeName(variable.jsName)}\\b`).test(inner)) return inner;
  return `const ${safeName(variable.jsName)} = ${to.php('caught')}(${name});\n${inner}`;
}

function exceptionText(to: FileEmitter, node: ast.Name, name: string): string {
  const own = to.on.symbols.class(name);
  if (own) return to.fromProgram(own.file, safeName(own.jsName));
  const api = to.on.api.class(name);
  if (api) return `${to.imports.swoole()}.${api.path}`;
  const simple = name.replace(/^\\/, '');
  if (to.on.api.hasPhp(simple)) return to.php(simple);
  to.find(node, 'person', `the exception ${name} is not known`, 'Port it.');
  return to.php('Throwable');
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

function unset(to: FileEmitter, node: ast.Expression): string {
  if (node.kind === 'variable') {
    if (typeof node.name !== 'string') return '';
    const variable = to.on.variables.find(to.fn, node.name);
    if (to.aliases.has(variable)) return '';
    return `${expression(to, node)} = ${types.shows(variable.type, types.NULL) ? 'null' : '(null as any)'};`;
  }
  if (node.kind === 'propertylookup')
    return `delete (${expression(to, node.what)} as any)${expression(to, node).slice(expression(to, node.what).length)};`;
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

export { ownerOf, pattern };
