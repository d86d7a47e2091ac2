import type * as ast from '../parse/ast.js';
import type { Analysis } from './analysis.js';
import { classOf, ownerOf } from './infer-statements.js';
import type { FunctionInfo } from './program-model.js';
import type { Type } from './type.js';
import * as types from './type.js';

/** What a callable written as a string or an array means. */
export type Callable =
  | { kind: 'function'; name: string; info: FunctionInfo | null }
  | { kind: 'static'; owner: string; method: string; info: FunctionInfo | null }
  | { kind: 'method'; object: ast.Expression; method: string; infos: FunctionInfo[] };

/** Reads `'name'`, `'A::b'`, `[$this, 'name']` and `[A::class, 'name']`; null for what is no such callable. */
export function readCallable(on: Analysis, fn: FunctionInfo, node: ast.Argument): Callable | null {
  if (node.kind === 'string') return fromText(on, fn, node.value);
  if (node.kind !== 'array' || node.items.length !== 2) return null;
  const [first, second] = node.items.map((item) =>
    item.kind === 'entry' ? (item.key ? null : item.value) : item,
  );
  if (!first || !second || first.kind === 'variadic' || second.kind !== 'string') return null;
  const method = second.value;
  if (first.kind === 'staticlookup' && first.offset.kind === 'identifier' && first.offset.name === 'class') {
    const owner = classOf(on, fn, first.what);
    return owner === null ? null : ofClass(on, owner, method);
  }
  if (first.kind === 'string')
    return ofClass(on, on.symbols.resolveClass(`\\${first.value}`, on.namesOf(fn)), method);
  if (first.kind === 'magic') return ofClass(on, ownerOf(fn)?.name ?? '', method);
  const infos = on
    .typeOf(first)
    .classes.map((name) => on.symbols.class(name))
    .map((info) => info && on.symbols.method(info, method))
    .filter((info) => info !== null && info !== undefined);
  return { kind: 'method', object: first, method, infos };
}

function fromText(on: Analysis, fn: FunctionInfo, text: string): Callable | null {
  const [owner, method] = text.split('::');
  if (owner !== undefined && method !== undefined) {
    const name = /^(?:self|static)$/i.test(owner)
      ? (ownerOf(fn)?.name ?? owner)
      : on.symbols.resolveClass(`\\${owner}`, on.namesOf(fn));
    return ofClass(on, name, method);
  }
  if (!/^\\?[a-z_][\w\\]*$/i.test(text)) return null;
  const name = text.replace(/^\\/, '');
  return { kind: 'function', name, info: on.symbols.functionOf(name, on.namesOf(fn)) };
}

function ofClass(on: Analysis, owner: string, method: string): Callable {
  const info = on.symbols.class(owner);
  return { kind: 'static', owner, method, info: info && on.symbols.method(info, method) };
}

/** The functions of the program that a callable may be. */
export function functionsOf(on: Analysis, fn: FunctionInfo, node: ast.Argument): FunctionInfo[] {
  const callable = readCallable(on, fn, node);
  if (callable?.kind === 'method') return callable.infos;
  if (callable) return callable.info ? [callable.info] : [];
  const type = node.kind === 'namedargument' ? on.typeOf(node.value) : on.typeOf(node);
  const invoked = type.classes
    .map((name) => on.symbols.class(name))
    .map((info) => info && on.symbols.method(info, '__invoke'))
    .filter((info) => info !== null && info !== undefined);
  return [...type.functions, ...invoked];
}

/** The type of a callable in a place where one is expected. */
export function callableType(on: Analysis, fn: FunctionInfo, node: ast.Argument): Type {
  const functions = functionsOf(on, fn, node);
  return { kinds: types.FN, classes: [], array: null, functions };
}
