import ts from 'typescript';
import { ArrayShape } from '../analyse/array-shape.js';
import type { Type } from '../analyse/type.js';
import * as types from '../analyse/type.js';

/** Turns the types of TypeScript into those of the analysis. */
export class TypeReader {
  /** The PHP names of the classes that are known. */
  readonly names = new Map<ts.Symbol, string>();
  readonly #converted = new Map<ts.Type, Type>();
  readonly #checker: ts.TypeChecker;
  readonly #here: ts.SourceFile;

  constructor(checker: ts.TypeChecker, here: ts.SourceFile) {
    this.#checker = checker;
    this.#here = here;
  }

  /** What a promise is of; null for what is none. */
  promised(type: ts.Type): ts.Type | null {
    if (type.getSymbol()?.name !== 'Promise') return null;
    return this.#checker.getTypeArguments(type as ts.TypeReference)[0] ?? null;
  }

  /** What the tool knows of a type. */
  convert(type: ts.Type): Type {
    const known = this.#converted.get(type);
    if (known) return known;
    this.#converted.set(type, types.ANYTHING);
    const made = this.#make(type);
    this.#converted.set(type, made);
    return made;
  }

  #make(type: ts.Type): Type {
    const { flags } = type;
    if (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return types.ANYTHING;
    if (flags & ts.TypeFlags.StringLike) return types.kind(types.STRING);
    if (flags & ts.TypeFlags.NumberLike) return types.kind(types.NUMBER);
    if (flags & ts.TypeFlags.BigIntLike) return types.kind(types.BIGINT);
    if (flags & ts.TypeFlags.BooleanLiteral) {
      return types.kind(this.#checker.typeToString(type) === 'true' ? types.TRUE : types.FALSE);
    }
    if (flags & ts.TypeFlags.BooleanLike) return types.kind(types.BOOL);
    if (flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined | ts.TypeFlags.Void))
      return types.kind(types.NULL);
    if (flags & ts.TypeFlags.Never) return types.NOTHING;
    if (type.isUnion())
      return type.types.reduce((all, part) => types.join(all, this.convert(part)), types.NOTHING);
    const promised = this.promised(type);
    if (promised) return this.convert(promised);
    if (flags & ts.TypeFlags.TypeParameter) {
      const constraint = type.getConstraint();
      return constraint && !(constraint.flags & ts.TypeFlags.Unknown)
        ? this.convert(constraint)
        : types.ANYTHING;
    }
    return this.#object(type);
  }

  #object(type: ts.Type): Type {
    const checker = this.#checker;
    if (checker.isArrayType(type) || checker.isTupleType(type)) {
      const elements = checker.getTypeArguments(type as ts.TypeReference);
      return types.listOf(elements.reduce((all, part) => types.join(all, this.convert(part)), types.NOTHING));
    }
    const symbol = type.getSymbol();
    const name = symbol?.name ?? '';
    if (name === 'Buffer' || name === 'Uint8Array') return types.kind(types.BYTES);
    if (type.getCallSignatures().length > 0) return types.kind(types.FN);
    if (name === 'Map' || name === 'ReadonlyMap') return this.#shaped(new ArrayShape('map'), type, 1);
    if (name === 'PhpArray') return this.#shaped(new ArrayShape('php'), type, 0);
    const known = symbol && this.names.get(symbol);
    if (known) return types.objectOf(known);
    if (symbol && symbol.flags & ts.SymbolFlags.Class) return types.objectOf(`php:${name}`);
    if (type.isIntersection())
      return type.types.reduce((all, part) => types.join(all, this.convert(part)), types.NOTHING);
    if (symbol && symbol.flags & ts.SymbolFlags.Interface && type.getProperty('next'))
      return types.kind(types.OBJECT);
    return this.#record(type);
  }

  #shaped(shape: ArrayShape, type: ts.Type, argument: number): Type {
    const element = this.#checker.getTypeArguments(type as ts.TypeReference)[argument];
    if (element) shape.addElement(this.convert(element));
    return types.arrayOf(shape);
  }

  /** A plain object: its properties and its index signature. */
  #record(type: ts.Type): Type {
    const shape = new ArrayShape('native');
    const index = type.getStringIndexType();
    if (index) shape.addElement(this.convert(index));
    for (const property of type.getProperties()) {
      const own = this.#checker.getTypeOfSymbolAtLocation(property, this.#here);
      if (own.getCallSignatures().length === 0) shape.addField(property.name, this.convert(own));
    }
    return types.arrayOf(shape);
  }
}
