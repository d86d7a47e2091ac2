import type { ApiFunction } from '../api/members.js';
import type * as ast from '../parse/ast.js';
import type { Analysis, Target } from './analysis.js';
import * as shape from './array-shape.js';
import { SLEEPS } from './blocking.js';
import { builtinReturn } from './builtins.js';
import { functionsOf } from './callables.js';
import { argumentValue, parameterAt, passArguments, passToApi } from './infer-arguments.js';
import { visit } from './infer-expressions.js';
import type { FunctionInfo } from './program-model.js';
import { resolve } from './resolve-call.js';
import type { Type } from './type.js';
import * as types from './type.js';

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

export function await_(on: Analysis, fn: FunctionInfo, node: ast.Node): void {
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
  if (SLEEPS.has(name) && fn.node && on.blocking.has(fn.node)) on.blocking.add(node);
  else if (call.waits) await_(on, fn, node);
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
