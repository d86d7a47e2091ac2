import type { Type } from './type.js';
import * as types from './type.js';

/** What of a type fits a declared one: its arrays and functions are kept, kinds that PHP would not let pass are not. */
export function mask(type: Type, declared: Type): Type {
  if (declared.kinds & types.MIXED) return types.join(declared, type);
  const kinds = type.kinds & declared.kinds;
  const fits = types.without(type, ~kinds & ~types.MIXED);
  return types.without(types.join(declared, fits), types.MIXED);
}

export function instantiate(type: Type, depth = 0): Type {
  if (!type.array || depth > 4) return type;
  const old = type.array.root;
  const shape = old.copy((inner) => instantiate(inner, depth + 1));
  return { kinds: type.kinds, classes: type.classes, array: shape, functions: type.functions };
}
