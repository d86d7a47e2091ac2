import type { Target } from '../analyse/analysis.js';
import { argumentValue } from '../analyse/infer-arguments.js';
import * as types from '../analyse/type.js';
import type * as ast from '../parse/ast.js';
import { table } from '../table.js';
import { argumentText } from './arguments.js';
import { kindOf } from './arrays.js';
import { plainCall } from './calls.js';
import { expression } from './expressions.js';
import type { FileEmitter } from './file-emitter.js';
import { includable } from './includes.js';
import { literalKeyText, safeName } from './names.js';
import { argumentList } from './parameters.js';
import { quote } from './strings.js';
import { variableName } from './variables.js';

/** Calls that TypeScript writes otherwise; null for all others. */
export function specialCall(to: FileEmitter, node: ast.Call, target: Target | null): string | null {
  if (target?.kind === 'php' || target?.kind === 'unknown') {
    const write = FUNCTIONS[target.name];
    if (write) return write(to, node);
  }
  if (target?.kind === 'api') {
    const write = METHODS[target.name.replace(SERVERS, 'Swoole\\Server')];
    if (write) return write(to, node);
  }
  return null;
}

/** Servers of each protocol have the methods of the plain one. */
const SERVERS = /^Swoole\\(?:Http|WebSocket|Redis)\\Server(?=::)/;

const argument = (to: FileEmitter, node: ast.Call, i: number): string => {
  const found = node.arguments[i];
  return found ? argumentText(to, found, null) : '';
};

const valueAt = (node: ast.Call, i: number): ast.Expression | null => {
  const found = node.arguments[i];
  return found ? argumentValue(found) : null;
};

type Writer = (to: FileEmitter, node: ast.Call) => string | null;

const FUNCTIONS = table<Writer>({
  count: size,
  sizeof: size,
  compact: (to, node) => {
    const names = node.arguments.map((item) => (item.kind === 'string' ? item.value : null));
    if (names.some((name) => name === null)) return null;
    const items = names.map((name) => {
      const variable = to.on.variables.find(to.fn, name ?? '');
      const text = variable.boxed ? `${variableName(to, name ?? '')}.value` : variableName(to, name ?? '');
      return text === name ? text : `${literalKeyText(name ?? '')}: ${text}`;
    });
    return `{ ${items.join(', ')} }`;
  },
  define: (to, node) => {
    const name = valueAt(node, 0);
    const value = valueAt(node, 1);
    return name?.kind === 'string' && value ? `${safeName(name.value)} = ${expression(to, value)}` : null;
  },
  defined: (to, node) => {
    const name = valueAt(node, 0);
    if (name?.kind !== 'string') return null;
    const own = to.on.symbols.constants.get(name.value);
    if (own?.late) return `(${to.fromProgram(own.file, safeName(own.jsName))} !== undefined)`;
    return String(own !== undefined || to.on.api.hasConstant(name.value) || to.on.api.hasPhp(name.value));
  },
  constant: (to, node) => {
    const name = valueAt(node, 0);
    if (name?.kind !== 'string') return null;
    return expression(to, { kind: 'name', name: name.value, resolution: 'uqn', loc: name.loc });
  },
  function_exists: (to, node) => {
    const name = valueAt(node, 0);
    if (name?.kind !== 'string') return null;
    const lower = name.value.toLowerCase();
    return String(
      to.on.symbols.functions.has(lower) || to.on.api.hasPhp(lower) || to.on.api.function(lower) !== null,
    );
  },
  class_exists: (to, node) => {
    const name = valueAt(node, 0);
    if (name?.kind !== 'string') return null;
    return String(to.on.symbols.class(name.value) !== null || to.on.api.class(name.value) !== null);
  },
  extension_loaded: (_to, node) => {
    const name = valueAt(node, 0);
    return name?.kind === 'string' ? String(/^(?:open)?swoole$/i.test(name.value)) : null;
  },
  file_exists: isIncludable,
  is_file: isIncludable,
  is_readable: isIncludable,
  extract: (to, node) => {
    const inclusion = to.on.includes.fedBy(node);
    return inclusion ? 'undefined' : null;
  },
  func_get_args: argumentList,
  func_num_args: (to) => `${argumentList(to)}.length`,
  func_get_arg: (to, node) => `${argumentList(to)}[${argument(to, node, 0)}]`,
  call_user_func: (to, node) => {
    const first = valueAt(node, 0);
    if (!first) return null;
    const called: ast.Call = { ...node, what: first, arguments: node.arguments.slice(1) };
    const callee = argumentText(to, first, CALLBACK);
    return `${wrapFunction(first, callee)}(${called.arguments.map((item) => argumentText(to, item, null)).join(', ')})`;
  },
  call_user_func_array: (to, node) => {
    const first = valueAt(node, 0);
    const second = valueAt(node, 1);
    if (!first || !second) return null;
    const kind = kindOf(to.on.typeOf(second));
    const list = kind === 'list' ? expression(to, second) : `${to.php('values')}(${expression(to, second)})`;
    return `${wrapFunction(first, argumentText(to, first, CALLBACK))}(...${list})`;
  },
  posix_kill: (to, node) => {
    const [whom, signal] = [valueAt(node, 0), valueAt(node, 1)];
    if (whom?.kind !== 'call' || whom.what.kind !== 'propertylookup' || !whom.arguments[0] || !signal)
      return null;
    const target = to.on.targets.get(whom);
    if (target?.kind !== 'api' || !/Server::getWorkerPid$/.test(target.name)) return null;
    const server = expression(to, whom.what.what);
    return `${to.php('killWorker')}(${server}, ${argument(to, whom, 0)}, ${expression(to, signal)})`;
  },
  get_parent_class: aboutClass,
  get_class_methods: aboutClass,
  method_exists: aboutClass,
  property_exists: aboutClass,
  is_subclass_of: aboutClass,
  class_implements: aboutClass,
  get_class: (to, node) => (node.arguments.length === 0 ? `${to.php('get_class')}(this)` : null),
  spl_autoload_register: (to, node) => {
    to.find(node, 'note', 'classes are imported, so nothing is loaded by itself', 'Leave it out.');
    return 'undefined';
  },
  declare: () => null,
  set_time_limit: () => 'undefined',
  gc_collect_cycles: () => '0',
});

