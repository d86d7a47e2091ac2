import type * as ast from '../parse/ast.js';
import { isBinary } from '../parse/strings.js';
import type { Analysis } from './analysis.js';
import { noteChange } from './array-shape.js';
import { arrayLiteral, element } from './infer-arrays.js';
import { assignTo, variableType } from './infer-assign.js';
import { visitCall } from './infer-calls.js';
import { constant, propertyType, staticType } from './infer-members.js';
import { visitNew } from './infer-new.js';
import { binary, cast, operated } from './infer-operators.js';
import { markText, noteChanged, ownerOf, visitStatements } from './infer-statements.js';
import type { FunctionInfo } from './program-model.js';
import type { Type } from './type.js';
import * as types from './type.js';
import { SUPERGLOBALS } from './variables.js';

/** Finds out what an expression may be. */
export function visit(on: Analysis, fn: FunctionInfo, node: ast.Expression): Type {
  const type = infer(on, fn, node);
  if (type.kinds === 0 && on.final && node.kind !== 'throw' && node.kind !== 'exit')
    return on.note(node, types.ANYTHING);
  return on.note(node, type);
}

function infer(on: Analysis, fn: FunctionInfo, node: ast.Expression): Type {
  switch (node.kind) {
    case 'string':
      return types.kind(isBinary(node) ? types.BYTES : types.STRING);
    case 'nowdoc':
      return types.kind(types.STRING);
    case 'number':
      return numberType(node);
    case 'boolean':
      return types.kind(node.value ? types.TRUE : types.FALSE);
    case 'nullkeyword':
      return types.kind(types.NULL);
    case 'magic':
      return types.kind(/line/i.test(node.raw ?? node.value) ? types.INT : types.STRING);
    case 'encapsed':
      for (const part of node.value) {
        visit(on, fn, part.expression);
        markText(on, fn, part.expression);
      }
      return types.kind(types.STRING);
    case 'variable':
      return variable(on, fn, node);
    case 'array':
      return arrayLiteral(on, fn, node);
    case 'assign':
      return assign(on, fn, node);
    case 'assignref': {
      const type = visit(on, fn, node.right);
      assignTo(on, fn, node.left, type);
      return type;
    }
    case 'bin':
      return binary(on, fn, node);
    case 'unary': {
      const type = visit(on, fn, node.what);
      if (node.type === '!') return types.kind(types.BOOL);
      return types.only(type, types.INT) ? type : types.kind(types.NUMBER);
    }
    case 'pre':
    case 'post': {
      const type = visit(on, fn, node.what);
      if (type.kinds === 0) return types.NOTHING;
      const result = types.only(type, types.INT | types.NULL)
        ? types.kind(types.INT)
        : types.kind(types.NUMBER);
      assignTo(on, fn, node.what, result);
      return result;
    }
    case 'cast':
      return cast(on, fn, node);
    case 'retif': {
      const test = visit(on, fn, node.test);
      const yes = node.trueExpr
        ? visit(on, fn, node.trueExpr)
        : types.without(test, types.FALSE | types.NULL);
      return types.join(yes, visit(on, fn, node.falseExpr));
    }
    case 'silent': {
      return visit(on, fn, node.expr);
    }
    case 'isset':
      for (const item of node.variables) visit(on, fn, item);
      return types.kind(types.BOOL);
    case 'empty':
      visit(on, fn, node.expression);
      return types.kind(types.BOOL);
    case 'exit':
      if (node.expression) visit(on, fn, node.expression);
      return types.NOTHING;
    case 'print':
      visit(on, fn, node.expression);
      return types.kind(types.INT);
    case 'eval':
      visit(on, fn, node.source);
      return types.ANYTHING;
    case 'include':
      visit(on, fn, node.target);
      for (const item of node.variables ?? []) visit(on, fn, item);
      if (on.includes.of(node)?.files.some(({ isTemplate, main }) => isTemplate && main.waits)) {
        on.awaited.add(node);
        on.wait(fn);
      }
      return types.ANYTHING;
    case 'clone':
      return visit(on, fn, node.what);
    case 'call':
      return visitCall(on, fn, node);
    case 'new':
      return visitNew(on, fn, node);
    case 'name':
      return constant(on, fn, node);
    case 'propertylookup':
    case 'nullsafepropertylookup':
      return propertyType(on, fn, node);
    case 'staticlookup':
      return staticType(on, fn, node);
    case 'offsetlookup':
      return element(on, fn, node);
    case 'byref':
      return visit(on, fn, node.what);
    case 'match':
      return match(on, fn, node);
    case 'yield': {
      fn.isGenerator = true;
      if (node.value) fn.yields = types.join(fn.yields, visit(on, fn, node.value));
      if (node.key) {
        visit(on, fn, node.key);
        fn.yieldsKeys = true;
      }
      return types.ANYTHING;
    }
    case 'yieldfrom': {
      fn.isGenerator = true;
      const type = visit(on, fn, node.value);
      fn.yields = types.join(fn.yields, types.elementOf(type));
      if (type.functions.some((each) => each.yieldsKeys)) fn.yieldsKeys = true;
      return types.ANYTHING;
    }
    case 'throw':
      visit(on, fn, node.what);
      return types.NOTHING;
    case 'closure':
    case 'arrowfunc':
      return closure(on, fn, node);
    default:
      return types.ANYTHING;
  }
}

