import type * as ast from '../parse/ast.js';
import { table } from '../table.js';
import { ArrayShape } from './array-shape.js';
import type { ClassInfo, NameScope } from './program-model.js';
import type { Symbols } from './symbols.js';
import type { Type } from './type.js';
import * as types from './type.js';

const NAMED = table<number>({
  int: types.INT,
  integer: types.INT,
  float: types.NUMBER,
  double: types.NUMBER,
  string: types.STRING,
  bool: types.BOOL,
  boolean: types.BOOL,
  true: types.TRUE,
  false: types.FALSE,
  null: types.NULL,
  void: types.NULL,
  never: 0,
  callable: types.FN,
  closure: types.FN,
  '\\closure': types.FN,
  object: types.OBJECT,
  mixed: types.MIXED,
  resource: types.MIXED,
  number: types.NUMBER,
  'class-string': types.STRING,
  'non-empty-string': types.STRING,
  'positive-int': types.INT,
  scalar: types.STRING | types.NUMBER | types.BOOL,
});

/** The type that a declaration names. */
export function declaredType(
  node: ast.TypeNode,
  nullable: boolean,
  symbols: Symbols,
  names: NameScope,
  owner: ClassInfo | null,
): Type {
  const type = fromNode(node, symbols, names, owner);
  return nullable ? types.join(type, types.kind(types.NULL)) : type;
}

function fromNode(node: ast.TypeNode, symbols: Symbols, names: NameScope, owner: ClassInfo | null): Type {
  switch (node.kind) {
    case 'uniontype':
      return node.types.reduce(
        (all, part) => types.join(all, fromNode(part, symbols, names, owner)),
        types.NOTHING,
      );
    case 'intersectiontype':
      return types.kind(types.OBJECT);
    case 'selfreference':
    case 'staticreference':
      return owner ? types.objectOf(owner.name) : types.kind(types.OBJECT);
    case 'parentreference':
      return owner?.parent ? types.objectOf(owner.parent) : types.kind(types.OBJECT);
    default:
      return named(node.name, symbols, names, owner);
  }
}

function named(name: string, symbols: Symbols, names: NameScope, owner: ClassInfo | null): Type {
  const lower = name.toLowerCase();
  if (lower === 'array' || lower === 'iterable') {
    return lower === 'array' ? types.arrayOf(new ArrayShape()) : types.kind(types.MIXED);
  }
  if (lower === 'self' || lower === 'static' || lower === '$this') {
    return owner ? types.objectOf(owner.name) : types.kind(types.OBJECT);
  }
  const kinds = NAMED[lower];
  if (kinds !== undefined) return types.kind(kinds);
  const full = symbols.resolveClass(name, names);
  if (/^\\?Closure$/i.test(full)) return types.kind(types.FN);
  return types.objectOf(full);
}

/** The type in a doc comment: `string[]`, `array<string, int>`, `Foo|null`, `?int`. Null when it says nothing of use. */
export function docType(
  text: string,
  symbols: Symbols,
  names: NameScope,
  owner: ClassInfo | null,
): Type | null {
  const source = text.trim();
  if (source === '' || /[{}()&]/.test(source)) return null;
  if (source.startsWith('?')) {
    const inner = docType(source.slice(1), symbols, names, owner);
    return inner && types.join(inner, types.kind(types.NULL));
  }
  const parts = splitTop(source, '|');
  if (parts.length > 1) {
    const all = parts.map((part) => docType(part, symbols, names, owner));
    return all.some((part) => part === null)
      ? null
      : all.reduce<Type>((sum, part) => types.join(sum, part ?? types.NOTHING), types.NOTHING);
  }
  if (source.endsWith('[]')) {
    const shape = new ArrayShape();
    const element = docType(source.slice(0, -2), symbols, names, owner);
    if (element) shape.addElement(element);
    return types.arrayOf(shape);
  }
  const generic = /^(array|list|non-empty-list|iterable)<(.*)>$/i.exec(source);
  if (generic) {
    const shape = new ArrayShape();
    const element = docType(splitTop(generic[2] ?? '', ',').pop() ?? '', symbols, names, owner);
    if (element) shape.addElement(element);
    return types.arrayOf(shape);
  }
  return /^\\?[a-zA-Z_][\w\\-]*$/.test(source) ? named(source, symbols, names, owner) : null;
}

function splitTop(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '<') depth++;
    else if (text[i] === '>') depth--;
    else if (text[i] === separator && depth === 0) {
      parts.push(text.slice(from, i));
      from = i + 1;
    }
  }
  return [...parts, text.slice(from)].map((part) => part.trim());
}
