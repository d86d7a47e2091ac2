import ts from 'typescript';
import * as types from '../analyse/type.js';
import type { ApiFunction, ApiParameter } from './members.js';
import type { TypeReader } from './type-reader.js';

/** Reads what functions are called with and what they return. */
export class SignatureReader {
  readonly #checker: ts.TypeChecker;
  readonly #here: ts.SourceFile;
  readonly #types: TypeReader;

  constructor(checker: ts.TypeChecker, here: ts.SourceFile, types: TypeReader) {
    this.#checker = checker;
    this.#here = here;
    this.#types = types;
  }

  /** What is called with these overloads together. */
  read(signatures: readonly ts.Signature[]): ApiFunction {
    const widest = signatures.reduce((a, b) => (b.parameters.length > a.parameters.length ? b : a));
    let waits = false;
    let returns = types.NOTHING;
    for (const signature of signatures) {
      const type = signature.getReturnType();
      const parts = type.isUnion() ? type.types : [type];
      for (const part of parts) if (this.#types.promised(part)) waits = true;
      returns = types.join(returns, this.#types.convert(type));
    }
    const required = Math.min(...signatures.map((each) => requiredOf(each)));
    return { parameters: widest.parameters.map((item) => this.#parameter(item)), required, returns, waits };
  }

  #parameter(symbol: ts.Symbol): ApiParameter {
    const declaration = symbol.valueDeclaration;
    const node = declaration && ts.isParameter(declaration) ? declaration : null;
    const type = this.#checker.getTypeOfSymbolAtLocation(symbol, this.#here);
    const rest = node?.dotDotDotToken !== undefined;
    const real = this.#checker.getNonNullableType(type);
    const parts = real.isUnion() ? real.types : [real];
    const callable = parts.find((part) => part.getCallSignatures().length > 0);
    const signatures = callable?.getCallSignatures() ?? [];
    return {
      name: symbol.name,
      type: this.#types.convert(type),
      optional: isOptional(symbol),
      rest,
      isRef: parts.some((part) => part.getSymbol()?.name === 'Ref'),
      isCallback: signatures.length > 0 || symbol.name === 'callback',
      callback: signatures.length > 0 ? this.read(signatures) : null,
      takesRecord:
        !rest && parts.some((part) => this.#isRecord(part)) && !parts.some((part) => this.#isAnyArray(part)),
    };
  }

  #isRecord(type: ts.Type): boolean {
    if (!(type.flags & ts.TypeFlags.Object) || type.getCallSignatures().length > 0) return false;
    const symbol = type.getSymbol();
    if (symbol && symbol.flags & ts.SymbolFlags.Class) return false;
    if (this.#checker.isArrayType(type) || this.#checker.isTupleType(type)) return false;
    return symbol?.name !== 'Map' && symbol?.name !== 'ReadonlyMap' && symbol?.name !== 'Promise';
  }

  #isAnyArray(type: ts.Type): boolean {
    return type.getSymbol()?.name === 'PhpArray';
  }
}

function isOptional({ valueDeclaration: node }: ts.Symbol): boolean {
  if (!node || !ts.isParameter(node)) return false;
  return [node.dotDotDotToken, node.questionToken, node.initializer].some((part) => part !== undefined);
}

/** How many parameters come before the first that may be left out. */
function requiredOf({ parameters }: ts.Signature): number {
  const first = parameters.findIndex((item) => isOptional(item));
  return first < 0 ? parameters.length : first;
}
