import { classOf, memberName, ownerOf } from '../analyse/infer-statements.js';
import type { ClassInfo, VariableInfo } from '../analyse/program-model.js';
import * as types from '../analyse/type.js';
import { SUPERGLOBALS } from '../analyse/variables.js';
import type * as ast from '../parse/ast.js';
import { arrayLiteral, elementRead, emptyTest, issetTest } from './arrays.js';
import { assignment, increment, referenceAssignment } from './assignments.js';
import { call } from './calls.js';
import { anonymousClass } from './classes.js';
import { closure } from './closures.js';
import { constantText } from './constants.js';
import { construct } from './constructions.js';
import type { FileEmitter } from './file-emitter.js';
import { include } from './includes.js';
import { memberAccess, safeName } from './names.js';
import { binary, cast, condition, matchText, ternary, unary } from './operators.js';
import { joined, quote, stringLiteral } from './strings.js';

/** An expression in TypeScript. Parentheses that are not needed are prettier's to drop. */
export function expression(to: FileEmitter, node: ast.Expression): string {
  const stand = to.standIns.get(node);
  if (stand !== undefined) return stand;
  const text = write(to, node);
  return to.on.awaited.has(node) ? `(await ${text})` : text;
}

function write(to: FileEmitter, node: ast.Expression): string {
  switch (node.kind) {
    case 'string':
      return stringLiteral(node);
    case 'nowdoc':
      return quote(node.value);
    case 'number':
      return numberText(node);
    case 'boolean':
      return String(node.value);
    case 'nullkeyword':
      return 'null';
    case 'magic':
      return magic(to, node);
    case 'encapsed':
      if (node.type === 'shell') return `${to.php('shell_exec')}(${joined(to, { ...node, type: 'string' })})`;
      return joined(to, node);
    case 'variable':
      return variable(to, node);
    case 'array':
      return arrayLiteral(to, node);
    case 'list':
      return arrayLiteral(to, { ...node, kind: 'array', items: [] });
    case 'assign':
      return `(${assignment(to, node, false)})`;
    case 'assignref':
      return `(${referenceAssignment(to, node)})`;
    case 'bin':
      return binary(to, node);
    case 'unary':
      return unary(to, node);
    case 'pre':
    case 'post':
      return increment(to, node, false);
    case 'cast':
      return cast(to, node);
    case 'retif':
      return ternary(to, node);
    case 'silent':
      return silent(to, node);
    case 'isset':
      return `(${node.variables.map((item) => issetTest(to, item)).join(' && ')})`;
    case 'empty':
      return emptyTest(to, node.expression);
    case 'exit':
      return `${to.swoole('exit')}(${node.expression ? expression(to, node.expression) : ''})`;
    case 'print':
      return `${to.php('print')}(${expression(to, node.expression)})`;
    case 'eval':
      to.find(
        node,
        'person',
        'eval() runs PHP that is only known at run time',
        'Write what it does in TypeScript.',
      );
      return `${to.php('notPorted')}('eval', ${expression(to, node.source)})`;
    case 'include':
      return include(to, node);
    case 'clone':
      return `${to.php('clone')}(${expression(to, node.what)})`;
    case 'call':
      return call(to, node);
    case 'new':
      return node.what.kind === 'class' ? anonymousClass(to, node) : construct(to, node);
    case 'name':
      return constantText(to, node);
    case 'propertylookup':
    case 'nullsafepropertylookup':
      return property(to, node);
    case 'staticlookup':
      return staticMember(to, node);
    case 'offsetlookup':
      return elementRead(to, node);
    case 'byref':
      return expression(to, node.what);
    case 'match':
      return matchText(to, node);
    case 'yield':
      return yielded(to, node);
    case 'yieldfrom':
      return `(yield* ${to.php('values')}(${expression(to, node.value)}))`;
    case 'throw':
      return `((): never => { throw ${expression(to, node.what)}; })()`;
    case 'closure':
    case 'arrowfunc':
      return closure(to, node);
    default:
      to.find(node, 'person', `${node.kind} is not ported`, 'Write it in TypeScript.');
      return 'undefined';
  }
}

function numberText(node: ast.NumberNode): string {
  const raw = String(node.raw ?? node.value).replaceAll('_', '');
  if (/^0\d+$/.test(raw)) return `0o${raw.slice(1)}`;
  if (/^\d+$/.test(raw) && !Number.isSafeInteger(Number(raw)))
    return BigInt(raw) < 2n ** 63n ? `${raw}n` : String(Number(raw));
  if (/^0[xb]/i.test(raw) && !Number.isSafeInteger(Number(raw))) return `${BigInt.asIntN(64, BigInt(raw))}n`;
  return /^\d*\.\d+(?:e[+-]?\d+)?$|^\d+\.?(?:e[+-]?\d+)?$/i.test(raw)
    ? raw.replace(/\.$/, '').replace(/^\./, '0.')
    : raw;
}

