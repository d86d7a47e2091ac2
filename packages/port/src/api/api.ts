import ts from 'typescript';
import type { Type } from '../analyse/type.js';
import * as types from '../analyse/type.js';
import type { ApiClass, ApiFunction, ApiMember } from './members.js';
import { SignatureReader } from './signature-reader.js';
import { LEGACY_METHODS } from './swoole-names.js';
import { TypeReader } from './type-reader.js';

/** Reads the packages that ported programs use, by TypeScript's own eyes. */
export class Api {
  readonly #checker: ts.TypeChecker;
  #classes = new Map<string, ApiClass>();
  readonly #php = new Map<string, ts.Symbol>();
  readonly #short = new Set<string>();
  readonly #functions = new Map<string, ts.Symbol>();
  readonly #constants = new Set<string>();
  readonly #modern = new Set<string>();
  readonly #modernTypes = new Map<string, ts.Symbol>();
  readonly #calls = new Map<ts.Symbol, ApiFunction | null>();
  readonly #here: ts.SourceFile;
  readonly #types: TypeReader;
  readonly #signatures: SignatureReader;

  constructor(
    readonly program: ts.Program,
    entry: string,
  ) {
    this.#checker = program.getTypeChecker();
    const source = program.getSourceFile(entry);
    if (!source) throw new Error('the declarations of swoole-ts could not be read');
    this.#here = source;
    this.#types = new TypeReader(this.#checker, source);
    this.#signatures = new SignatureReader(this.#checker, source, this.#types);
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
    this.#nameBases();
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
      ? this.#types.convert(this.#checker.getTypeOfSymbolAtLocation(this.#resolve(symbol), this.#here))
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
        : this.#types.convert(this.#checker.getTypeOfSymbolAtLocation(item, this.#here)),
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

  /** A class that has others as members extends the one that its own methods and callbacks speak of: `Process` the bundle's `Process$1`. */
  #nameBases(): void {
    const stem = (symbol: ts.Symbol): string => symbol.name.replace(/\$\d+$/, '');
    for (const [symbol, name] of [...this.#types.names]) {
      if (!(symbol.flags & ts.SymbolFlags.Class)) continue;
      const base = this.#checker.getDeclaredTypeOfSymbol(symbol).getBaseTypes()?.[0]?.getSymbol();
      if (base && stem(base) === stem(symbol) && !this.#types.names.has(base))
        this.#types.names.set(base, name);
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
      if (made && !this.#types.names.has(made)) this.#types.names.set(made, name);
    }
    if (!this.#types.names.has(symbol)) this.#types.names.set(symbol, name);
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
        return signature ? api.#signatures.read([signature]) : null;
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
      type: signatures.length > 0 ? types.kind(types.FN) : this.#types.convert(own),
      call: signatures.length > 0 ? this.#signatures.read(signatures) : null,
    };
  }

  #callOf(symbol: ts.Symbol): ApiFunction | null {
    const known = this.#calls.get(symbol);
    if (known !== undefined) return known;
    const type = this.#checker.getTypeOfSymbolAtLocation(this.#resolve(symbol), this.#here);
    const signatures = type.getCallSignatures();
    const call = signatures.length > 0 ? this.#signatures.read(signatures) : null;
    this.#calls.set(symbol, call);
    return call;
  }
}
