import { ownerOf } from '../analyse/infer-statements.js';
import { phpName } from '../analyse/same-names.js';
import * as types from '../analyse/type.js';
import type * as ast from '../parse/ast.js';
import { arrayLiteral, elementRead, emptyTest, issetTest } from './arrays.js';
import { assignment, increment, referenceAssignment } from './assignments.js';
import { call } from './calls.js';
import { matchText, ternary } from './choices.js';
import { anonymousClass } from './classes.js';
import { closure } from './closures.js';
import { condition } from './conditions.js';
import { constantText } from './constants.js';
import { construct } from './constructions.js';
import type { FileEmitter } from './file-emitter.js';
import { include } from './includes.js';
import { property, staticMember } from './members.js';
import { binary, cast, unary } from './operators.js';
import { joined, quote, stringLiteral } from './strings.js';
import { variable } from './variables.js';

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
      return quote(phpName(ownerOf(to.fn)?.name ?? ''));
    case '__FUNCTION__':
      return quote(to.fn.node === null ? '' : to.fn.name || '{closure}');
    case '__METHOD__':
      return quote(to.fn.owner ? `${phpName(to.fn.owner.name)}::${to.fn.name}` : to.fn.name);
    case '__NAMESPACE__':
      return quote(to.on.namesOf(to.fn).namespace);
    default:
      return quote(node.value);
  }
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
