import type * as ast from '../parse/ast.js';
import { isBinary } from '../parse/strings.js';
import type { Analysis } from './analysis.js';
import * as shape from './array-shape.js';
import { noteChange } from './array-shape.js';
import { assignTo, useKey, variableType } from './infer-assign.js';
import { visitCall } from './infer-calls.js';
import { visitNew } from './infer-new.js';
import {
  classOf,
  markText,
  memberName,
  noteChanged,
  ownerOf,
  propertyOf,
  visitStatements,
} from './infer-statements.js';
import { literalKey } from './keys.js';
import type { FunctionInfo } from './program-model.js';
import type { Type } from './type.js';
import * as types from './type.js';
import { SUPERGLOBALS } from './variables.js';

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
  if (SUPERGLOBALS.has(node.name)) return types.ANYTHING;
  return variableType(on.variables.find(fn, node.name));
}

function arrayLiteral(on: Analysis, fn: FunctionInfo, node: ast.ArrayNode): Type {
  const made = on.shapeAt(node);
  let texts = 0;
  let ints = 0;
  let computedTexts = 0;
  let plain = 0;
  for (const item of node.items) {
    if (item.kind === 'variadic') {
      const type = visit(on, fn, item.what);
      if (type.array) made.addElement(type.array.element);
      plain++;
      continue;
    }
    if (item.kind !== 'entry') {
      made.addElement(visit(on, fn, item));
      plain++;
      continue;
    }
    const value = visit(on, fn, item.value);
    if (item.unpack) {
      if (value.array?.kind === 'record') texts++;
      else if (value.kinds === 0 || value.array?.kind === 'list' || types.only(value, types.OBJECT)) plain++;
      else ints += 0.5;
      if (value.array) made.addElement(value.array.element);
      continue;
    }
    if (!item.key) {
      plain++;
      made.addElement(value);
      continue;
    }
    const keyType = visit(on, fn, item.key);
    const key = literalKey(item.key);
    if (typeof key === 'string') {
      texts++;
      made.addField(key, value);
    } else {
      if (key !== null || types.only(keyType, types.INT)) ints++;
      else if (types.only(keyType, types.STRING)) computedTexts++;
      else ints += 0.5;
      made.addElement(value);
    }
  }
  made.use(literalUse(plain, texts, ints, computedTexts));
  return types.arrayOf(made);
}

