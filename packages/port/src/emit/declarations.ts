import type { Analysis } from '../analyse/analysis.js';
import type { FunctionInfo, VariableInfo } from '../analyse/program-model.js';
import { SUPERGLOBALS } from '../analyse/variables.js';
import type * as ast from '../parse/ast.js';
import { childrenOf, walk } from '../parse/walk.js';

/** Variables that a statement declares, and whether each is never changed. */
export type Declared = Map<VariableInfo, { constant: boolean }>;

/** Where the variables of a function are declared. */
export interface DeclarationPlan {
  /** Statements that declare by their own assignment, and what. */
  at: Map<ast.Node, Declared>;
  /** What is declared in front of a statement. */
  before: Map<ast.Node, VariableInfo[]>;
  /** What a loop declares in its head. */
  heads: Map<ast.Node, Declared>;
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

/** Something that a statement could declare. */
interface Action {
  kind: 'at' | 'head' | 'pattern';
  statement: ast.Node;
  variable: VariableInfo;
  constant: boolean;
}

/** Decides where each variable of a function is declared: as near to its use as its meaning allows. */
export function planDeclarations(on: Analysis, fn: FunctionInfo): DeclarationPlan {
  const plan: DeclarationPlan = { at: new Map(), before: new Map(), heads: new Map(), first: [] };
  const patterns: Action[] = [];
  const hoisted: [VariableInfo, ast.Node][] = [];
  const hoistings = new Map<VariableInfo, ast.Node>();
  for (const [variable, all] of collect(on, fn)) {
    if (
      variable.owner !== fn ||
      variable.isParameter ||
      fn.statics.has(variable.name) ||
      isOwnCopy(on, fn, variable)
    )
      continue;
    if (isCaught(fn, variable.name, all)) continue;
    const own = all.filter((item) => !item.inFunction);
    const [first] = own;
    if (!first) {
      plan.first.push(variable);
      continue;
    }
    const depth = own.length < all.length ? 0 : commonDepth(own);
    const hoistAt = hoistingPlace(first, depth);
    const actions = place(variable, own, depth);
    if (actions && own.length < all.length && variable.sets.length > 1)
      for (const action of actions) action.constant = false;
    if (!actions) {
      hoisted.push([variable, hoistAt]);
      continue;
    }
    hoistings.set(variable, hoistAt);
    for (const action of actions) {
      if (action.kind === 'pattern') patterns.push(action);
      else addTo(action.kind === 'at' ? plan.at : plan.heads, action);
    }
  }
  settlePatterns(plan, patterns, hoisted, hoistings);
  for (const [variable, statement] of hoisted) push(plan.before, statement, variable);
  return plan;
}

/** The statement in front of which a variable is declared that no assignment can declare. */
function hoistingPlace(first: Occurrence, depth: number): ast.Node {
  let level = depth;
  while (level > 0 && first.path[level]?.isLoop && !first.writes) level--;
  return first.path[level]?.statement ?? first.node;
}

function isOwnCopy(on: Analysis, fn: FunctionInfo, variable: VariableInfo): boolean {
  return on.variables.ownCopies(fn).includes(variable.name);
}

/** Whether a variable is only ever the one of `catch` clauses. */
function isCaught(fn: FunctionInfo, name: string, all: readonly Occurrence[]): boolean {
  const root: ast.Node = fn.node ?? fn.file.parsed.program;
  const clauses: ast.Catch[] = [];
  walk(root, (node) => {
    if (node.kind === 'try') clauses.push(...node.catches.filter(({ variable }) => variable?.name === name));
    return true;
  });
  return (
    clauses.length > 0 &&
    all.every(({ node }) =>
      clauses.some(
        ({ loc }) => node.loc.start.offset >= loc.start.offset && node.loc.end.offset <= loc.end.offset,
      ),
    )
  );
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

/** Statements that declare a variable for all its occurrences; null when it has to be declared in front. */
function place(variable: VariableInfo, own: readonly Occurrence[], depth: number): Action[] | null {
  const [first] = own;
  const step = first?.path[depth];
  if (!first || !step) return null;
  const { statement } = step;
  if (
    statement.kind === 'expressionstatement' &&
    statement.expression.kind === 'assign' &&
    statement.expression.operator === '='
  ) {
    const { left, right } = statement.expression;
    const constant = sets(variable, own) <= 1;
    if (left.kind === 'variable' && left.name === variable.name && !mentions(right, own)) {
      return [{ kind: 'at', statement, variable, constant }];
    }
    if ((left.kind === 'list' || left.kind === 'array') && first.writes && !mentions(right, own)) {
      return [{ kind: 'pattern', statement, variable, constant }];
    }
  }
  const actions: Action[] = [];
  for (const group of groups(own, depth)) {
    const inner = placeWithin(variable, group, depth);
    if (!inner) return null;
    actions.push(...inner);
  }
  return actions;
}

/** The occurrences statement by statement of a block. */
function groups(own: readonly Occurrence[], depth: number): Occurrence[][] {
  const all = new Map<ast.Node, Occurrence[]>();
  for (const item of own) {
    const statement = item.path[depth]?.statement;
    if (!statement) continue;
    const group = all.get(statement);
    if (group) group.push(item);
    else all.set(statement, [item]);
  }
  return [...all.values()];
}

/** Declares a variable within one statement: in the head of a loop, or in blocks below it. */
function placeWithin(variable: VariableInfo, own: readonly Occurrence[], depth: number): Action[] | null {
  const statement = own[0]?.path[depth]?.statement;
  if (!statement) return null;
  if (declaresInHead(statement, variable, own)) {
    // One `let` declares all that the head of a `for` begins with.
    const kind = statement.kind === 'for' && statement.init.length > 1 ? 'pattern' : 'head';
    return [{ kind, statement, variable, constant: sets(variable, own) <= 1 }];
  }
  // Something in the statement's own head uses it.
  if (own.some(({ path }) => path.length <= depth + 1)) return null;
  const blocks = new Map<readonly ast.Node[], Occurrence[]>();
  for (const item of own) {
    const block = item.path[depth + 1]?.block;
    if (!block) return null;
    const group = blocks.get(block);
    if (group) group.push(item);
    else blocks.set(block, [item]);
  }
  const actions: Action[] = [];
  for (const group of blocks.values()) {
    const inner = place(variable, group, depth + 1);
    if (!inner) return null;
    actions.push(...inner);
  }
  return actions;
}

/** How often a variable gets a value where these occurrences are. */
function sets(variable: VariableInfo, own: readonly Occurrence[]): number {
  const offsets = new Set(own.map(({ node }) => node.loc.start.offset));
  return variable.sets.filter((offset) => offsets.has(offset)).length;
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

/** What the pattern of a statement declares; null for one with more in it than variables. */
function targetsOfPattern(statement: ast.Node): string[] | null {
  if (statement.kind === 'for')
    return statement.init.flatMap((item) => (item.kind === 'assign' ? targetsOf(item.left) : []));
  if (statement.kind !== 'expressionstatement' || statement.expression.kind !== 'assign') return null;
  const { left } = statement.expression;
  return onlyVariables(left) ? targetsOf(left) : null;
}

/** A pattern declares all its variables or none. */
function settlePatterns(
  plan: DeclarationPlan,
  patterns: readonly Action[],
  hoisted: [VariableInfo, ast.Node][],
  hoistings: ReadonlyMap<VariableInfo, ast.Node>,
): void {
  const failed = new Set<VariableInfo>();
  const byStatement = new Map<ast.Node, Action[]>();
  for (const action of patterns) {
    const known = byStatement.get(action.statement);
    if (known) known.push(action);
    else byStatement.set(action.statement, [action]);
  }
  for (const [statement, actions] of byStatement) {
    const targets = targetsOfPattern(statement);
    const names = new Set(actions.map(({ variable }) => variable.name));
    const all = targets?.every((name) => names.has(name)) ?? false;
    if (!all || actions.some(({ variable }) => variable.boxed))
      for (const { variable } of actions) failed.add(variable);
  }
  let before = -1;
  while (before !== failed.size) {
    before = failed.size;
    for (const actions of byStatement.values()) {
      if (actions.some(({ variable }) => failed.has(variable)))
        for (const { variable } of actions) failed.add(variable);
    }
  }
  for (const map of [plan.at, plan.heads])
    for (const declared of map.values()) for (const variable of failed) declared.delete(variable);
  for (const action of patterns)
    if (!failed.has(action.variable)) addTo(action.statement.kind === 'for' ? plan.heads : plan.at, action);
  for (const variable of failed) {
    const statement = hoistings.get(variable);
    if (statement) hoisted.push([variable, statement]);
  }
}

function addTo(map: Map<ast.Node, Declared>, { statement, variable, constant }: Action): void {
  const known = map.get(statement);
  if (known) known.set(variable, { constant });
  else map.set(statement, new Map([[variable, { constant }]]));
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