/** `A::class` where it is the class that is asked about: it is given itself, for only names that were made known are found. */
function aboutClass(to: FileEmitter, node: ast.Call): string | null {
  const [first, ...rest] = node.arguments;
  const name = node.what.kind === 'name' ? node.what.name.replace(/^\\/, '').toLowerCase() : '';
  if (!first) return name === 'get_parent_class' ? `${to.php(name)}(this)` : null;
  if (!isClassName(first)) return null;
  return `${to.php(name)}(${[classValue(to, first), ...rest.map((item) => argumentText(to, item, null))].join(', ')})`;
}

/** `A::class` */
export const isClassName = (node: ast.Argument): node is ast.StaticLookup =>
  node.kind === 'staticlookup' &&
  node.what.kind === 'name' &&
  node.offset.kind === 'identifier' &&
  node.offset.name.toLowerCase() === 'class';

export function classValue(to: FileEmitter, node: ast.StaticLookup): string {
  if (node.what.kind !== 'name') return 'this';
  const name = to.on.symbols.className(node.what, to.on.namesOf(to.fn));
  const info = to.on.symbols.class(name);
  if (info) return to.fromProgram(info.file, safeName(info.jsName));
  const api = to.on.api.class(name);
  return api ? `${to.imports.swoole()}.${api.path}` : quote(name);
}

const CALLBACK = {
  name: '',
  isRef: false,
  isCallback: true,
  rest: false,
  text: false,
  bytes: false,
  plain: false,
  number: false,
  cloned: false,
  waits: false,
  info: null,
  defaultText: null,
  callback: null,
  eventArity: null,
};

const wrapFunction = (node: ast.Expression, text: string): string =>
  node.kind === 'closure' || node.kind === 'arrowfunc' ? `(${text})` : text;

function size(to: FileEmitter, node: ast.Call): string | null {
  const value = valueAt(node, 0);
  if (!value || node.arguments.length !== 1) return null;
  const type = to.on.typeOf(value);
  if (!types.only(type, types.ARRAY)) return null;
  const kind = kindOf(type);
  if (kind === 'list' || kind === 'php') return `${expression(to, value)}.length`;
  return kind === 'map' ? `${expression(to, value)}.size` : null;
}

/** Whether a template is there whose path is only known at run time: no PHP file goes along. */
function isIncludable(to: FileEmitter, node: ast.Call): string | null {
  const value = valueAt(node, 0);
  const files = value ? to.on.includes.filesAt(to.fn, value) : [];
  if (!value || !files.some(({ isTemplate }) => isTemplate)) return null;
  return `${includable(to, files)}.has(${expression(to, value)})`;
}

/** `written(object.method(…))` */
const within =
  (name: string): Writer =>
  (to, node) =>
    `${to.php(name)}(${plainCall(to, node)})`;

const METHODS = table<Writer>({
  'Swoole\\Server::getCallback': within('callableOf'),
  'Swoole\\Server\\Port::getCallback': within('callableOf'),
  'Swoole\\Server::taskWaitMulti': (to, node) => `${plainCall(to, node)}.then(${to.php('withoutHoles')})`,
  'Swoole\\Coroutine\\Client::recvfrom': (to, node) => {
    const [, address, port] = node.arguments.map((item) => argumentValue(item));
    const setters = [
      address ? `set address(value: any) { ${expression(to, address)} = value; }` : '',
      port ? `set port(value: any) { ${expression(to, port)} = value; }` : '',
    ].filter((text) => text !== '');
    const object = node.what.kind === 'propertylookup' ? expression(to, node.what.what) : 'this';
    return `${object}.recvfrom(${argument(to, node, 0)}${setters.length > 0 ? `, { ${setters.join(', ')} }` : ''})`;
  },
  'Swoole\\Coroutine\\Socket::recvfrom': (to, node) => {
    const peer = valueAt(node, 0);
    if (!peer || node.what.kind !== 'propertylookup') return null;
    const rest = node.arguments.slice(1).map((_, i) => `, ${argument(to, node, i + 1)}`);
    return `${expression(to, node.what.what)}.recvfrom((${expression(to, peer)} = {})${rest.join('')})`;
  },
  'Swoole\\Coroutine\\Barrier::wait': (to, node) => {
    const value = valueAt(node, 0);
    if (value?.kind !== 'variable') return null;
    const args = node.arguments.map((item) => argumentText(to, item, null)).join(', ');
    return `${to.imports.swoole()}.Coroutine.Barrier.wait(${args}).then((none) => (${expression(to, value)} = none as any))`;
  },
});
