import type { Analysis } from '../analyse/analysis.js';
import type { FunctionInfo, VariableInfo } from '../analyse/program-model.js';
import { SUPERGLOBALS } from '../analyse/variables.js';
import type * as ast from '../parse/ast.js';
import { childrenOf } from '../parse/walk.js';

/** Where the variables of a function are declared. */
export interface DeclarationPlan {
  /** Statements that declare by their own assignment, and what. */
  at: Map<ast.Node, Set<VariableInfo>>;
  /** What is declared in front of a statement. */
  before: Map<ast.Node, VariableInfo[]>;
  /** What a loop declares in its head. */
  heads: Map<ast.Node, Set<VariableInfo>>;
  /** What nothing but other functions mention. */
  first: VariableInfo[];
}

interface Step {
  block: readonly ast.Node[];
  statement: ast.Node;
  isLoop: boolean;
}

interface Occurrence {
  path: Step[];
  node: ast.Variable;
  writes: boolean;
  /** Within a function of its own that this variable is global for. */
  inFunction: boolean;
}

/** Decides where each variable of a function is declared: as near to its use as its meaning allows. */
export function planDeclarations(on: Analysis, fn: FunctionInfo): DeclarationPlan {
  const plan: DeclarationPlan = { at: new Map(), before: new Map(), heads: new Map(), first: [] };
  const found = collect(on, fn);
  const patterns = new Map<ast.Node, Set<VariableInfo>>();
  const hoisted: [VariableInfo, ast.Node][] = [];
  for (const [variable, all] of found) {
    if (
      variable.owner !== fn ||
      variable.isParameter ||
      fn.statics.has(variable.name) ||
      isOwnCopy(on, fn, variable)
    )
      continue;
    const own = all.filter((item) => !item.inFunction);
    const [first] = own;
    if (!first) {
      plan.first.push(variable);
      continue;
    }
    const depth = own.length < all.length ? 0 : commonDepth(own);
    place(variable, own, depth, plan, patterns, hoisted);
  }
  settlePatterns(plan, patterns, hoisted);
  for (const [variable, statement] of hoisted) push(plan.before, statement, variable);
  return plan;
}

function isOwnCopy(on: Analysis, fn: FunctionInfo, variable: VariableInfo): boolean {
  return on.variables.ownCopies(fn).includes(variable.name);
}

function commonDepth(all: readonly Occurrence[]): number {
  const [first] = all;
  if (!first) return 0;
  let depth = first.path.length - 1;
  for (const { path } of all) {
    while (depth > 0 && (path[depth]?.block !== first.path[depth]?.block || path.length <= depth)) depth--;
  }
  return depth;
}

function place(
  variable: VariableInfo,
  own: readonly Occurrence[],
  depth: number,
  plan: DeclarationPlan,
  patterns: Map<ast.Node, Set<VariableInfo>>,
  hoisted: [VariableInfo, ast.Node][],
): void {
  const [first] = own;
  const step = first?.path[depth];
  if (!first || !step) return;
  const { statement } = step;
  const onlyHere = own.every(({ path }) => path[depth]?.statement === statement);
  if (onlyHere && declaresInHead(statement, variable, own)) {
    addTo(plan.heads, statement, variable);
    return;
  }
  if (
    statement.kind === 'expressionstatement' &&
    statement.expression.kind === 'assign' &&
    statement.expression.operator === '='
  ) {
    const { left, right } = statement.expression;
    if (left.kind === 'variable' && left.name === variable.name && !mentions(right, own)) {
      addTo(plan.at, statement, variable);
      return;
    }
    if ((left.kind === 'list' || left.kind === 'array') && first.writes && !mentions(right, own)) {
      addTo(patterns, statement, variable);
      return;
    }
  }
  let level = depth;
  while (level > 0 && first.path[level]?.isLoop && !first.writes) level--;
  const at = first.path[level]?.statement ?? statement;
  hoisted.push([variable, at]);
}

/** Whether the right side of the first assignment mentions the variable. */
function mentions(right: ast.Node, own: readonly Occurrence[]): boolean {
  const { start, end } = right.loc;
  return own.some(({ node }) => node.loc.start.offset >= start.offset && node.loc.end.offset <= end.offset);
}

function declaresInHead(statement: ast.Node, variable: VariableInfo, own: readonly Occurrence[]): boolean {
  if (statement.kind === 'foreach') {
    const targets = [...targetsOf(statement.key), ...targetsOf(statement.value)];
    return targets.includes(variable.name) && !mentions(statement.source, own);
  }
  if (statement.kind === 'for') {
    return (
      statement.init.length > 0 &&
      statement.init.every(
        (item) => item.kind === 'assign' && item.operator === '=' && item.left.kind === 'variable',
      ) &&
      statement.init.some(
        (item) => item.kind === 'assign' && item.left.kind === 'variable' && item.left.name === variable.name,
      )
    );
  }
  return false;
}

/** The variables that a pattern gives values to, as far as they are plain variables. */
export function targetsOf(node: ast.Expression | null): string[] {
  if (!node) return [];
  if (node.kind === 'variable') return typeof node.name === 'string' ? [node.name] : [];
  if (node.kind === 'byref') return targetsOf(node.what);
  if (node.kind !== 'list' && node.kind !== 'array') return [];
  return node.items.flatMap((item) => (item?.kind === 'entry' ? targetsOf(item.value) : []));
}

function onlyVariables(node: ast.Expression): boolean {
  if (node.kind === 'variable') return typeof node.name === 'string';
  if (node.kind !== 'list' && node.kind !== 'array') return false;
  return node.items.every((item) => item?.kind !== 'entry' || onlyVariables(item.value));
}

/** A pattern declares all its variables or none. */
function settlePatterns(
  plan: DeclarationPlan,
  patterns: Map<ast.Node, Set<VariableInfo>>,
  hoisted: [VariableInfo, ast.Node][],
): void {
  for (const [statement, variables] of patterns) {
    const left =
      statement.kind === 'expressionstatement' && statement.expression.kind === 'assign'
        ? statement.expression.left
        : null;
    const names = new Set([...variables].map(({ name }) => name));
    const all = left && onlyVariables(left) && targetsOf(left).every((name) => names.has(name));
    if (all && ![...variables].some(({ boxed }) => boxed))
      for (const variable of variables) addTo(plan.at, statement, variable);
    else for (const variable of variables) hoisted.push([variable, statement]);
  }
}

function addTo(map: Map<ast.Node, Set<VariableInfo>>, node: ast.Node, variable: VariableInfo): void {
  const known = map.get(node);
  if (known) known.add(variable);
  else map.set(node, new Set([variable]));
}

function push(map: Map<ast.Node, VariableInfo[]>, node: ast.Node, variable: VariableInfo): void {
  const known = map.get(node);
  if (known) known.push(variable);
  else map.set(node, [variable]);
}

function collect(on: Analysis, fn: FunctionInfo): Map<VariableInfo, Occurrence[]> {
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
