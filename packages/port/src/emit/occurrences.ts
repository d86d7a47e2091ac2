import type { Analysis } from '../analyse/analysis.js';
import type { FunctionInfo, VariableInfo } from '../analyse/program-model.js';
import { SUPERGLOBALS } from '../analyse/variables.js';
import type * as ast from '../parse/ast.js';
import { childrenOf } from '../parse/walk.js';
import type { Occurrence, Step } from './declaration-places.js';

export function collect(on: Analysis, fn: FunctionInfo): Map<VariableInfo, Occurrence[]> {
  const found = new Map<VariableInfo, Occurrence[]>();
  const note = (
    scope: FunctionInfo,
    node: ast.Variable,
    path: Step[],
    writes: boolean,
    inFunction: boolean,
  ) => {
    if (typeof node.name !== 'string' || node.name === 'this' || SUPERGLOBALS.has(node.name)) return;
    const variable = on.variables.find(scope, node.name);
    const all = found.get(variable);
    const item = { path, node, writes, inFunction };
    if (all) all.push(item);
    else found.set(variable, [item]);
  };
  const expression = (
    node: ast.Node,
    scope: FunctionInfo,
    path: Step[],
    inFunction: boolean,
    writes = false,
  ): void => {
    switch (node.kind) {
      case 'variable':
        note(scope, node, path, writes, inFunction);
        if (typeof node.name !== 'string') expression(node.name, scope, path, inFunction);
        return;
      case 'closure':
      case 'arrowfunc': {
        const info = on.symbols.infos.get(node);
        if (!info) return;
        if (node.kind === 'closure') for (const use of node.uses) note(scope, use, path, false, inFunction);
        for (const parameter of node.arguments)
          if (parameter.value) expression(parameter.value, info, path, inFunction);
        expression(node.body, info, path, inFunction);
        return;
      }
      case 'staticlookup':
        // `self::$name` is no variable.
        expression(node.what, scope, path, inFunction);
        if (node.offset.kind !== 'variable') expression(node.offset, scope, path, inFunction);
        else if (typeof node.offset.name !== 'string') expression(node.offset.name, scope, path, inFunction);
        return;
      case 'function':
      case 'method': {
        const info = on.symbols.infos.get(node);
        if (info && node.body) expression(node.body, info, path, true);
        return;
      }
      case 'assign':
      case 'assignref': {
        const isPattern = node.left.kind === 'list' || node.left.kind === 'array';
        expression(node.left, scope, path, inFunction, node.left.kind === 'variable' || isPattern);
        expression(node.right, scope, path, inFunction);
        return;
      }
      case 'list':
      case 'array':
        for (const item of node.items) if (item) expression(item, scope, path, inFunction, writes);
        return;
      case 'entry':
        if (node.key) expression(node.key, scope, path, inFunction);
        expression(node.value, scope, path, inFunction, writes);
        return;
      default:
        for (const child of childrenOf(node)) expression(child, scope, path, inFunction);
    }
  };
  const block = (statements: readonly ast.Node[], path: Step[], isLoop: boolean): void => {
    for (const statement of statements) step(statement, [...path, { block: statements, statement, isLoop }]);
  };
  const step = (node: ast.Node, path: Step[]): void => {
    switch (node.kind) {
      case 'namespace':
      case 'block':
      case 'declare':
        if (node.children) block(node.children, path, false);
        return;
      case 'if':
        expression(node.test, fn, path, false);
        block(node.body.children, path, false);
        if (node.alternate?.kind === 'if') step(node.alternate, path);
        else if (node.alternate) block(node.alternate.children, path, false);
        return;
      case 'for':
        for (const item of [...node.init, ...node.test, ...node.increment]) expression(item, fn, path, false);
        if (node.body) block(bodyOf(node.body), path, true);
        return;
      case 'foreach':
        expression(node.source, fn, path, false);
        if (node.key) expression(node.key, fn, path, false, true);
        expression(node.value, fn, path, false, true);
        if (node.body) block(bodyOf(node.body), path, true);
        return;
      case 'while':
      case 'do':
        expression(node.test, fn, path, false);
        if (node.body) block(bodyOf(node.body), path, true);
        return;
      case 'switch':
        expression(node.test, fn, path, false);
        for (const item of node.body.children) {
          if (item.test) expression(item.test, fn, path, false);
          if (item.body) block(item.body.children, path, false);
        }
        return;
      case 'try':
        block(node.body.children, path, false);
        for (const each of node.catches) block(each.body.children, path, false);
        if (node.always) block(node.always.children, path, false);
        return;
      case 'global':
      case 'static':
        return;
      default:
        expression(node, fn, path, false);
    }
  };
  if (fn.node === null) block(fn.file.parsed.program.children, [], false);
  else if (fn.node.kind !== 'arrowfunc' && fn.node.body) block(fn.node.body.children, [], false);
  for (const file of on.symbols.files) {
    if (fn.node !== null || file === fn.file) continue;
    for (const info of on.symbols.infos.values()) {
      if (info.file === file && info.globals.size > 0 && info.node?.body)
        expression(info.node.body, info, [], true);
    }
  }
  return found;
}

const bodyOf = (node: ast.Node): readonly ast.Node[] => (node.kind === 'block' ? node.children : [node]);
