import type * as ast from '../parse/ast.js';
import type { Analysis } from './analysis.js';
import * as shape from './array-shape.js';
import { unionShape } from './infer-arrays.js';
import { visit } from './infer-expressions.js';
import { classOf, markText } from './infer-statements.js';
import type { FunctionInfo } from './program-model.js';
import type { Type } from './type.js';
import * as types from './type.js';

const COMPARISONS = new Set([
  '==',
  '!=',
  '<>',
  '===',
  '!==',
  '<',
  '>',
  '<=',
  '>=',
  'and',
  'or',
  'xor',
  '&&',
  '||',
  'instanceof',
]);

const EQUALITY = new Set(['==', '!=', '<>', '===', '!==']);

/** What an arithmetic operator, `.` or a bitwise one gives. */
export function operated(operator: string, left: Type, right: Type): Type {
  if ((left.kinds === 0 || right.kinds === 0) && /^[-+*]$/.test(operator)) return types.NOTHING;
  switch (operator) {
    case '.':
      return types.kind(
        types.shows(left, types.BYTES) || types.shows(right, types.BYTES)
          ? types.STRING | types.BYTES
          : types.STRING,
      );
    case '%':
    case '<<':
    case '>>':
    case '&':
    case '|':
    case '^':
      return types.kind(types.INT);
    case '+':
      if (types.only(left, types.ARRAY) && left.array && right.array) {
        return types.arrayOf(unionShape(left.array, right.array));
      }
      if (types.shows(left, types.ARRAY) && types.shows(right, types.ARRAY)) return types.kind(types.ARRAY);
      break;
    case '/':
      return types.kind(types.NUMBER);
    default:
  }
  const big = (left.kinds | right.kinds) & types.BIGINT;
  if (big) return types.kind(types.NUMBER | types.BIGINT);
  return types.only(left, types.INT | types.BOOL | types.NULL) &&
    types.only(right, types.INT | types.BOOL | types.NULL)
    ? types.kind(types.INT)
    : types.kind(types.NUMBER);
}

export function binary(on: Analysis, fn: FunctionInfo, node: ast.Bin): Type {
  if (node.type === 'instanceof') return instanceOf(on, fn, node);
  const left = visit(on, fn, node.left);
  const right = visit(on, fn, node.right);
  if (EQUALITY.has(node.type)) {
    markText(on, fn, node.left);
    markText(on, fn, node.right);
  }
  if (COMPARISONS.has(node.type)) return types.kind(types.BOOL);
  if (node.type === '<=>') return types.kind(types.INT);
  if (node.type === '??') return types.join(types.without(left, types.NULL), right);
  if (node.type === '.') {
    markText(on, fn, node.left);
    markText(on, fn, node.right);
  }
  if (node.type === '+' && left.array && right.array) {
    const made = on.fresh(node, 'union', types.arrayOf(new shape.ArrayShape('any')));
    made.array?.addElement(left.array.element);
    made.array?.addElement(right.array.element);
    return made;
  }
  return operated(node.type, left, right);
}

function instanceOf(on: Analysis, fn: FunctionInfo, node: ast.Bin): Type {
  visit(on, fn, node.left);
  const name = classOf(on, fn, node.right as ast.Expression);
  const info = name === null ? null : on.symbols.class(name);
  if (info) info.askedFor = true;
  if (node.right.kind === 'variable') visit(on, fn, node.right);
  return types.kind(types.BOOL);
}

export function cast(on: Analysis, fn: FunctionInfo, node: ast.Cast): Type {
  const type = visit(on, fn, node.expr);
  switch (node.type) {
    case 'int':
    case 'integer':
      return types.kind(types.INT);
    case 'float':
    case 'double':
    case 'real':
      return types.kind(types.NUMBER);
    case 'string':
    case 'binary':
      markText(on, fn, node.expr);
      return types.kind(types.STRING);
    case 'bool':
    case 'boolean':
      return types.kind(types.BOOL);
    case 'array':
      return type.array && types.only(type, types.ARRAY)
        ? type
        : on.fresh(node, 'cast', types.arrayOf(new shape.ArrayShape('any')));
    case 'unset':
      return types.kind(types.NULL);
    default:
      return types.ANYTHING;
  }
}
