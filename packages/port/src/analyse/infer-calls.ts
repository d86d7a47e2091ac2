import type { ApiFunction, ApiParameter } from '../api/api.js';
import { LEGACY_METHODS } from '../api/swoole-names.js';
import type * as ast from '../parse/ast.js';
import type { Analysis } from './analysis.js';
import { mask, type Target } from './analysis.js';
import * as shape from './array-shape.js';
import { builtinReturn, IN_PLACE, KEEPS_KEYS, TEXT_FUNCTIONS } from './builtins.js';
import { callableType, functionsOf, readCallable } from './callables.js';
import { assignTo, containerOf } from './infer-assign.js';
import { foreignApi, visit } from './infer-expressions.js';
import { classOf, markText, memberName, noteChanged, ownerOf } from './infer-statements.js';
import type { FunctionInfo } from './program-model.js';
import type { Type } from './type.js';
import * as types from './type.js';

/** The value of an argument, whatever its form. */
export function argumentValue(argument: ast.Argument): ast.Expression | null {
  if (argument.kind === 'namedargument') return argument.value;
  if (argument.kind === 'variadic') return argument.what;
  return argument.kind === 'variadicplaceholder' ? null : argument;
}

export function visitCall(on: Analysis, fn: FunctionInfo, node: ast.Call): Type {
  const target = resolve(on, fn, node);
  if (target) on.targets.set(node, target);
  for (const argument of node.arguments) {
    const value = argumentValue(argument);
    if (value) visit(on, fn, value);
  }
  const isReference = node.arguments[0]?.kind === 'variadicplaceholder';
  const result = called(on, fn, node, target, isReference);
  return isReference
    ? types.join(types.kind(types.FN), {
        kinds: types.FN,
        classes: [],
        array: null,
        functions: target?.kind === 'user' ? target.functions : [],
      })
    : result;
}

function called(
  on: Analysis,
  fn: FunctionInfo,
  node: ast.Call,
  target: Target | null,
  isReference: boolean,
): Type {
  if (!target) {
    const { what } = node;
    const pending =
      (what.kind === 'propertylookup' || what.kind === 'nullsafepropertylookup') &&
      on.typeOf(what.what).kinds === 0;
    return pending ? types.NOTHING : callVariable(on, fn, node);
  }
  switch (target.kind) {
    case 'user': {
      let all = types.NOTHING;
      for (const each of target.functions) {
        if (isReference) continue;
        passArguments(on, fn, each, node.arguments);
        if (each.waits && !each.isGenerator) await_(on, fn, node);
        all = types.join(all, each.isGenerator ? generatorOf(each) : each.returns);
      }
      return all;
    }
    case 'api':
      if (target.name) on.use(fn, node, target.name);
      passToApi(on, fn, node, target.call, target.name);
      if (target.call.waits && !isReference) await_(on, fn, node);
      return apiReturn(on, fn, node, target.call, target.name);
    case 'php':
      passToApi(on, fn, node, target.call, target.name);
      if (!isReference) phpWaits(on, fn, node, target.name, target.call);
      return builtinReturn(on, fn, node, target.name) ?? on.fresh(node, 'returns', target.call.returns);
    default:
      if (/^Swoole\\/.test(target.name) || /^swoole_/.test(target.name)) on.use(fn, node, target.name);
      return builtinReturn(on, fn, node, target.name) ?? types.ANYTHING;
  }
}

/** What a call of a generator gives: an object that knows where it comes from. */
const generatorOf = (info: FunctionInfo): Type => ({
  kinds: types.OBJECT,
  classes: ['Generator'],
  array: null,
  functions: [info],
});

