import type * as ast from '../parse/ast.js';
import type { Analysis } from './analysis.js';
import * as shape from './array-shape.js';
import { useKey } from './infer-assign.js';
import { visit } from './infer-expressions.js';
import { literalKey } from './keys.js';
import type { FunctionInfo } from './program-model.js';
import type { Type } from './type.js';
import * as types from './type.js';

export function arrayLiteral(on: Analysis, fn: FunctionInfo, node: ast.ArrayNode): Type {
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

export function unionShape(left: shape.ArrayShape, right: shape.ArrayShape): shape.ArrayShape {
  const made = new shape.ArrayShape('any');
  made.addElement(left.element);
  made.addElement(right.element);
  return made;
}

export function element(on: Analysis, fn: FunctionInfo, node: ast.OffsetLookup): Type {
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
