// @ts-check
// The public surface of the library, read from its types: classes with their members, functions, constants and settings, each under
// the name that Swoole gives it, with dots for backslashes. A class under two names is an alias of the first.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** @typedef {string | number | boolean} Literal */
/** Each list of `params` is one way of calling it. @typedef {{ kind: 'method' | 'property', params: string[][], value: Literal | undefined }} Member */
/** Static members begin with `::`, others with `->`. @typedef {{ members: Map<string, Member>, constructed: string[][] }} Class */
/** @typedef {{ classes: Map<string, Class>, functions: Map<string, string[][]>, constants: Map<string, Literal | undefined>, settings: Set<string>, aliases: Map<string, string> }} Surface */

const core = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../packages/core');

/**
 * @param {readonly string[]} entries files whose exports are the surface
 * @returns {Surface}
 */
export function readSurface(entries = ['src/index.ts', 'src/shortnames.ts']) {
  const files = entries.map((entry) => path.resolve(core, entry));
  const { config } = ts.readConfigFile(path.join(core, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, files, include: [] }, ts.sys, core);
  const program = ts.createProgram(files, options);
  const reader = new Reader(program);
  for (const name of files) reader.readFile(name);
  return reader.surface;
}

class Reader {
  /** @type {Surface} */
  surface = {
    classes: new Map(),
    functions: new Map(),
    constants: new Map(),
    settings: new Set(),
    aliases: new Map(),
  };
  /** Classes by their type: one under two names is an alias. @type {Map<ts.Type, string>} */
  #seen = new Map();
  #program;
  #checker;

  /** @param {ts.Program} program */
  constructor(program) {
    this.#program = program;
    this.#checker = program.getTypeChecker();
  }

  /** @param {string} name */
  readFile(name) {
    const file = this.#program.getSourceFile(name);
    const module = file && this.#checker.getSymbolAtLocation(file);
    if (!module) throw new Error(`${name} exports nothing`);
    for (const symbol of this.#checker.getExportsOfModule(module)) this.#read(symbol, '');
  }

  /** @param {ts.Symbol} exported @param {string} parent */
  #read(exported, parent) {
    const symbol =
      exported.flags & ts.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(exported) : exported;
    const name = parent === '' ? exported.name : `${parent}.${exported.name}`;
    if (/(Settings|Options)$/.test(exported.name)) this.#readSettings(symbol);
    if (symbol.flags & ts.SymbolFlags.Module)
      for (const each of this.#checker.getExportsOfModule(symbol)) if (isType(each)) this.#read(each, name);
    if (isType(symbol) || exported.declarations?.some(ts.isTypeOnlyImportOrExportDeclaration)) return;
    this.#readValue(this.#typeOf(symbol), name, symbol);
  }

  /** @param {ts.Type} type @param {string} name @param {ts.Symbol} symbol */
  #readValue(type, name, symbol) {
    if (isClass(type)) this.#readClass(type, qualified(name));
    else if (type.symbol && type.symbol.flags & ts.SymbolFlags.ValueModule)
      for (const each of this.#checker.getExportsOfModule(type.symbol)) this.#read(each, name);
    else if (type.getCallSignatures().length > 0)
      this.surface.functions.set(name.includes('.') ? qualified(name) : name, this.#calls(type));
    else if (!isInternal(symbol)) this.surface.constants.set(name, literalOf(type));
  }

  /** @param {ts.Type} type @param {string} name */
  #readClass(type, name) {
    const known = this.#seen.get(type);
    if (known !== undefined) {
      this.surface.aliases.set(name.replace('Swoole.', ''), known);
      return;
    }
    this.#seen.set(type, name);
    /** @type {Class} */
    const found = {
      members: new Map(),
      constructed: type.getConstructSignatures().map((each) => this.#names(each)),
    };
    this.surface.classes.set(name, found);
    const prototype = type.getProperty('prototype');
    for (const each of type.getProperties()) {
      if (each.name === 'prototype' || each.name === 'phpName' || !isPublic(each)) continue;
      const of = this.#typeOf(each);
      if (isClass(of) || (of.symbol && of.symbol.flags & ts.SymbolFlags.ValueModule))
        this.#readValue(of, `${name}.${each.name}`, each);
      else found.members.set(`::${each.name}`, this.#member(each, of));
    }
    for (const each of prototype ? this.#typeOf(prototype).getProperties() : [])
      if (isPublic(each)) found.members.set(`->${each.name}`, this.#member(each, this.#typeOf(each)));
  }

  /** @param {ts.Symbol} symbol @param {ts.Type} type @returns {Member} */
  #member(symbol, type) {
    const callable = type.getCallSignatures().length > 0 && !(symbol.flags & ts.SymbolFlags.Accessor);
    return { kind: callable ? 'method' : 'property', params: this.#calls(type), value: literalOf(type) };
  }

  /** The members of a type that a program fills with settings. @param {ts.Symbol} symbol */
  #readSettings(symbol) {
    for (const { name } of this.#checker.getDeclaredTypeOfSymbol(symbol).getProperties())
      this.surface.settings.add(name);
  }

  /** @param {ts.Symbol} symbol */
  #typeOf(symbol) {
    return this.#checker.getTypeOfSymbol(symbol);
  }

  /** @param {ts.Type} type */
  #calls(type) {
    return type.getCallSignatures().map((signature) => this.#names(signature));
  }

  /** The names of parameters; of a rest parameter that is a labelled tuple, the labels. @param {ts.Signature} signature */
  #names({ parameters }) {
    return parameters.flatMap((parameter) => {
      const declaration = parameter.valueDeclaration;
      if (declaration && ts.isParameter(declaration) && declaration.dotDotDotToken) {
        const type = /** @type {Partial<ts.TupleTypeReference>} */ (this.#typeOf(parameter));
        const labels = type.target?.labeledElementDeclarations;
        if (labels) return labels.map((label) => label?.name.getText() ?? parameter.name);
      }
      return [parameter.name.replace(/^_/, '')];
    });
  }
}

/** @param {string} name */
const qualified = (name) => (name.startsWith('Swoole.') ? name : `Swoole.${name}`);

/** @param {ts.Symbol} symbol */
const isType = (symbol) => !(symbol.flags & (ts.SymbolFlags.Value | ts.SymbolFlags.Alias));

/** @param {ts.Type} type */
const isClass = (type) =>
  type.getConstructSignatures().length > 0 ||
  ((type.symbol?.flags ?? 0) & ts.SymbolFlags.Class && type.getProperty('prototype') !== undefined);

/** @param {ts.Type} type @returns {Literal | undefined} */
function literalOf(type) {
  if (type.isStringLiteral() || type.isNumberLiteral()) return type.value;
  if (!(type.flags & ts.TypeFlags.BooleanLiteral)) return undefined;
  return /** @type {ts.Type & { intrinsicName: string }} */ (type).intrinsicName === 'true';
}

/** @param {ts.Symbol} symbol */
const isInternal = (symbol) => symbol.getJsDocTags(undefined).some(({ name }) => name === 'internal');

/** Whether a program may use a member that the library, not JavaScript, gives a class. @param {ts.Symbol} symbol */
function isPublic(symbol) {
  if (symbol.name.startsWith('__@') || isInternal(symbol)) return false;
  const declarations = symbol.declarations ?? [];
  if (declarations.every((each) => each.getSourceFile().fileName.includes('/node_modules/'))) return false;
  return declarations.every((each) => {
    const name = ts.getNameOfDeclaration(each);
    const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
    return !(name && ts.isPrivateIdentifier(name)) && !(ts.getCombinedModifierFlags(each) & hidden);
  });
}