function apiReturn(on: Analysis, _fn: FunctionInfo, node: ast.Call, call: ApiFunction, name: string): Type {
  if (/::(?:table\$get|get)$/.test(name) && /Swoole\\Table::get$/.test(name) && node.arguments.length < 2) {
    return on.fresh(node, 'row', types.join(call.returns, types.NOTHING));
  }
  if (/Coroutine\\(?:map|batch)$|Coroutine\\map$/.test(name))
    return on.fresh(node, 'native', types.arrayOf(new shape.ArrayShape('native')));
  if (/Server::taskWaitMulti$/.test(name)) {
    const found = types.arrayOf(new shape.ArrayShape('any'));
    found.array?.addElement(types.ANYTHING);
    return on.fresh(node, 'found', types.join(found, types.kind(types.FALSE)));
  }
  if (/Server(?:\\Port)?::getCallback$/.test(name)) {
    const named = types.arrayOf(new shape.ArrayShape('any'));
    named.array?.addElement(types.ANYTHING);
    return on.fresh(node, 'callback', types.join(named, types.kind(types.FN | types.STRING | types.NULL)));
  }
  return on.fresh(node, 'returns', call.returns);
}

function await_(on: Analysis, fn: FunctionInfo, node: ast.Node): void {
  on.awaited.add(node);
  on.wait(fn);
}

const NEVER_WAIT = new Set([
  'usort',
  'uasort',
  'uksort',
  'set_error_handler',
  'set_exception_handler',
  'ob_start',
  'register_shutdown_function',
  'spl_autoload_register',
]);

/** A function that calls back something that waits, or reads of a socket: it waits as well, in a form of its own. */
function phpWaits(on: Analysis, fn: FunctionInfo, node: ast.Call, name: string, call: ApiFunction): void {
  if (call.waits) await_(on, fn, node);
  if (NEVER_WAIT.has(name)) return;
  if (readsSocket(on, node) && on.api.hasPhp(`${name}_async`)) {
    on.asyncCallbacks.add(node);
    await_(on, fn, node);
    return;
  }
  const waits = node.arguments.some((argument, i) => {
    const parameter = parameterAt(call.parameters, i);
    return parameter?.isCallback && functionsOf(on, fn, argument).some((each) => each.waits);
  });
  if (!waits) return;
  on.asyncCallbacks.add(node);
  await_(on, fn, node);
}

/** Whether the first argument is a socket of Node's: what is read of one has to come first. A callback that is told of one need not wait. */
function readsSocket(on: Analysis, node: ast.Call): boolean {
  const [first] = node.arguments;
  const value = first && argumentValue(first);
  return value ? on.typeOf(value).classes.includes('php:Socket') : false;
}

function callVariable(on: Analysis, fn: FunctionInfo, node: ast.Call): Type {
  const what = node.what as ast.Expression;
  const type = visit(on, fn, what);
  let all = types.NOTHING;
  const functions = functionsOf(on, fn, what);
  for (const each of functions) {
    passArguments(on, fn, each, node.arguments);
    if (each.waits && !each.isGenerator) await_(on, fn, node);
    all = types.join(all, each.isGenerator ? generatorOf(each) : each.returns);
  }
  if (type.kinds === 0) return types.NOTHING;
  if (functions.length === 0) {
    for (const argument of node.arguments) escapes(on, fn, argument);
    if (what.kind === 'variable' && !types.shows(type, types.FN)) return types.ANYTHING;
  }
  return functions.length === 0 ? types.ANYTHING : all;
}

/** A value goes where nobody sees what becomes of it. */
function escapes(on: Analysis, fn: FunctionInfo, argument: ast.Argument): void {
  for (const each of functionsOf(on, fn, argument)) each.escapes = true;
}

function resolve(on: Analysis, fn: FunctionInfo, node: ast.Call): Target | null {
  const { what } = node;
  if (what.kind === 'name') return resolveFunction(on, fn, what);
  if (what.kind === 'propertylookup' || what.kind === 'nullsafepropertylookup')
    return resolveMethod(on, fn, what);
  if (what.kind === 'staticlookup') return resolveStatic(on, fn, what);
  return null;
}