function magic(to: FileEmitter, node: ast.Magic): string {
  switch ((node.raw ?? node.value).toUpperCase()) {
    case '__DIR__':
      return 'import.meta.dirname';
    case '__FILE__':
      return 'import.meta.filename';
    case '__LINE__':
      return String(node.loc.start.line);
    case '__CLASS__':
      return quote(ownerOf(to.fn)?.name ?? '');
    case '__FUNCTION__':
      return quote(to.fn.node && to.fn.name ? to.fn.name : '{closure}');
    case '__METHOD__':
      return quote(to.fn.owner ? `${to.fn.owner.name}::${to.fn.name}` : to.fn.name);
    case '__NAMESPACE__':
      return quote(to.on.namesOf(to.fn).namespace);
    default:
      return quote(node.value);
  }
}

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
function hasNoValue(to: FileEmitter, info: VariableInfo): boolean {
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
  if (name === '_SERVER' || name === '_ENV') return name === '_ENV' ? 'process.env' : to.php('_SERVER');
  if (name === 'GLOBALS') {
    to.find(
      node,
      'person',
      '$GLOBALS has no counterpart: variables of a module have no table',
      'Export and import the variable.',
    );
    return `${to.php('notPorted')}('$GLOBALS')`;
  }
  to.find(node, 'person', `$${name} is empty in a Swoole server`, 'Take the value from the request object.');
  return '({} as Record<string, any>)';
}

/** Properties that have another name here, since a method has theirs. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  'Swoole\\Http\\Response.header': 'headers',
  'Swoole\\Http\\Response.cookie': 'cookies',
  'Swoole\\Http\\Response.trailer': 'trailers',
};

/** The name of a property, as the class has it. */
export function propertyName(to: FileEmitter, object: ast.Expression, name: string): string {
  for (const each of to.on.typeOf(object).classes) {
    const other = OTHER_NAMES[`${each}.${name}`];
    if (other) return other;
    const info = to.on.symbols.class(each);
    if (info) return to.on.property(info, name, false).jsName;
  }
  return name;
}

function property(to: FileEmitter, node: ast.PropertyLookup | ast.NullSafePropertyLookup): string {
  const object = expression(to, node.what);
  const missing =
    node.what.kind === 'variable' &&
    typeof node.what.name === 'string' &&
    node.what.name !== 'this' &&
    !SUPERGLOBALS.has(node.what.name) &&
    hasNoValue(to, to.on.variables.find(to.fn, node.what.name));
  const dot = node.kind === 'nullsafepropertylookup' || missing ? '?.' : '.';
  const name = memberName(node);
  if (name === null) {
    const key =
      node.offset.kind === 'encapsed' || node.offset.kind === 'variable'
        ? expression(to, node.offset)
        : expression(to, node.offset as ast.Expression);
    return `(${object} as any)${node.kind === 'nullsafepropertylookup' ? '?.' : ''}[${key}]`;
  }
  const access = memberAccess(propertyName(to, node.what, name));
  return access.startsWith('.')
    ? `${object}${dot}${access.slice(1)}`
    : `${object}${dot === '?.' ? '?.' : ''}${access}`;
}

/** A class where a value is expected: what is before `.create()` or after `new`. */
export function classText(to: FileEmitter, node: ast.ClassReference | ast.Expression): string {
  switch (node.kind) {
    case 'selfreference':
      return ownerOf(to.fn) ? ownClass(to) : 'this';
    case 'staticreference':
      return isStaticMethod(to) ? 'this' : '(this.constructor as any)';
    case 'parentreference':
      return 'super';
    case 'name':
      return classByName(to, node, to.on.symbols.className(node, to.on.namesOf(to.fn)));
    default:
      return expression(to, node);
  }
}

function ownClass(to: FileEmitter): string {
  const owner = to.owner ?? ownerOf(to.fn);
  return owner?.jsName ? safeName(owner.jsName) : '(this.constructor as any)';
}

function isStaticMethod(to: FileEmitter): boolean {
  for (let at: typeof to.fn | null = to.fn; at; at = at.parent)
    if (at.node?.kind === 'method') return at.node.isStatic;
  return false;
}

