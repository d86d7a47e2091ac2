import * as shape from '../analyse/array-shape.js';
import { propertyOf } from '../analyse/infer-statements.js';
import * as types from '../analyse/type.js';
import type * as ast from '../parse/ast.js';
import { expression } from './expressions.js';
import type { FileEmitter } from './file-emitter.js';

/** An expression whose value is put away: an array that is changed in place later is copied, as PHP would. */
export function copied(to: FileEmitter, node: ast.Expression): string {
  const text = expression(to, node);
  return isSharedArray(to, node) && changesLater(to, node) ? copyText(to, to.on.typeOf(node), text) : text;
}

/** A copy of an array; where keys of any sort are put into one of open kind, as a PhpArray. */
export function copyText(to: FileEmitter, type: types.Type, text: string): string {
  const { array } = type;
  return `${to.php(array && isOpen(array) ? 'toPhpArray' : 'copyOf')}(${text})`;
}

/** Whether keys of any sort are put into an array of open kind. */
function isOpen(array: shape.ArrayShape): boolean {
  const sets =
    shape.FIELD_SET |
    shape.INT_KEY_SET |
    shape.TEXT_KEY_SET |
    shape.OTHER_KEY_SET |
    shape.UNSET |
    shape.KEYS_KEPT;
  return array.kind === 'any' && array.did(sets) && !array.did(shape.GIVEN_AWAY);
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

/** Whether the array in a variable or property is changed in place. */
function isChangedHere(to: FileEmitter, target: ast.Expression): boolean {
  if (target.kind === 'variable')
    return typeof target.name === 'string' && to.on.variables.find(to.fn, target.name).changes.length > 0;
  return propertyOf(to.on, to.fn, target)?.changedInPlace ?? false;
}

/** The value that a variable gets: copied when one of the two arrays is changed in place later. */
export function assigned(to: FileEmitter, target: ast.Expression, value: ast.Expression): string {
  const text = expression(to, value);
  const type = to.on.typeOf(value);
  if (!isSharedArray(to, value)) {
    // What a function gives may be a list or a record, which cannot have all the keys that are put into it.
    const made = value.kind === 'call' && types.only(type, types.ARRAY) && type.array && isOpen(type.array);
    return made && isChangedHere(to, target) ? `${to.php('toPhpArray')}(${text})` : text;
  }
  return isChangedHere(to, target) || changesLater(to, value)
    ? copyText(to, to.on.typeOf(value), text)
    : text;
}
