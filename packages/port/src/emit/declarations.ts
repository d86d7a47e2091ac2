import type { Analysis } from '../analyse/analysis.js';
import type { FunctionInfo, VariableInfo } from '../analyse/program-model.js';
import type * as ast from '../parse/ast.js';
import { walk } from '../parse/walk.js';
import type { Action, Occurrence } from './declaration-places.js';
import { addTo, place, push, settlePatterns } from './declaration-places.js';
import { collect } from './occurrences.js';

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
