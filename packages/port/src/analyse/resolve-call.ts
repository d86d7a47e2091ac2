import type * as ast from '../parse/ast.js';
import { table } from '../table.js';
import type { Analysis, Target } from './analysis.js';
import { visit } from './infer-expressions.js';
import { foreignApi } from './infer-members.js';
import { classOf, memberName } from './infer-statements.js';
import type { FunctionInfo } from './program-model.js';
import type { Type } from './type.js';
import * as types from './type.js';

export function resolve(on: Analysis, fn: FunctionInfo, node: ast.Call): Target | null {
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
const TELLING = table<string>({
  push: 'Swoole\\WebSocket\\Server',
  isEstablished: 'Swoole\\WebSocket\\Server',
  taskwait: 'Swoole\\Server',
  rawContent: 'Swoole\\Http\\Request',
});

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
