import { propertyOf } from '../analyse/infer-statements.js';
import * as types from '../analyse/type.js';
import type * as ast from '../parse/ast.js';
import { expression } from './expressions.js';
import type { FileEmitter } from './file-emitter.js';

/** An expression whose value is put away: an array that is changed in place later is copied, as PHP would. */
export function copied(to: FileEmitter, node: ast.Expression): string {
  const text = expression(to, node);
  return isSharedArray(to, node) && changesLater(to, node) ? `${to.php('copyOf')}(${text})` : text;
}

/** Whether an expression names a place that holds an array. */
export function isSharedArray(to: FileEmitter, node: ast.Expression): boolean {
  const type = to.on.typeOf(node);
  if (!types.shows(type, types.ARRAY)) return false;
  return (
    node.kind === 'variable' ||
    node.kind === 'propertylookup' ||
    node.kind === 'staticlookup' ||
    node.kind === 'offsetlookup'
  );
}

/** Whether the array in a place is changed after the expression, or in a loop around it. */
export function changesLater(to: FileEmitter, node: ast.Expression): boolean {
  if (node.kind === 'variable') {
    if (typeof node.name !== 'string' || node.name === 'this') return false;
    const variable = to.on.variables.find(to.fn, node.name);
    const at = node.loc.start.offset;
    const next = variable.sets.filter((offset) => offset > at).sort((a, b) => a - b)[0];
    return variable.changes.some((offset) => offset > at && (next === undefined || offset < next));
  }
  if (node.kind === 'offsetlookup') return false;
  return propertyOf(to.on, to.fn, node)?.changedInPlace ?? false;
}

/** The value that a variable gets: copied when one of the two arrays is changed in place later. */
export function assigned(to: FileEmitter, target: ast.Expression, value: ast.Expression): string {
  const text = expression(to, value);
  if (!isSharedArray(to, value)) return text;
  const own =
    target.kind === 'variable' &&
    typeof target.name === 'string' &&
    to.on.variables.find(to.fn, target.name).changes.length > 0;
  const property = target.kind === 'variable' ? null : propertyOf(to.on, to.fn, target);
  return own || property?.changedInPlace || changesLater(to, value) ? `${to.php('copyOf')}(${text})` : text;
}
