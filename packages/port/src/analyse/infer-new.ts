import type * as ast from '../parse/ast.js';
import type { Analysis } from './analysis.js';
import { argumentValue, passArguments, passToApi } from './infer-arguments.js';
import { await_ } from './infer-calls.js';
import { visit } from './infer-expressions.js';
import { foreignApi } from './infer-members.js';
import { classOf } from './infer-statements.js';
import type { FunctionInfo } from './program-model.js';
import type { Type } from './type.js';
import * as types from './type.js';

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