function resolveFunction(on: Analysis, fn: FunctionInfo, node: ast.Name): Target {
  const name = on.symbols.functionName(node, on.namesOf(fn));
  const own = on.symbols.functions.get(name.toLowerCase());
  if (own) return { kind: 'user', functions: [own] };
  const swoole = swooleFunction(on, name);
  if (swoole) return swoole;
  const simple = name.split('\\').pop() ?? name;
  const lower = simple.toLowerCase();
  const call = on.api.phpFunction(lower);
  if (call) return { kind: 'php', call, name: lower };
  const top = on.api.function(lower);
  if (top) return { kind: 'api', call: top, name: lower };
  return { kind: 'unknown', name: lower };
}

function swooleFunction(on: Analysis, name: string): Target | null {
  const co = /^(?:open)?(?:swoole\\coroutine|co)\\(\w+)$/i.exec(name);
  const short = co?.[1] ?? (/^(?:go|defer)$/i.test(name) ? name.toLowerCase() : null);
  if (short) {
    const owner = on.api.class('Swoole\\Coroutine');
    const member = owner?.staticMember(short);
    if (member?.call) return { kind: 'api', call: member.call, name: `Swoole\\Coroutine\\${member.name}` };
    return { kind: 'unknown', name: `Swoole\\Coroutine\\${short}` };
  }
  const simple = name.replace(/^(?:open)?swoole\\/i, '');
  if (/^swoole_/i.test(simple) || /^(?:open)?swoole\\/i.test(name)) {
    const lower = simple.toLowerCase();
    const call = on.api.function(lower) ?? on.api.function(simple);
    return call ? { kind: 'api', call, name: lower } : { kind: 'unknown', name: lower };
  }
  return null;
}

function resolveMethod(
  on: Analysis,
  fn: FunctionInfo,
  node: ast.PropertyLookup | ast.NullSafePropertyLookup,
): Target | null {
  const object = visit(on, fn, node.what);
  const name = memberName(node);
  if (name === null) {
    visit(on, fn, node.offset as ast.Expression);
    return dynamicMethod(on, object);
  }
  const functions: FunctionInfo[] = [];
  let api: Target | null = null;
  for (const each of object.classes) {
    const info = on.symbols.class(each);
    const method = info && on.symbols.method(info, name);
    if (method) functions.push(method, ...overrides(method));
    if (method) continue;
    api ??= apiMethod(on, each, name);
  }
  if (functions.length > 0) return { kind: 'user', functions: [...new Set(functions)] };
  if (api?.kind === 'api' && api.name === 'Swoole\\Server::send' && on.yieldsOnSend)
    return apiMethod(on, 'Swoole\\Server', 'sendwait') ?? api;
  if (api) return api;
  if (object.kinds !== 0 && object.classes.length === 0 && !types.shows(object, types.FN))
    return guess(on, name);
  return null;
}

function overrides(method: FunctionInfo): FunctionInfo[] {
  return [...method.kin];
}

function apiMethod(on: Analysis, owner: string, name: string): Target | null {
  const api = owner.startsWith('php:')
    ? on.api.phpClass(owner.slice(4))
    : (on.api.class(owner) ?? foreignApi(on, owner) ?? on.api.phpClass(owner));
  const member = api?.member(name);
  if (api && member?.call) return { kind: 'api', call: member.call, name: `${api.name}::${member.name}` };
  if (/^Swoole\\/.test(owner)) return { kind: 'unknown', name: `${owner}::${name}` };
  return null;
}

/** The methods of servers and responses that a call means whose object is of unknown class. */
const TELLING: Readonly<Record<string, string>> = {
  push: 'Swoole\\WebSocket\\Server',
  isEstablished: 'Swoole\\WebSocket\\Server',
  taskwait: 'Swoole\\Server',
  rawContent: 'Swoole\\Http\\Request',
};