/** The value of a class by its full PHP name. */
export function classByName(to: FileEmitter, node: ast.Node, name: string): string {
  const own = to.on.symbols.class(name);
  if (own) return to.fromProgram(own.file, safeName(own.jsName));
  const api = to.on.api.class(name);
  if (api) return `${to.imports.swoole()}.${api.path}`;
  if (/^Swoole\\/.test(name)) {
    to.find(
      node,
      'person',
      `swoole-ts has no ${name}`,
      'See the list of what swoole-ts has for what to use instead.',
    );
    return `(${to.imports.swoole()} as any).${name.slice('Swoole\\'.length).replaceAll('\\', '.')}`;
  }
  const simple = name.replace(/^\\/, '');
  if (to.on.api.hasPhp(simple)) return to.php(simple);
  to.find(
    node,
    'person',
    `the class ${name} is neither in the program nor known`,
    'Port it, or use a package from npm that does its work.',
  );
  return `(${to.php('notPorted')}(${quote(name)}) as any)`;
}

function staticMember(to: FileEmitter, node: ast.StaticLookup): string {
  const name = memberName(node);
  const owner = classOf(to.on, to.fn, node.what);
  if (name === 'class' && node.offset.kind !== 'variable') {
    if (owner === null) return `${to.php('className')}(${expression(to, node.what as ast.Expression)})`;
    return node.what.kind === 'staticreference'
      ? `${to.php('className')}(${isStaticMethod(to) ? 'this.prototype' : 'this'})`
      : quote(owner);
  }
  const base = classText(to, node.what);
  if (name === null) return `(${base} as any)[${expression(to, node.offset as ast.Expression)}]`;
  const info = owner === null ? null : to.on.symbols.class(owner);
  if (info && node.offset.kind === 'variable' && node.what.kind === 'staticreference') {
    const holders = [...to.on.symbols.classes.values()].filter((each) => each.properties.get(name)?.isStatic);
    const [holder] = holders;
    if (holder && holders.length === 1 && holder.node.kind === 'class')
      return `${to.fromProgram(holder.file, safeName(holder.jsName))}.${name}`;
  }
  if (info && node.offset.kind === 'variable')
    return `${baseOf(to, node, base)}.${to.on.property(info, name, true).jsName}`;
  if (
    owner !== null &&
    !info &&
    node.offset.kind !== 'variable' &&
    !to.on.api.class(owner)?.staticMember(name)
  ) {
    if (/^Swoole\\/.test(owner) && to.on.api.class(owner)) {
      to.find(node, 'person', `swoole-ts has no ${owner}::${name}`, 'See the list of what swoole-ts has.');
      return `(${base} as any).${name}`;
    }
  }
  const holder =
    info && node.offset.kind !== 'variable' && node.what.kind !== 'staticreference'
      ? constantHolder(to, info, name)
      : null;
  return `${holder ?? baseOf(to, node, base)}${memberAccess(name)}`;
}

/** The interface that a constant comes from: only there it can be read. */
function constantHolder(to: FileEmitter, info: ClassInfo, name: string): string | null {
  if (info.constants.has(name)) return null;
  for (const each of to.on.symbols.ancestors(info)) {
    if (!each.constants.has(name)) continue;
    return each.node.kind === 'interface' ? to.fromProgram(each.file, safeName(each.jsName)) : null;
  }
  return null;
}

function baseOf(to: FileEmitter, node: ast.StaticLookup, base: string): string {
  return base === 'super' && node.offset.kind !== 'variable' ? superStatic(to) : base;
}

function superStatic(to: FileEmitter): string {
  const parent = ownerOf(to.fn)?.parent;
  const info = parent ? to.on.symbols.class(parent) : null;
  return info ? to.fromProgram(info.file, safeName(info.jsName)) : 'super';
}

function silent(to: FileEmitter, node: ast.Silent): string {
  const waits = contains(to, node.expr);
  const inner = expression(to, node.expr);
  return waits
    ? `(await ${to.php('silence')}(async () => ${inner}))`
    : `${to.php('silence')}(() => ${inner})`;
}

function contains(to: FileEmitter, node: ast.Expression): boolean {
  return to.on.awaited.has(node) || /\bawait\b/.test(expression(to, node));
}

function yielded(to: FileEmitter, node: ast.Yield): string {
  if (node.key)
    return `(yield [${expression(to, node.key)}, ${node.value ? expression(to, node.value) : 'null'}])`;
  return `(yield ${node.value ? expression(to, node.value) : ''})`;
}

export { condition, types };
