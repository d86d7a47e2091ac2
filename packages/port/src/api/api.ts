import ts from 'typescript';
import { ArrayShape } from '../analyse/array-shape.js';
import type { Type } from '../analyse/type.js';
import * as types from '../analyse/type.js';
import { LEGACY_METHODS } from './swoole-names.js';

/** A parameter of a function of swoole-ts or swoole-ts-php. */
export interface ApiParameter {
  name: string;
  type: Type;
  optional: boolean;
  rest: boolean;
  /** It is a `Ref`: PHP's parameter by reference. */
  isRef: boolean;
  /** A function is expected. */
  isCallback: boolean;
  /** Exactly this function is expected, for the types of its parameters. */
  callback: ApiFunction | null;
  /** Plain objects are expected: settings, rows. */
  takesRecord: boolean;
}

/** A function or method of swoole-ts or swoole-ts-php. */
export interface ApiFunction {
  parameters: ApiParameter[];
  /** With how many arguments it can be called at least. */
  required: number;
  returns: Type;
  /** It gives a promise: its callers wait. */
  waits: boolean;
}

/** A property, method or constant of a class. */
export interface ApiMember {
  name: string;
  type: Type;
  call: ApiFunction | null;
}

/** A class of swoole-ts. */
export interface ApiClass {
  /** `Swoole\WebSocket\Server` */
  name: string;
  /** `WebSocket.Server` */
  path: string;
  member: (name: string) => ApiMember | null;
  staticMember: (name: string) => ApiMember | null;
  construct: ApiFunction | null;
}

/** Reads the packages that ported programs use, by TypeScript's own eyes. */
export class Api {
  readonly #checker: ts.TypeChecker;
  #classes = new Map<string, ApiClass>();
  readonly #names = new Map<ts.Symbol, string>();
  readonly #php = new Map<string, ts.Symbol>();
  readonly #short = new Set<string>();
  readonly #functions = new Map<string, ts.Symbol>();
  readonly #constants = new Set<string>();
  readonly #modern = new Set<string>();
  readonly #modernTypes = new Map<string, ts.Symbol>();
  readonly #converted = new Map<ts.Type, Type>();
  readonly #calls = new Map<ts.Symbol, ApiFunction | null>();
  readonly #here: ts.SourceFile;