/** A method of the program's own that is the only one of this name, or a telling one of Swoole's. */
function guess(on: Analysis, name: string): Target | null {
  const found: FunctionInfo[] = [];
  for (const info of on.symbols.classes.values()) {
    const method = info.methods.get(name.toLowerCase());
    if (method && info.node.kind !== 'interface') found.push(method);
  }
  const telling = TELLING[name];
  if (found.length > 0) return { kind: 'user', functions: found };
  return telling ? apiMethod(on, telling, name) : null;
}

function dynamicMethod(on: Analysis, object: Type): Target | null {
  const functions: FunctionInfo[] = [];
  for (const each of object.classes) {
    const info = on.symbols.class(each);
    if (info) functions.push(...info.methods.values());
  }
  return functions.length > 0 ? { kind: 'user', functions } : null;
}

function resolveStatic(on: Analysis, fn: FunctionInfo, node: ast.StaticLookup): Target | null {
  if (node.what.kind === 'variable') visit(on, fn, node.what);
  const name = memberName(node);
  const owner = classOf(on, fn, node.what);
  if (name === null || node.offset.kind === 'variable') {
    if (node.offset.kind === 'variable') visit(on, fn, node.offset);
    return null;
  }
  if (owner === null) return null;
  const info = on.symbols.class(owner);
  const method = info && on.symbols.method(info, name);
  if (method) return { kind: 'user', functions: [method, ...overrides(method)] };
  const api = on.api.class(owner) ?? foreignApi(on, owner) ?? on.api.phpClass(owner);
  const member = api?.staticMember(name) ?? (node.what.kind === 'parentreference' ? api?.member(name) : null);
  if (api && member?.call) return { kind: 'api', call: member.call, name: `${api.name}::${member.name}` };
  if (/^Swoole\\/.test(owner)) return { kind: 'unknown', name: `${owner}::${name}` };
  return null;
}

/** Brings the arguments of a call to the parameters of a function of the program. */
export function passArguments(
  on: Analysis,
  fn: FunctionInfo,
  callee: FunctionInfo,
  args: readonly ast.Argument[],
): void {
  let index = 0;
  for (const argument of args) {
    const value = argumentValue(argument);
    if (!value) continue;
    const parameter =
      argument.kind === 'namedargument'
        ? callee.parameters.find((item) => item.name === argument.name)
        : (callee.parameters[index] ?? callee.parameters[callee.parameters.length - 1]);
    index++;
    if (!parameter) continue;
    let type = on.typeOf(value);
    if (argument.kind === 'variadic') type = type.array ? type.array.element : types.ANYTHING;
    if (types.shows(parameter.variable.type, types.FN))
      type = types.join(callableType(on, fn, argument), types.without(type, types.ARRAY | types.STRING));
    if (parameter.node.variadic) {
      parameter.variable.type.array?.addElement(type);
      continue;
    }
    const declared = parameter.node.type !== null && !(parameter.variable.type.kinds & types.MIXED);
    parameter.variable.add(declared ? mask(type, parameter.variable.type) : type);
    if (parameter.byRef) passReference(on, fn, value, parameter.variable.type, parameter.variable.boxed);
  }
  for (const parameter of callee.parameters) {
    if (parameter.node.value) parameter.variable.add(visit(on, callee, parameter.node.value));
  }
}

/** A variable is given by reference: what the function puts there comes back. */
function passReference(
  on: Analysis,
  fn: FunctionInfo,
  value: ast.Expression,
  type: Type,
  isRef: boolean,
): void {
  if (types.only(type, types.ARRAY)) {
    containerOf(on, fn, value);
    noteChanged(on, fn, value);
  }
  assignTo(on, fn, value, type);
  if (isRef && value.kind === 'variable' && typeof value.name === 'string')
    on.variables.find(fn, value.name).boxed = true;
}