function numberType(node: ast.NumberNode): Type {
  const text = String(node.raw ?? node.value).replaceAll('_', '');
  if (/^0[xob]/i.test(text) || /^\d+$/.test(text)) {
    return types.kind(Number.isSafeInteger(Number(text)) ? types.INT : types.BIGINT);
  }
  return types.kind(types.FLOAT);
}

function variable(on: Analysis, fn: FunctionInfo, node: ast.Variable): Type {
  if (typeof node.name !== 'string') {
    visit(on, fn, node.name);
    return types.ANYTHING;
  }
  if (node.name === 'this') {
    for (let at: FunctionInfo | null = fn; at; at = at.parent) at.usesThis = true;
    const owner = ownerOf(fn);
    return owner ? types.objectOf(owner.name) : types.kind(types.OBJECT);
  }
  if (SUPERGLOBALS.has(node.name)) return superglobal(on, node.name);
  return variableType(on.variables.find(fn, node.name));
}

function superglobal(on: Analysis, name: string): Type {
  if (on.filled.has(name)) return types.ANYTHING;
  if (name === '_ARGV') return types.listOf(types.kind(types.STRING));
  return name === '_ARGC' ? types.kind(types.NUMBER) : types.ANYTHING;
}

function assign(on: Analysis, fn: FunctionInfo, node: ast.Assign): Type {
  const right = visit(on, fn, node.right);
  if (
    node.left.kind === 'variable' &&
    typeof node.left.name === 'string' &&
    !SUPERGLOBALS.has(node.left.name)
  ) {
    on.variables.find(fn, node.left.name).values.add(node.operator === '/=' ? node : node.right);
  }
  if (node.operator === '=') {
    assignTo(on, fn, node.left, right);
    return right;
  }
  const left = visit(on, fn, node.left);
  const operator = node.operator.slice(0, -1);
  let result: Type;
  if (operator === '??') result = types.join(types.without(left, types.NULL), right);
  else result = operated(operator, left, right);
  if (operator === '.') {
    markText(on, fn, node.right);
    markText(on, fn, node.left);
  }
  assignTo(on, fn, node.left, result);
  return result;
}

function match(on: Analysis, fn: FunctionInfo, node: ast.Match): Type {
  visit(on, fn, node.cond);
  markText(on, fn, node.cond);
  let all = types.NOTHING;
  for (const arm of node.arms) {
    for (const item of arm.conds ?? []) visit(on, fn, item);
    all = types.join(all, visit(on, fn, arm.body));
  }
  return all;
}

function closure(on: Analysis, fn: FunctionInfo, node: ast.Closure | ast.ArrowFunc): Type {
  const info = on.symbols.infos.get(node);
  if (!info) return types.kind(types.FN);
  for (const parameter of info.parameters)
    if (parameter.node.value) parameter.variable.add(visit(on, info, parameter.node.value));
  if (node.kind === 'arrowfunc') {
    const type = visit(on, info, node.body);
    if (!info.declared) info.addReturn(type);
  } else {
    for (const name of on.variables.ownCopies(info))
      info.variable(name).add(on.variables.find(fn, name).type);
    for (const use of node.uses)
      if (typeof use.name === 'string') on.variables.find(fn, use.name).captured = true;
    visitStatements(on, info, node.body.children);
  }
  for (const other of info.kin) if (other.waits && !info.waits) on.wait(info);
  return types.functionOf(info);
}

export { noteChange, noteChanged };
