import type { Target } from '../analyse/analysis.js';
import { readCallable } from '../analyse/callables.js';
import * as types from '../analyse/type.js';
import type * as ast from '../parse/ast.js';
import { argumentsText, argumentText } from './arguments.js';
import { callableText } from './callable-text.js';
import { classText } from './class-text.js';
import { expression } from './expressions.js';
import type { FileEmitter } from './file-emitter.js';
import { functionText } from './function-calls.js';
import { methodText, staticText } from './method-calls.js';
import { specialCall } from './special-calls.js';
import { quote } from './strings.js';

export function call(to: FileEmitter, node: ast.Call): string {
  const target = to.on.targets.get(node) ?? null;
  if (node.arguments[0]?.kind === 'variadicplaceholder') return firstClass(to, node, target);
  const special = specialCall(to, node, target);
  if (special !== null) return special;
  if (target?.kind === 'unknown' && node.what.kind === 'name' && !/^Swoole|^swoole_/.test(target.name))
    return unknownFunction(to, node, target.name);
  if (isShort(node, target)) return tooFew(to, node, target);
  if (callsByName(to, node)) {
    const args = node.arguments.map((item) => argumentText(to, item, null));
    return `${to.php('call_user_func')}(${[expression(to, node.what), ...args].join(', ')})`;
  }
  if (mayBeNamed(to, node)) {
    const args = node.arguments.map((item) => argumentText(to, item, null));
    return `${to.php('call_user_func')}(${[expression(to, node.what), ...args].join(', ')})`;
  }
  return plainCall(to, node);
}

/** A call as TypeScript has it. */
export function plainCall(to: FileEmitter, node: ast.Call): string {
  const target = to.on.targets.get(node) ?? null;
  const text = `${calleeText(to, node, target)}(${argumentsText(to, node, target)})`;
  if (target?.kind !== 'api' || !to.on.asksTypes || !TELLS_TIMES.test(target.name)) return text;
  return `${to.php('floats')}(${[text, ...TIMES.map(quote)].join(', ')})`;
}

/** What tells times as floats, which are whole now and then. */
const TELLS_TIMES = /^Swoole\\.*Server::(?:getClientInfo|connection_info)$/;
const TIMES = ['last_recv_time', 'last_send_time', 'last_dispatch_time'];

/** Whether something is called that may be a function, or its name: what getCallback() gives. */
function mayBeNamed(to: FileEmitter, { what }: ast.Call): boolean {
  if (what.kind === 'name' || /lookup$|^(?:closure|arrowfunc)$/.test(what.kind)) return false;
  const type = to.on.typeOf(what);
  return types.shows(type, types.FN) && types.shows(type, types.ARRAY) && (type.kinds & types.MIXED) === 0;
}

type ApiTarget = Extract<Target, { kind: 'api' | 'php' }>;

/** Whether there are fewer arguments than a function of PHP or Swoole can be called with. */
function isShort(node: ast.Call, target: Target | null): target is ApiTarget {
  if (target?.kind !== 'api' && target?.kind !== 'php') return false;
  const isPlain = node.arguments.every(({ kind }) => kind !== 'variadic' && kind !== 'namedargument');
  return isPlain && !MAY_LACK.has(target.name) && node.arguments.length < target.call.required;
}

/** Functions whose first argument PHP does not need, where swoole-ts does. */
const MAY_LACK = new Set([
  'readdir',
  'rewinddir',
  'closedir',
  'mb_check_encoding',
  'Swoole\\Http\\Response::create',
]);

/** A call that PHP only throws for. */
function tooFew(
  to: FileEmitter,
  node: ast.Call,
  { name, call: { parameters, required } }: ApiTarget,
): string {
  const args = node.arguments.map((item) => argumentText(to, item, null));
  const isExact = parameters.length === required && !parameters.some(({ rest }) => rest);
  return `${to.php('tooFewArguments')}(${[quote(name), required, isExact, ...args].join(', ')})`;
}

function calleeText(to: FileEmitter, node: ast.Call, target: Target | null): string {
  const { what } = node;
  if (what.kind === 'name') return functionText(to, node, what, target);
  if (what.kind === 'propertylookup' || what.kind === 'nullsafepropertylookup')
    return methodText(to, what, target);
  if (what.kind === 'staticlookup') return staticText(to, what, target);
  if (what.kind === 'closure' || what.kind === 'arrowfunc') return `(${expression(to, what)})`;
  const { classes } = to.on.typeOf(what);
  if (classes.length > 0 && classes.every((name) => invokable(to, name)))
    return `${expression(to, what)}.__invoke`;
  const callable = readCallable(to.on, to.fn, what);
  if (callable) return `(${callableText(to, what, callable)})`;
  return expression(to, what);
}

export function invokable(to: FileEmitter, name: string): boolean {
  const info = to.on.symbols.class(name);
  return info !== null && to.on.symbols.method(info, '__invoke') !== null;
}

/** Whether the name of a function is called that is only known at run time. */
function callsByName(to: FileEmitter, { what }: ast.Call): boolean {
  if (what.kind === 'name' || /lookup$|^(?:closure|arrowfunc)$/.test(what.kind)) return false;
  if (readCallable(to.on, to.fn, what)) return false;
  const type = to.on.typeOf(what);
  if (!types.shows(type, types.STRING) || types.shows(type, types.FN)) return false;
  to.find(
    what,
    'person',
    'a function is called by a name that is only known at run time',
    'Put the functions into an object and take the one of this name.',
  );
  return true;
}

function unknownFunction(to: FileEmitter, node: ast.Call, name: string): string {
  to.find(
    node,
    'person',
    `${name}() is neither in the program nor known`,
    'Write it, or use a package from npm that does its work.',
  );
  const args = node.arguments.map((item) => argumentText(to, item, null));
  return `${to.php('notPorted')}(${[quote(name), ...args].join(', ')})`;
}

/** `strlen(...)`, `$this->method(...)`. */
function firstClass(to: FileEmitter, node: ast.Call, target: Target | null): string {
  const { what } = node;
  const text = calleeText(to, node, target);
  if (what.kind === 'propertylookup') return `${text}.bind(${expression(to, what.what)})`;
  if (what.kind === 'staticlookup')
    return `${text}.bind(${text.startsWith('super') || text.startsWith('this') ? 'this' : classText(to, what.what)})`;
  return text;
}