function parameterAt(parameters: readonly ApiParameter[], index: number): ApiParameter | null {
  return (
    parameters[index] ??
    (parameters[parameters.length - 1]?.rest ? (parameters[parameters.length - 1] ?? null) : null)
  );
}

/** Methods whose data goes to another thread, as a clone. */
export const CLONED =
  /^Swoole\\(?:Http\\|WebSocket\\)?Server(?:\\Task)?::(?:task|taskwait|taskWaitMulti|taskCo|finish|sendMessage|command)$/;

/** What goes to another thread is made of arrays and plain objects alone. */
function giveAway(type: Type, depth = 0): void {
  if (!type.array || depth > 4) return;
  type.array.use(shape.GIVEN_AWAY);
  giveAway(type.array.element, depth + 1);
}

/** Methods whose arguments PHP takes by reference, by their places. */
const BY_REFERENCE: Readonly<Record<string, readonly number[]>> = {
  'Swoole\\Coroutine\\Client::recvfrom': [1, 2],
  'Swoole\\Coroutine\\Socket::recvfrom': [0],
  'Swoole\\Coroutine\\Barrier::wait': [0],
};

/** Functions that leave in arrays only what is ready. */
const SELECTS = new Set(['swoole_client_select', 'swoole_select']);

/** What the API does with the arguments that it gets. */
function passToApi(
  on: Analysis,
  fn: FunctionInfo,
  node: ast.Call | ast.New,
  call: ApiFunction,
  name: string,
): void {
  const { arguments: args } = node;
  args.forEach((argument, i) => {
    const value = argumentValue(argument);
    if (!value || argument.kind === 'variadic') return;
    const parameter =
      argument.kind === 'namedargument'
        ? (call.parameters.find((item) => item.name.toLowerCase() === argument.name.toLowerCase()) ?? null)
        : parameterAt(call.parameters, i);
    const type = on.typeOf(value);
    const functions = functionsOf(on, fn, value);
    if (parameter?.isRef && value.kind === 'variable' && typeof value.name === 'string') {
      const variable = on.variables.find(fn, value.name);
      variable.boxed = true;
      variable.add(types.ANYTHING);
      on.note(value, variable.type);
    }
    if (parameter?.takesRecord && type.array && name.includes('::')) type.array.use(shape.GIVEN_AWAY);
    if (CLONED.test(name)) giveAway(type);
    if (BY_REFERENCE[name]?.includes(i))
      assignTo(on, fn, value, name.endsWith('wait') ? types.kind(types.NULL) : types.ANYTHING);
    for (const each of functions) callBack(on, fn, node, each, parameter, name, i);
    if (parameter?.isCallback && readCallable(on, fn, value)) on.note(value, callableType(on, fn, value));
  });
  if (TEXT_FUNCTIONS.has(name)) {
    for (const argument of args) {
      const value = argumentValue(argument);
      if (value) markText(on, fn, value);
    }
  }
  if (SELECTS.has(name)) {
    for (const argument of args) {
      const value = argumentValue(argument);
      if (value?.kind !== 'variable') continue;
      const type = containerOf(on, fn, value);
      noteChanged(on, fn, value);
      type.array?.use(shape.CHANGED);
    }
  }
  const first = args[0] && argumentValue(args[0]);
  if (first && IN_PLACE.has(name)) {
    const type = containerOf(on, fn, first);
    noteChanged(on, fn, first);
    type.array?.use(
      shape.CHANGED |
        (KEEPS_KEYS.has(name) ? shape.KEYS_KEPT : 0) |
        (name === 'array_push' ? shape.PUSHED : 0),
    );
    if (name === 'array_push' || name === 'array_unshift') {
      for (const argument of args.slice(1)) {
        const value = argumentValue(argument);
        if (value) type.array?.addElement(on.typeOf(value));
      }
    }
  }
}

