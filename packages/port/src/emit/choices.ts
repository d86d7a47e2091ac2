import * as types from '../analyse/type.js';
import type * as ast from '../parse/ast.js';
import { isOnlyBytes, strict } from './comparisons.js';
import { condition } from './conditions.js';
import { expression } from './expressions.js';
import type { FileEmitter } from './file-emitter.js';
import { isPlainTruth } from './operators.js';

export function ternary(to: FileEmitter, node: ast.RetIf): string {
  if (node.trueExpr) {
    return `(${condition(to, node.test)} ? ${expression(to, node.trueExpr)} : ${expression(to, node.falseExpr)})`;
  }
  const type = to.on.typeOf(node.test);
  const fallback = expression(to, node.falseExpr);
  if (isPlainTruth(type)) return `(${expression(to, node.test)} || ${fallback})`;
  if (isSimple(node.test))
    return `(${condition(to, node.test)} ? ${expression(to, node.test)} : ${fallback})`;
  if (types.only(type, types.STRING | types.FALSE | types.NULL | types.TRUE))
    return `${to.php('either')}(${expression(to, node.test)}, () => ${fallback})`;
  return `${to.php('either')}(${expression(to, node.test)}, () => ${fallback})`;
}

const isSimple = (node: ast.Expression): boolean =>
  node.kind === 'variable' ||
  ((node.kind === 'propertylookup' || node.kind === 'staticlookup') &&
    (node.what.kind === 'variable' || node.what.kind.endsWith('reference')));

/** `match` as a chain of conditions, which ends by throwing when nothing matches. */
export function matchText(to: FileEmitter, node: ast.Match): string {
  const isTrue = node.cond.kind === 'boolean';
  let subject: ast.Expression = node.cond;
  if (!isTrue && !isSimple(node.cond)) subject = hoist(to, node.cond, 'subject');
  const arms = node.arms.map((arm) => {
    const body = expression(to, arm.body);
    if (arm.conds === null) return { test: null, body };
    const tests = arm.conds.map((item) => {
      if (node.cond.kind === 'boolean')
        return node.cond.value ? condition(to, item) : `!(${condition(to, item)})`;
      return strict(to, { kind: 'bin', type: '===', left: subject, right: item, loc: item.loc });
    });
    return {
      test: tests.length === 1 ? (tests[0] ?? '') : tests.map((test) => `(${test})`).join(' || '),
      body,
    };
  });
  const last = arms.find(({ test }) => test === null);
  const end = last?.body ?? `${to.php('unhandledMatch')}(${isTrue ? 'true' : expression(to, subject)})`;
  return `(${arms
    .filter(({ test }) => test !== null)
    .map(({ test, body }) => `(${test}) ? ${body} : `)
    .join('')}${end})`;
}

/** Puts an expression into a constant before the statement, and gives a node that stands for it. */
function hoist(to: FileEmitter, node: ast.Expression, base: string): ast.Expression {
  const name = to.temporary(base);
  const text = expression(to, node);
  const type = to.on.typeOf(node);
  const stand: ast.Variable = { kind: 'variable', name, curly: false, loc: node.loc };
  const variable = to.on.variables.find(to.fn, name);
  to.renamed.set(variable, name);
  const bytes = isOnlyBytes(type);
  variable.add(bytes ? types.kind(types.STRING) : type);
  to.on.note(stand, bytes ? types.kind(types.STRING) : type);
  to.prelude.push(`const ${name} = ${bytes ? `${to.php('text')}(${text})` : text};`);
  return stand;
}
