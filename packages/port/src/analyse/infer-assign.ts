import type * as ast from '../parse/ast.js';
import type { Analysis } from './analysis.js';
import * as shape from './array-shape.js';
import { visit } from './infer-expressions.js';
import { markText, memberName, noteChanged, propertyOf } from './infer-statements.js';
import { literalKey } from './keys.js';
import type { FunctionInfo } from './program-model.js';
import type { Type } from './type.js';
import * as types from './type.js';
import { SUPERGLOBALS } from './variables.js';

/** What a place holds after a value of this type was put there. */
export function assignTo(on: Analysis, fn: FunctionInfo, place: ast.Expression, type: Type): void {
  switch (place.kind) {
    case 'variable':
      assignVariable(on, fn, place, type);
      return;
    case 'byref':
      assignTo(on, fn, place.what, type);
      return;
    case 'list':
    case 'array':
      destructure(on, fn, place, type);
      return;
    case 'offsetlookup':
      assignElement(on, fn, place, type);
      return;
    case 'propertylookup':
    case 'nullsafepropertylookup':
    case 'staticlookup': {
      visit(on, fn, place);
      const property = propertyOf(on, fn, place);
      if (property) on.addToProperty(property, type);
      return;
    }
    default:
      visit(on, fn, place);
  }
}

function assignVariable(on: Analysis, fn: FunctionInfo, place: ast.Variable, type: Type): void {
  if (typeof place.name !== 'string') {
    visit(on, fn, place.name);
    return;
  }
  if (SUPERGLOBALS.has(place.name)) {
    on.filled.add(place.name);
    // Whatever is set there later fits a PhpArray.
    type.array?.use(shape.OTHER_KEY_SET);
    return;
  }
  const variable = on.variables.find(fn, place.name);
  const at = place.loc.start.offset;
  if (!variable.sets.includes(at)) {
    variable.sets.push(at);
    variable.assignments++;
  }
  variable.add(type);
  on.note(place, variableType(variable));
}

/** Bytes that the program uses as text are made text where the variable gets them. */
export function variableType(variable: { type: Type; usedAsText: boolean }): Type {
  const { type } = variable;
  if (!variable.usedAsText || !types.shows(type, types.BYTES)) return type;
  return types.join(types.without(type, types.BYTES), types.kind(types.STRING));
}

function destructure(on: Analysis, fn: FunctionInfo, place: ast.List | ast.ArrayNode, type: Type): void {
  let index = 0;
  for (const item of place.items) {
    if (item?.kind !== 'entry') {
      index++;
      continue;
    }
    const key = item.key ? literalKey(item.key) : index++;
    if (item.key) visit(on, fn, item.key);
    const found =
      typeof key === 'string'
        ? types.fieldOf(type, key)
        : type.array?.fields.has(String(key))
          ? types.fieldOf(type, String(key))
          : types.elementOf(type);
    assignTo(on, fn, item.value, found);
  }
}

function assignElement(on: Analysis, fn: FunctionInfo, place: ast.OffsetLookup, type: Type): void {
  const base = containerOf(on, fn, place.what);
  if (types.only(base, types.STRING)) assignTo(on, fn, place.what, base);
  if (place.offset) {
    visit(on, fn, place.offset);
    useKey(on, fn, base, place.offset, 'set');
  } else base.array?.use(shape.PUSHED);
  base.array?.use(shape.CHANGED);
  const key = place.offset ? literalKey(place.offset) : null;
  if (typeof key === 'string') base.array?.addField(key, type);
  else base.array?.addElement(type);
  noteChanged(on, fn, place.what);
  on.note(place, type);
}

/** The type of what is before `[…]` on the left of an assignment: it becomes an array when there is nothing yet. */
export function containerOf(on: Analysis, fn: FunctionInfo, node: ast.Expression): Type {
  let type = visit(on, fn, node);
  if (type.array || (type.kinds & types.OBJECT && !(type.kinds & types.ARRAY))) return type;
  if (node.kind === 'variable' && typeof node.name === 'string') {
    const variable = on.variables.find(fn, node.name);
    if (variable.isParameter && type.kinds & types.MIXED) return type;
  }
  if (type.kinds & types.MIXED || types.only(type, types.STRING)) return type;
  const made = types.arrayOf(on.shapeAt(node));
  made.array?.use(shape.EMPTY_LITERAL);
  if (node.kind === 'variable' || node.kind === 'offsetlookup') {
    if (node.kind === 'variable') addType(on, fn, node, made);
    else assignElement(on, fn, node, made);
    type = visit(on, fn, node);
    return type.array ? type : types.join(type, made);
  }
  const property = propertyOf(on, fn, node);
  if (property) on.addToProperty(property, made);
  return types.join(type, made);
}

function addType(on: Analysis, fn: FunctionInfo, node: ast.Variable, type: Type): void {
  if (typeof node.name === 'string' && !SUPERGLOBALS.has(node.name))
    on.variables.find(fn, node.name).add(type);
}

/** Notes how a key is used on an array. */
export function useKey(
  on: Analysis,
  fn: FunctionInfo,
  base: Type,
  key: ast.Expression,
  how: 'set' | 'read',
): void {
  if (types.shows(on.typeOf(key), types.BYTES)) markText(on, fn, key);
  if (!base.array) return;
  const constant = literalKey(key);
  const type = on.typeOf(key);
  if (typeof constant === 'string') {
    base.array.use(how === 'set' ? shape.FIELD_SET : shape.FIELD_READ);
    return;
  }
  if (how === 'set') {
    base.array.use(
      constant !== null || types.only(type, types.INT | types.FLOAT)
        ? shape.INT_KEY_SET
        : types.only(type, types.STRING | types.BYTES)
          ? shape.TEXT_KEY_SET
          : shape.OTHER_KEY_SET,
    );
  } else {
    base.array.use(
      constant !== null || types.only(type, types.INT | types.FLOAT)
        ? shape.INT_KEY_READ
        : types.only(type, types.STRING | types.BYTES)
          ? shape.TEXT_KEY_READ
          : shape.OTHER_KEY_READ,
    );
  }
}

export { memberName };