/** A function of the program is given to the API: its parameters get what the API calls it with. */
function callBack(
  on: Analysis,
  fn: FunctionInfo,
  node: ast.Call | ast.New,
  callee: FunctionInfo,
  parameter: ApiParameter | null,
  name: string,
  index: number,
): void {
  const event = eventTypes(on, fn, node, name, index);
  const builtin = callbackArguments(on, fn, node, name);
  const extra = extraArguments(on, node, name, index);
  callee.parameters.forEach((item, i) => {
    const given =
      event?.[i] ?? builtin?.[i] ?? extra?.[i] ?? parameter?.callback?.parameters[i]?.type ?? null;
    if (item.node.variadic || !given) return;
    const declared = item.node.type !== null && !(item.variable.type.kinds & types.MIXED);
    const type = on.fresh(node, `${index}:${i}:${callee.node?.loc.start.offset ?? 0}`, given);
    if (declared && event && types.shows(given, types.BYTES)) {
      item.variable.add(type);
      return;
    }
    item.variable.add(declared ? mask(type, item.variable.type) : type);
  });
  if (!event && !builtin && !parameter?.callback) callee.escapes = true;
}

/** `Timer::tick(ms, fn, ...args)`, `go(fn, ...args)`: the arguments after the function are what it gets. */
function extraArguments(on: Analysis, node: ast.Call | ast.New, name: string, index: number): Type[] | null {
  const timer = /(?:Timer::|timer_)(tick|after)$/.exec(name);
  if (
    !timer &&
    !/Coroutine\\(?:go|run)$|Coroutine::create$|Scheduler::add$|swoole_coroutine_create$/.test(name)
  )
    return null;
  const rest = node.arguments.slice(index + 1).map((argument) => {
    const value = argumentValue(argument);
    return value ? on.typeOf(value) : types.ANYTHING;
  });
  return timer?.[1] === 'tick' ? [types.kind(types.INT), ...rest] : rest;
}

/** What the callback of an event gets. */
function eventTypes(
  on: Analysis,
  _fn: FunctionInfo,
  node: ast.Call | ast.New,
  name: string,
  index: number,
): Type[] | null {
  if (!/::on$/.test(name) || index !== 1 || node.kind !== 'call') return null;
  const [event] = node.arguments;
  if (event?.kind !== 'string') return null;
  const object = node.what.kind === 'propertylookup' ? on.typeOf(node.what.what) : types.ANYTHING;
  const server = object.classes.includes('Swoole\\Server\\Port') ? serverOf(on) : object;
  return on.api.event(event.value, server);
}

/** The class of the program's server, for the callbacks of its ports. */
function serverOf(on: Analysis): Type {
  for (const each of ['Swoole\\WebSocket\\Server', 'Swoole\\Http\\Server', 'Swoole\\Server']) {
    for (const target of on.targets.values())
      if (target.kind === 'api' && target.name === `${each}::__construct`) return types.objectOf(each);
  }
  return types.objectOf('Swoole\\Server');
}

/** What the callbacks of array functions get. */
function callbackArguments(
  on: Analysis,
  _fn: FunctionInfo,
  node: ast.Call | ast.New,
  name: string,
): Type[] | null {
  const at = (i: number): Type => {
    const argument = node.arguments[i];
    const value = argument && argumentValue(argument);
    return value ? on.typeOf(value) : types.ANYTHING;
  };
  switch (name) {
    case 'array_map':
      return node.arguments.slice(1).map((_, i) => types.elementOf(at(i + 1)));
    case 'array_filter':
    case 'array_walk':
      return [types.elementOf(at(0)), types.kind(types.INT | types.STRING)];
    case 'usort':
    case 'uasort':
      return [types.elementOf(at(0)), types.elementOf(at(0))];
    case 'uksort':
      return [types.kind(types.INT | types.STRING), types.kind(types.INT | types.STRING)];
    case 'array_reduce':
      return [node.arguments.length > 2 ? at(2) : types.ANYTHING, types.elementOf(at(0))];
    case 'Swoole\\Coroutine\\map':
      return [types.elementOf(at(0)), types.kind(types.INT | types.STRING)];
    case 'set_error_handler':
      return [
        types.kind(types.INT),
        types.kind(types.STRING),
        types.kind(types.STRING),
        types.kind(types.INT),
      ];
    default:
      return null;
  }
}

