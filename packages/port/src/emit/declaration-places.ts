import type { VariableInfo } from '../analyse/program-model.js';
import type * as ast from '../parse/ast.js';
import type { DeclarationPlan, Declared } from './declarations.js';

export interface Step {
  block: readonly ast.Node[];
  statement: ast.Node;
  isLoop: boolean;
}

export interface Occurrence {
  path: Step[];
  node: ast.Variable;
  writes: boolean;
  /** Within a function of its own that this variable is global for. */
  inFunction: boolean;
}

/** Something that a statement could declare. */
export interface Action {
  kind: 'at' | 'head' | 'pattern';
  statement: ast.Node;
  variable: VariableInfo;
  constant: boolean;
}

/** Statements that declare a variable for all its occurrences; null when it has to be declared in front. */
export function place(variable: VariableInfo, own: readonly Occurrence[], depth: number): Action[] | null {
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
export function settlePatterns(
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

export function addTo(map: Map<ast.Node, Declared>, { statement, variable, constant }: Action): void {
  const known = map.get(statement);
  if (known) known.set(variable, { constant });
  else map.set(statement, new Map([[variable, { constant }]]));
}

export function push(map: Map<ast.Node, VariableInfo[]>, node: ast.Node, variable: VariableInfo): void {
  const known = map.get(node);
  if (known) known.push(variable);
  else map.set(node, [variable]);
}
