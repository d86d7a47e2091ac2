import type { ApiFunction, ApiParameter } from '../api/members.js';
import type * as ast from '../parse/ast.js';
import { table } from '../table.js';
import type { Analysis } from './analysis.js';
import * as shape from './array-shape.js';
import { IN_PLACE, KEEPS_KEYS, TEXT_FUNCTIONS } from './builtins.js';
import { callableType, functionsOf, readCallable } from './callables.js';
import { mask } from './fitting.js';
import { assignTo, containerOf } from './infer-assign.js';
import { callBack } from './infer-callbacks.js';
import { visit } from './infer-expressions.js';
import { markText, noteChanged } from './infer-statements.js';
import type { FunctionInfo } from './program-model.js';
import type { Type } from './type.js';
import * as types from './type.js';

/** The value of an argument, whatever its form. */
export function argumentValue(argument: ast.Argument): ast.Expression | null {
  if (argument.kind === 'namedargument') return argument.value;
  if (argument.kind === 'variadic') return argument.what;
  return argument.kind === 'variadicplaceholder' ? null : argument;
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

export function parameterAt(parameters: readonly ApiParameter[], index: number): ApiParameter | null {
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
const BY_REFERENCE = table<readonly number[]>({
  'Swoole\\Coroutine\\Client::recvfrom': [1, 2],
  'Swoole\\Coroutine\\Socket::recvfrom': [0],
  'Swoole\\Coroutine\\Barrier::wait': [0],
});

/** Functions that leave in arrays only what is ready. */
const SELECTS = new Set(['swoole_client_select', 'swoole_select']);

/** What the API does with the arguments that it gets. */
export function passToApi(
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