function literalUse(plain: number, texts: number, ints: number, computedTexts: number): number {
  if (plain + texts + ints + computedTexts === 0) return shape.EMPTY_LITERAL;
  if (plain > 0) return texts + ints + computedTexts > 0 ? shape.ODD_LITERAL : shape.LIST_LITERAL;
  if (ints > 0)
    return texts + computedTexts > 0 || !Number.isInteger(ints) ? shape.ODD_LITERAL : shape.INT_KEY_LITERAL;
  return computedTexts > 0 ? shape.TEXT_KEY_LITERAL : shape.RECORD_LITERAL;
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

/** What an arithmetic operator, `.` or a bitwise one gives. */
function operated(operator: string, left: Type, right: Type): Type {
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

function unionShape(left: shape.ArrayShape, right: shape.ArrayShape): shape.ArrayShape {
  const made = new shape.ArrayShape('any');
  made.addElement(left.element);
  made.addElement(right.element);
  return made;
}

function binary(on: Analysis, fn: FunctionInfo, node: ast.Bin): Type {
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

function cast(on: Analysis, fn: FunctionInfo, node: ast.Cast): Type {
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

function constant(on: Analysis, fn: FunctionInfo, node: ast.Name): Type {
  const name = on.symbols.constantName(node.name, on.namesOf(fn));
  const own = on.symbols.constants.get(name);
  if (own) return own.type;
  if (/^(?:true|false|null)$/i.test(name)) {
    return types.kind(/^true$/i.test(name) ? types.TRUE : /^false$/i.test(name) ? types.FALSE : types.NULL);
  }
  if (on.api.hasConstant(name)) {
    on.use(fn, node, name);
    if (/OPCODE_BINARY|OPCODE_PONG|OPCODE_PING/.test(name)) on.mentionsBinary = true;
    return types.kind(types.INT);
  }
  if (name === 'PHP_INT_MAX' || name === 'PHP_INT_MIN') return types.kind(types.INT | types.BIGINT);
  if (/^(?:PHP_EOL|DIRECTORY_SEPARATOR|PHP_OS|PHP_OS_FAMILY|PHP_VERSION)$/.test(name))
    return types.kind(types.STRING);
  if (on.api.hasPhp(name)) return on.fresh(node, 'constant', on.api.phpConstant(name));
  return types.ANYTHING;
}

function propertyType(
  on: Analysis,
  fn: FunctionInfo,
  node: ast.PropertyLookup | ast.NullSafePropertyLookup,
): Type {
  const what = visit(on, fn, node.what);
  if (node.offset.kind !== 'identifier' && node.offset.kind !== 'name')
    visit(on, fn, node.offset as ast.Expression);
  const name = memberName(node);
  if (what.kinds === 0) return types.NOTHING;
  if (name === null) return types.ANYTHING;
  const nullable = node.kind === 'nullsafepropertylookup' ? types.kind(types.NULL) : types.NOTHING;
  const own = propertyOf(on, fn, node);
  if (own) return types.join(own.type, nullable);
  let found = types.NOTHING;
  for (const each of what.classes) {
    const api = on.api.class(each) ?? foreignApi(on, each);
    const member = api?.member(
      api.name.endsWith('\\Response') && /^(?:header|cookie|trailer)$/.test(name) ? `${name}s` : name,
    );
    if (!api || !member) continue;
    on.use(fn, node, `${api.name}::$${name}`);
    found = types.join(found, on.fresh(node, `${each}.${name}`, member.type));
  }
  if (what.array && !(what.kinds & types.OBJECT)) found = types.join(found, what.array.field(name));
  return found === types.NOTHING ? types.ANYTHING : types.join(found, nullable);
}

/** The API's class above one of the program's. */
export function foreignApi(on: Analysis, name: string) {
  const info = on.symbols.class(name);
  const parent = info && on.symbols.foreignParent(info);
  return parent ? on.api.class(parent) : null;
}

function staticType(on: Analysis, fn: FunctionInfo, node: ast.StaticLookup): Type {
  if (node.what.kind === 'variable') visit(on, fn, node.what);
  const name = memberName(node);
  const owner = classOf(on, fn, node.what);
  if (name === null || owner === null) return name === 'class' ? types.kind(types.STRING) : types.ANYTHING;
  if (name === 'class') return types.kind(types.STRING);
  const info = on.symbols.class(owner);
  if (node.offset.kind === 'variable') {
    const property = propertyOf(on, fn, node);
    return property ? property.type : types.ANYTHING;
  }
  if (info) {
    if (info.cases.includes(name)) return types.objectOf(info.name);
    for (const each of [info, ...on.symbols.ancestors(info)]) {
      const constant = each.constants.get(name);
      if (constant) return constant.type;
    }
  }
  const api = on.api.class(owner) ?? foreignApi(on, owner);
  const member = api?.staticMember(name);
  if (api && member) {
    on.use(fn, node, `${api.name}::${name}`);
    return on.fresh(node, 'static', member.type);
  }
  return types.ANYTHING;
}

function element(on: Analysis, fn: FunctionInfo, node: ast.OffsetLookup): Type {
  const base = visit(on, fn, node.what);
  if (!node.offset) return types.elementOf(base);
  visit(on, fn, node.offset);
  useKey(on, fn, base, node.offset, 'read');
  const key = literalKey(node.offset);
  if (types.only(base, types.STRING)) return types.kind(types.STRING);
  if (types.only(base, types.BYTES)) return types.kind(types.BYTES);
  if (base.kinds === 0) return types.NOTHING;
  if (base.kinds & types.OBJECT && !base.array) return types.ANYTHING;
  const found = typeof key === 'string' ? types.fieldOf(base, key) : types.elementOf(base);
  return base.kinds & types.MIXED ? types.join(found, types.ANYTHING) : found;
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