/** Objects that nobody keeps. */
const dropped = new WeakSet<ast.New>();

/** Nobody uses the object that this makes: only what its constructor does counts. */
export function noteDropped(node: ast.New): void {
  dropped.add(node);
}

/** A client that Swoole 4 was told to make asynchronous is a class of its own since. (Where nobody uses it, it is the refusal that counts.) */
function currentClient(on: Analysis, fn: FunctionInfo, node: ast.New): void {
  const asks = node.arguments[1] && argumentValue(node.arguments[1]);
  if (
    dropped.has(node) ||
    !asks ||
    node.what.kind !== 'name' ||
    classOf(on, fn, node.what) !== 'Swoole\\Client'
  )
    return;
  const isAsync =
    (asks.kind === 'boolean' && asks.value) ||
    (asks.kind === 'name' && /^\\?SWOOLE_SOCK_ASYNC$/.test(asks.name));
  if (!isAsync) return;
  node.what = { ...node.what, name: '\\Swoole\\Async\\Client', resolution: 'fqn' };
  node.arguments.length = 1;
}

export function visitNew(on: Analysis, fn: FunctionInfo, node: ast.New): Type {
  currentClient(on, fn, node);
  for (const argument of node.arguments) {
    const value = argumentValue(argument);
    if (value) visit(on, fn, value);
  }
  if (node.what.kind === 'class') {
    visitAnonymous(on, fn, node.what);
    const info = on.symbols.classInfos.get(node.what);
    const maker = info && on.symbols.method(info, '__construct');
    if (maker) {
      passArguments(on, fn, maker, node.arguments);
      if (on.isCalledLater(maker) && maker.waits) await_(on, fn, node);
    }
    return info ? types.objectOf(info.name) : types.kind(types.OBJECT);
  }
  const name = classOf(on, fn, node.what);
  if (name === null) {
    visit(on, fn, node.what as ast.Expression);
    return types.kind(types.OBJECT);
  }
  const info = on.symbols.class(name);
  const maker = info && on.symbols.method(info, '__construct');
  if (maker) {
    on.targets.set(node, { kind: 'user', functions: [maker] });
    passArguments(on, fn, maker, node.arguments);
    promote(on, maker);
    if (on.isCalledLater(maker) && maker.waits) await_(on, fn, node);
  } else {
    const api = on.api.class(name) ?? foreignApi(on, name) ?? (info ? null : on.api.phpClass(name));
    if (api) {
      if (/^Swoole/.test(api.name)) on.use(fn, node, api.name);
      const call = api.construct ?? { parameters: [], required: 0, returns: types.NOTHING, waits: false };
      on.targets.set(node, { kind: 'api', call, name: `${api.name}::__construct` });
      passToApi(on, fn, node, call, `${api.name}::__construct`);
    } else if (/^Swoole\\/.test(name)) {
      on.use(fn, node, name);
      on.targets.set(node, { kind: 'unknown', name });
    }
  }
  return types.objectOf(name);
}

function promote(on: Analysis, maker: FunctionInfo): void {
  const { owner } = maker;
  if (!owner) return;
  for (const parameter of maker.parameters) {
    if (parameter.node.flags)
      on.addToProperty(on.property(owner, parameter.name, false), parameter.variable.type);
  }
}

function visitAnonymous(on: Analysis, fn: FunctionInfo, node: ast.Class): void {
  for (const member of node.body) {
    if (member.kind === 'propertystatement')
      for (const property of member.properties) if (property.value) visit(on, fn, property.value);
  }
}

export { LEGACY_METHODS, ownerOf };
