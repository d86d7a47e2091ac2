import type * as ast from '../parse/ast.js';
import type { ParsedFile } from '../parse/parse.js';
import { noteChange } from './array-shape.js';
import type { Type } from './type.js';
import { join, NOTHING } from './type.js';

/** A variable of a function, or of the text of a file. */
export class VariableInfo {
  /** The name in TypeScript. */
  jsName: string;
  #type: Type = NOTHING;
  /** Something takes it by reference: it becomes a Ref. */
  boxed = false;
  /** How often it gets a value, its value as a parameter included. */
  assignments = 0;
  /** Something compares it, joins it to text or uses it as text; bytes become text where it gets them. */
  usedAsText = false;
  isParameter = false;
  /** Functions of other files use it as a global variable. */
  isShared = false;
  /** A function inside uses it too. */
  captured = false;
  /** What stands for it: `list[i]` for the variable of a foreach by reference. */
  standsFor: string | null = null;
  /** Where in the source its array is changed in place. */
  readonly changes: number[] = [];
  /** Where in the source it gets a value. */
  readonly sets: number[] = [];
  /** The expressions that assignments give it. */
  readonly values = new Set<ast.Expression>();

  constructor(
    readonly name: string,
    readonly owner: FunctionInfo,
  ) {
    this.jsName = name;
  }

  get type(): Type {
    return this.#type;
  }

  add(type: Type): void {
    const joined = join(this.#type, type);
    if (joined === this.#type) return;
    this.#type = joined;
    noteChange();
  }
}

export interface ParameterInfo {
  name: string;
  node: ast.Parameter;
  variable: VariableInfo;
  /** Given by reference as a Ref; arrays that are only changed in place need none. */
  byRef: boolean;
}

/** A function, method, closure, or the text of a file. */
export class FunctionInfo {
  readonly variables = new Map<string, VariableInfo>();
  readonly parameters: ParameterInfo[] = [];
  readonly globals = new Set<string>();
  /** The name in TypeScript; a method gets another where a property has its name. */
  jsName: string;
  #returns: Type = NOTHING;
  /** It waits somewhere, hence it is async. */
  waits = false;
  /** Why it cannot be async although it waits. */
  cannotWait: string | null = null;
  isGenerator = false;
  /** It yields keys with its values. */
  yieldsKeys = false;
  /** What it yields. */
  yields: Type = NOTHING;
  usesThis = false;
  /** What the program's text says that it gives back. */
  declared: Type | null = null;
  /** The functions that override it, and those it overrides: async all together. */
  readonly kin = new Set<FunctionInfo>();
  /** Static variables, with their names in TypeScript. */
  readonly statics = new Map<string, string>();
  usesArgumentList = false;
  /** Called with arguments that were never seen: a callback of the outside world. */
  escapes = false;

  constructor(
    readonly name: string,
    readonly node: ast.FunctionLike | null,
    readonly file: FileInfo,
    readonly parent: FunctionInfo | null,
    readonly owner: ClassInfo | null,
    readonly names: NameScope,
  ) {
    this.jsName = name;
  }

  get returns(): Type {
    return this.#returns;
  }

  addReturn(type: Type): void {
    const joined = join(this.#returns, type);
    if (joined === this.#returns) return;
    this.#returns = joined;
    noteChange();
  }

  variable(name: string): VariableInfo {
    let found = this.variables.get(name);
    if (!found) {
      found = new VariableInfo(name, this);
      this.variables.set(name, found);
    }
    return found;
  }
}

export interface PropertyInfo {
  name: string;
  jsName: string;
  isStatic: boolean;
  visibility: string;
  type: Type;
  declared: Type | null;
  /** Null for one that no declaration names. */
  node: ast.Property | ast.Parameter | null;
  changedInPlace: boolean;
}

/** A class, interface, trait or enum of the program. */
export class ClassInfo {
  readonly methods = new Map<string, FunctionInfo>();
  readonly properties = new Map<string, PropertyInfo>();
  readonly constants = new Map<string, { node: ast.Constant; type: Type }>();
  readonly cases: string[] = [];
  /** Full PHP names. */
  parent: string | null = null;
  interfaces: string[] = [];
  traits: string[] = [];
  /** Whether something asks `instanceof` of it. */
  askedFor = false;
  /** A trait whose static members are used by its own name. */
  isUsedItself = false;

  constructor(
    /** The full PHP name, `App\Chat`. */
    readonly name: string,
    readonly jsName: string,
    readonly node: ast.ClassLike,
    readonly file: FileInfo,
    readonly names: NameScope,
  ) {}
}

/** How a namespace or a file calls the names of others. */
export interface NameScope {
  namespace: string;
  classes: Map<string, string>;
  functions: Map<string, string>;
  constants: Map<string, string>;
}

export interface FileInfo {
  parsed: ParsedFile;
  path: string;
  /** The path of the TypeScript file. */
  target: string;
  main: FunctionInfo;
  /** The names that hold for the statements of a namespace, by its node; `null` for the file itself. */
  scopes: Map<ast.Namespace | null, NameScope>;
  /** It ends with `return`: including it gives a value. */
  returnsValue: boolean;
  /** It is included where the program runs, each time anew: it becomes a function. */
  isTemplate: boolean;
  /** The variables that it gets from where it is included. */
  templateVariables: string[];
}
