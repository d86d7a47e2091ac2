import type { ApiParameter } from '../api/members.js';
import type * as ast from '../parse/ast.js';
import type { Analysis } from './analysis.js';
import { mask } from './fitting.js';
import { argumentValue } from './infer-arguments.js';
import type { FunctionInfo } from './program-model.js';
import type { Type } from './type.js';
import * as types from './type.js';

/** A function of the program is given to the API: its parameters get what the API calls it with. */
export function callBack(
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
