import type { Target } from '../analyse/analysis.js';
import { TEXT_FUNCTIONS } from '../analyse/builtins.js';
import { CLONED } from '../analyse/infer-arguments.js';
import type { FunctionInfo } from '../analyse/program-model.js';
import * as types from '../analyse/type.js';
import type { ApiFunction, ApiParameter } from '../api/members.js';
import type * as ast from '../parse/ast.js';
import type { FileEmitter } from './file-emitter.js';

export interface Expected {
  name: string;
  isRef: boolean;
  isCallback: boolean;
  rest: boolean;
  text: boolean;
  /** Bytes are sent as they are. */
  bytes: boolean;
  /** Text is expected, not an object. */
  plain: boolean;
  /** It goes to another thread, as a clone. */
  cloned: boolean;
  /** A number is expected, which PHP also makes of a text. */
  number: boolean;
  waits: boolean;
  info: FunctionInfo['parameters'][number] | null;
  defaultText: string | null;
  /** What the function is called with that is expected here, where TypeScript knows it too. */
  callback: readonly types.Type[] | null;
  eventArity: number | null;
}

export function parametersOf(to: FileEmitter, node: ast.Call | ast.New, target: Target | null): Expected[] {
  if (target?.kind === 'user') {
    const [info] = target.functions;
    return (info?.parameters ?? []).map((item) => ({
      name: item.name,
      isRef: item.byRef && item.variable.boxed,
      isCallback: types.shows(item.variable.type, types.FN),
      rest: item.node.variadic,
      text:
        item.node.type !== null &&
        types.shows(item.variable.type, types.STRING) &&
        !types.shows(item.variable.type, types.BYTES | types.MIXED),
      bytes: false,
      plain: false,
      number: false,
      cloned: false,
      waits: false,
      info: item,
      defaultText: item.node.value ? 'undefined' : null,
      callback: null,
      eventArity: null,
    }));
  }
  if (target?.kind === 'api' || target?.kind === 'php') return fromApi(to, node, target.call, target);
  return [];
}

/** What a callback gets, as TypeScript sees it; null when TypeScript does not know. */
function callbackTypes(
  to: FileEmitter,
  node: ast.Call | ast.New,
  target: Target,
  item: ApiParameter,
): readonly types.Type[] | null {
  if (target.kind === 'api' && /::on$/.test(target.name)) {
    const [event] = node.arguments;
    return event?.kind === 'string' ? to.on.api.event(event.value, types.objectOf('Swoole\\Server')) : null;
  }
  return item.callback?.parameters.map(({ type }) => type) ?? null;
}

/** How many arguments PHP gives the callback of an event, where swoole-ts gives one more; no limit for other events. */
function arityOf(to: FileEmitter, node: ast.Call | ast.New): number {
  const [event] = node.arguments;
  if (event?.kind === 'string' && !/^(?:close|disconnect)$/i.test(event.value))
    return Number.POSITIVE_INFINITY;
  return to.on.takesEventObjects ? 2 : 3;
}

function fromApi(to: FileEmitter, node: ast.Call | ast.New, call_: ApiFunction, target: Target): Expected[] {
  return call_.parameters.map((item: ApiParameter, i) => ({
    name: item.name,
    isRef: item.isRef,
    isCallback: item.isCallback,
    rest: item.rest,
    text: target.kind === 'php' && TEXT_FUNCTIONS.has(target.name) && !item.isCallback && i < 4,
    bytes:
      target.kind === 'api' &&
      /::(?:send|sendto|sendwait|end|write|sendAll)$/.test(target.name) &&
      types.shows(item.type, types.BYTES),
    plain: target.kind === 'api' && types.shows(item.type, types.STRING),
    cloned: target.kind === 'api' && i === 0 && CLONED.test(target.name),
    number:
      target.kind === 'api' &&
      /^Swoole\\/.test(target.name) &&
      types.shows(item.type, types.NUMBER) &&
      types.only(item.type, types.NUMBER | types.NULL),
    waits: false,
    info: null,
    defaultText: item.optional ? 'undefined' : null,
    callback: item.callback ? callbackTypes(to, node, target, item) : null,
    eventArity: i === 1 && target.kind === 'api' && /::on$/.test(target.name) ? arityOf(to, node) : null,
  }));
}

export function parameterAt(parameters: readonly Expected[], index: number): Expected | null {
  const last = parameters[parameters.length - 1];
  return parameters[index] ?? (last?.rest ? last : null);
}