  constructor(
    readonly program: ts.Program,
    entry: string,
  ) {
    this.#checker = program.getTypeChecker();
    const source = program.getSourceFile(entry);
    if (!source) throw new Error('the declarations of swoole-ts could not be read');
    this.#here = source;
    const exported = this.#exportsOf(this.#checker.getSymbolAtLocation(source));
    for (const [name, symbol] of exported.get('modern') ? this.#exportsOf(exported.get('modern')) : []) {
      this.#modern.add(name);
      this.#modernTypes.set(name, symbol);
      this.#sort(name, symbol, name);
    }
    for (const [name, symbol] of exported.get('swoole') ? this.#exportsOf(exported.get('swoole')) : []) {
      if (!this.#modern.has(name)) this.#sort(name, symbol, name);
    }
    this.#addLegacyMethods(exported.get('swoole'));
    for (const name of this.#exportsOf(exported.get('short')).keys()) this.#short.add(name);
    for (const [name, symbol] of this.#exportsOf(exported.get('php'))) this.#php.set(name, symbol);
  }

  /** Whether swoole-ts was found at all. */
  get found(): boolean {
    return this.#classes.size > 0;
  }

  /** The class of this PHP name, `Swoole\Http\Server`. */
  class(name: string): ApiClass | null {
    return this.#classes.get(name.toLowerCase()) ?? null;
  }

  /** A function of swoole-ts by its TypeScript name. */
  function(name: string): ApiFunction | null {
    const symbol = this.#functions.get(name);
    return symbol ? this.#callOf(symbol) : null;
  }

  /** Whether swoole-ts has a constant of this name. */
  hasConstant(name: string): boolean {
    return this.#constants.has(name);
  }

  /** Whether the name is in `swoole-ts` itself, not only in `swoole-ts/legacy`. */
  isModern(name: string): boolean {
    return this.#modern.has(name);
  }

  isShort(name: string): boolean {
    return this.#short.has(name);
  }

  /** Whether swoole-ts-php exports the name. */
  hasPhp(name: string): boolean {
    return this.#php.has(name);
  }

  /** A function of swoole-ts-php. */
  phpFunction(name: string): ApiFunction | null {
    const symbol = this.#php.get(name);
    return symbol ? this.#callOf(symbol) : null;
  }

  /** A class of swoole-ts-php, by its exported name. */
  phpClass(name: string): ApiClass | null {
    const known = this.#classes.get(`php:${name.toLowerCase()}`);
    if (known) return known;
    const symbol = this.#php.get(name);
    if (!symbol || !(this.#resolve(symbol).flags & ts.SymbolFlags.Class)) return null;
    const made = this.#makeClass(name, name, this.#resolve(symbol));
    this.#classes.set(`php:${name.toLowerCase()}`, made);
    return made;
  }

  /** The type of a constant of swoole-ts-php. */
  phpConstant(name: string): Type {
    const symbol = this.#php.get(name);
    return symbol
      ? this.#convert(this.#checker.getTypeOfSymbolAtLocation(this.#resolve(symbol), this.#here))
      : types.ANYTHING;
  }

  /**
   * What the callback of a server's event gets.
   * @param server what the server itself is
   */
  event(name: string, server: Type): Type[] | null {
    const events = this.#modernTypes.get('ServerEvents');
    const wanted = name.toLowerCase();
    const declared = events && this.#checker.getDeclaredTypeOfSymbol(this.#resolve(events));
    const symbol = declared?.getProperties().find((item) => item.name.toLowerCase() === wanted);
    const signature =
      symbol && this.#checker.getTypeOfSymbolAtLocation(symbol, this.#here).getCallSignatures()[0];
    if (!signature) return null;
    return signature.parameters.map((item) =>
      item.name === 'server'
        ? server
        : this.#convert(this.#checker.getTypeOfSymbolAtLocation(item, this.#here)),
    );
  }

  #exportsOf(symbol: ts.Symbol | undefined): Map<string, ts.Symbol> {
    if (!symbol) return new Map();
    const exported = this.#checker.getExportsOfModule(this.#resolve(symbol));
    return new Map(exported.map((item) => [item.name, item]));
  }

  #resolve(symbol: ts.Symbol): ts.Symbol {
    return symbol.flags & ts.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(symbol) : symbol;
  }

  #sort(name: string, symbol: ts.Symbol, path: string): void {
    const real = this.#resolve(symbol);
    if (real.flags & ts.SymbolFlags.Class) this.#addClass(path, real);
    else if (real.flags & ts.SymbolFlags.Module && !(real.flags & ts.SymbolFlags.Class)) {
      for (const [inner, item] of this.#exportsOf(symbol)) this.#sort(inner, item, `${path}.${inner}`);
    } else if (real.flags & ts.SymbolFlags.Function) this.#functions.set(path, real);
    else if (real.flags & ts.SymbolFlags.Variable) {
      const type = this.#checker.getTypeOfSymbolAtLocation(real, this.#here);
      if (type.getConstructSignatures().length > 0) this.#addClass(path, real);
      else if (type.getCallSignatures().length > 0) this.#functions.set(path, real);
      else if (name === path) this.#constants.add(name);
      else this.#nested(path, type);
    }
  }

  /** The classes of `swoole-ts/legacy` that `swoole-ts` has too have some methods more. */
  #addLegacyMethods(legacy: ts.Symbol | undefined): void {
    const modern = this.#classes;
    this.#classes = new Map();
    for (const [name, symbol] of this.#exportsOf(legacy))
      if (this.#modern.has(name)) this.#sort(name, symbol, name);
    const old = this.#classes;
    this.#classes = modern;
    for (const [name, { member }] of old) {
      const found = modern.get(name);
      if (!found) continue;
      const own = found.member;
      found.member = (wanted) => own(wanted) ?? (LEGACY_METHODS.has(wanted) ? member(wanted) : null);
    }
  }

  /** What a variable that stands for a namespace holds. */
  #nested(path: string, type: ts.Type): void {
    for (const item of type.getProperties()) this.#sort(item.name, item, `${path}.${item.name}`);
  }

  #addClass(path: string, symbol: ts.Symbol): void {
    const name = `Swoole\\${path.replaceAll('.', '\\')}`;
    if (this.#classes.has(name.toLowerCase())) return;
    this.#classes.set(name.toLowerCase(), this.#makeClass(name, path, symbol));
    const statics = this.#checker.getTypeOfSymbolAtLocation(symbol, this.#here);
    for (const signature of statics.getConstructSignatures()) {
      const made = signature.getReturnType().getSymbol();
      if (made && !this.#names.has(made)) this.#names.set(made, name);
    }
    if (!this.#names.has(symbol)) this.#names.set(symbol, name);
    for (const item of statics.getProperties()) {
      if (item.name === 'prototype') continue;
      const type = this.#checker.getTypeOfSymbolAtLocation(item, this.#here);
      if (type.getConstructSignatures().length > 0) this.#addClass(`${path}.${item.name}`, item);
      else if (
        /^[A-Z]/.test(item.name) &&
        type.getCallSignatures().length === 0 &&
        type.getProperties().length > 0
      ) {
        if (type.flags & ts.TypeFlags.Object) this.#nested(`${path}.${item.name}`, type);
      }
    }
  }

  #makeClass(name: string, path: string, symbol: ts.Symbol): ApiClass {
    const statics = () => this.#checker.getTypeOfSymbolAtLocation(symbol, this.#here);
    const instance = () => {
      const signatures = statics().getConstructSignatures();
      const made = signatures[0]?.getReturnType();
      return made ?? this.#checker.getDeclaredTypeOfSymbol(symbol);
    };
    const members = new Map<string, ApiMember | null>();
    const find = (type: ts.Type, key: string, wanted: string): ApiMember | null => {
      const known = members.get(key);
      if (known !== undefined) return known;
      const found = this.#memberOf(type, wanted);
      members.set(key, found);
      return found;
    };
    const api = this;
    return {
      name,
      path,
      member: (wanted) => find(instance(), `.${wanted}`, wanted),
      staticMember: (wanted) => find(statics(), `::${wanted}`, wanted),
      get construct() {
        const signature = statics().getConstructSignatures()[0];
        return signature ? api.#signature([signature]) : null;
      },
    };
  }

  #memberOf(type: ts.Type, wanted: string): ApiMember | null {
    const symbol =
      type.getProperty(wanted) ??
      type.getProperties().find(({ name }) => name.toLowerCase() === wanted.toLowerCase());
    if (!symbol) return null;
    const own = this.#checker.getTypeOfSymbolAtLocation(symbol, this.#here);
    const signatures = own.getCallSignatures();
    return {
      name: symbol.name,
      type: signatures.length > 0 ? types.kind(types.FN) : this.#convert(own),
      call: signatures.length > 0 ? this.#signature(signatures) : null,
    };
  }

  #callOf(symbol: ts.Symbol): ApiFunction | null {
    const known = this.#calls.get(symbol);
    if (known !== undefined) return known;
    const type = this.#checker.getTypeOfSymbolAtLocation(this.#resolve(symbol), this.#here);
    const signatures = type.getCallSignatures();
    const call = signatures.length > 0 ? this.#signature(signatures) : null;
    this.#calls.set(symbol, call);
    return call;
  }

  #signature(signatures: readonly ts.Signature[]): ApiFunction {
    const widest = signatures.reduce((a, b) => (b.parameters.length > a.parameters.length ? b : a));
    let waits = false;
    let returns = types.NOTHING;
    for (const signature of signatures) {
      const type = signature.getReturnType();
      const parts = type.isUnion() ? type.types : [type];
      for (const part of parts) if (this.#promised(part)) waits = true;
      returns = types.join(returns, this.#convert(type));
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
      type: this.#convert(type),
      optional: isOptional(symbol),
      rest,
      isRef: parts.some((part) => part.getSymbol()?.name === 'Ref'),
      isCallback: signatures.length > 0 || symbol.name === 'callback',
      callback: signatures.length > 0 ? this.#signature(signatures) : null,
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

  #promised(type: ts.Type): ts.Type | null {
    if (type.getSymbol()?.name !== 'Promise') return null;
    return this.#checker.getTypeArguments(type as ts.TypeReference)[0] ?? null;
  }

  #convert(type: ts.Type): Type {
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
      return type.types.reduce((all, part) => types.join(all, this.#convert(part)), types.NOTHING);
    const promised = this.#promised(type);
    if (promised) return this.#convert(promised);
    if (flags & ts.TypeFlags.TypeParameter) {
      const constraint = type.getConstraint();
      return constraint && !(constraint.flags & ts.TypeFlags.Unknown)
        ? this.#convert(constraint)
        : types.ANYTHING;
    }
    return this.#object(type);
  }

  #object(type: ts.Type): Type {
    const checker = this.#checker;
    if (checker.isArrayType(type) || checker.isTupleType(type)) {
      const elements = checker.getTypeArguments(type as ts.TypeReference);
      return types.listOf(
        elements.reduce((all, part) => types.join(all, this.#convert(part)), types.NOTHING),
      );
    }
    const symbol = type.getSymbol();
    const name = symbol?.name ?? '';
    if (name === 'Buffer' || name === 'Uint8Array') return types.kind(types.BYTES);
    if (type.getCallSignatures().length > 0) return types.kind(types.FN);
    if (name === 'Map' || name === 'ReadonlyMap') return this.#shaped(new ArrayShape('map'), type, 1);
    if (name === 'PhpArray') return this.#shaped(new ArrayShape('php'), type, 0);
    const known = symbol && this.#names.get(symbol);
    if (known) return types.objectOf(known);
    if (symbol && symbol.flags & ts.SymbolFlags.Class) return types.objectOf(`php:${name}`);
    if (type.isIntersection())
      return type.types.reduce((all, part) => types.join(all, this.#convert(part)), types.NOTHING);
    if (symbol && symbol.flags & ts.SymbolFlags.Interface && type.getProperty('next'))
      return types.kind(types.OBJECT);
    return this.#record(type);
  }

  #shaped(shape: ArrayShape, type: ts.Type, argument: number): Type {
    const element = this.#checker.getTypeArguments(type as ts.TypeReference)[argument];
    if (element) shape.addElement(this.#convert(element));
    return types.arrayOf(shape);
  }

  /** A plain object: its properties and its index signature. */
  #record(type: ts.Type): Type {
    const shape = new ArrayShape('native');
    const index = type.getStringIndexType();
    if (index) shape.addElement(this.#convert(index));
    for (const property of type.getProperties()) {
      const own = this.#checker.getTypeOfSymbolAtLocation(property, this.#here);
      if (own.getCallSignatures().length === 0) shape.addField(property.name, this.#convert(own));
    }
    return types.arrayOf(shape);
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
