import { ArrayShape } from './array-shape.js';
import type { FunctionInfo } from './program-model.js';

// What a value may be: bits that add up.
export const INT = 1;
export const FLOAT = 2;
/** Text: a JavaScript string. */
export const STRING = 4;
/** A string of bytes: a Buffer. */
export const BYTES = 8;
export const TRUE = 16;
export const FALSE = 32;
export const NULL = 64;
export const ARRAY = 128;
export const OBJECT = 256;
/** Something that can be called, as a JavaScript function. */
export const FN = 512;
/** Nothing is known. */
export const MIXED = 1024;
/** A 64-bit integer that JavaScript may have as a bigint. */
export const BIGINT = 2048;

export const BOOL = TRUE | FALSE;
export const NUMBER = INT | FLOAT;
export const SCALAR = NUMBER | STRING | BYTES | BOOL | BIGINT;

/** What is known of a value. */
export interface Type {
  readonly kinds: number;
  /** The PHP names of the classes that an object may have; empty when any. */
  readonly classes: readonly string[];
  readonly array: ArrayShape | null;
  /** The functions of the program that it may be. */
  readonly functions: readonly FunctionInfo[];
}

const plain = new Map<number, Type>();

/** A type of these kinds and nothing more known. */
export function kind(kinds: number): Type {
  let type = plain.get(kinds);
  if (!type) {
    type = { kinds, classes: [], array: null, functions: [] };
    plain.set(kinds, type);
  }
  return type;
}

export const NOTHING = kind(0);
export const ANYTHING = kind(MIXED);

export function objectOf(...classes: string[]): Type {
  return { kinds: OBJECT, classes, array: null, functions: [] };
}

export function arrayOf(array: ArrayShape): Type {
  return { kinds: ARRAY, classes: [], array, functions: [] };
}

export function functionOf(info: FunctionInfo): Type {
  return { kinds: FN, classes: [], array: null, functions: [info] };
}

/** A list of values of a type. */
export function listOf(element: Type): Type {
  const shape = new ArrayShape('list');
  shape.addElement(element);
  return arrayOf(shape);
}

/** What may be one or the other. The arrays of both become one shape. */
export function join(a: Type, b: Type): Type {
  if (a === b || b === NOTHING) return a;
  if (a === NOTHING) return b;
  const kinds = a.kinds | b.kinds;
  const array = a.array && b.array ? a.array.unite(b.array) : (a.array ?? b.array);
  const classes = union(a, b, a.classes, b.classes);
  const functions = union2(a.functions, b.functions);
  if (kinds === a.kinds && array === a.array && classes === a.classes && functions === a.functions) return a;
  if (!array && classes.length === 0 && functions.length === 0) return kind(kinds);
  return { kinds, classes, array, functions };
}

/** Classes are known only when each side that may be an object knows its own. */
function union(a: Type, b: Type, one: readonly string[], two: readonly string[]): readonly string[] {
  if (a.kinds & OBJECT && one.length === 0) return one;
  if (b.kinds & OBJECT && two.length === 0) return a.kinds & OBJECT ? [] : two;
  return union2(one, two);
}

function union2<T>(one: readonly T[], two: readonly T[]): readonly T[] {
  const more = two.filter((item) => !one.includes(item));
  return more.length === 0 ? one : [...one, ...more];
}

/** The type without some kinds. */
export function without(type: Type, kinds: number): Type {
  if (!(type.kinds & kinds)) return type;
  const rest = type.kinds & ~kinds;
  if (!type.array && type.classes.length === 0 && type.functions.length === 0) return kind(rest);
  return {
    kinds: rest,
    classes: rest & OBJECT ? type.classes : [],
    array: rest & ARRAY ? type.array : null,
    functions: rest & FN ? type.functions : [],
  };
}

/** Whether a value can only be of these kinds. */
export const only = (type: Type, kinds: number): boolean => type.kinds !== 0 && (type.kinds & ~kinds) === 0;

/** Whether a value may be of one of these kinds. */
export const may = (type: Type, kinds: number): boolean => (type.kinds & (kinds | MIXED)) !== 0;

/** Whether a value is known to be possibly of one of these kinds. */
export const shows = (type: Type, kinds: number): boolean => (type.kinds & kinds) !== 0;

/** What an element of the array has. */
export function elementOf(type: Type): Type {
  if (type.kinds === 0) return NOTHING;
  if (type.array && only(type, ARRAY | NULL | FALSE)) return type.array.element;
  return type.kinds === STRING ? kind(STRING) : ANYTHING;
}

/** What the value under a constant key is. */
export function fieldOf(type: Type, key: string): Type {
  if (type.kinds === 0) return NOTHING;
  if (type.array && only(type, ARRAY | NULL | FALSE)) return type.array.field(key);
  return ANYTHING;
}
