import type { Api } from '../api/api.js';
import type { ApiFunction } from '../api/members.js';
import type * as ast from '../parse/ast.js';
import { isBinary } from '../parse/strings.js';
import type { ApiUse } from '../types.js';
import { ArrayShape, changeCount, noteChange } from './array-shape.js';
import { mayHookSleep, timerCallbacks } from './blocking.js';
import { Constructors } from './constructors.js';
import { declareClass, declareFunction } from './declare.js';
import { instantiate, mask } from './fitting.js';
import { Includes } from './includes.js';
import { visit } from './infer-expressions.js';
import { visitStatements } from './infer-statements.js';
import { nameMembers } from './member-names.js';
import type { ClassInfo, FunctionInfo, NameScope, PropertyInfo } from './program-model.js';
import type { Symbols } from './symbols.js';
import { usesThreads } from './threads.js';
import type { Type } from './type.js';
import * as types from './type.js';
import { contains, Variables } from './variables.js';

/** What a call or `new` calls. */
export type Target =
  | { kind: 'user'; functions: FunctionInfo[] }
  | { kind: 'api'; call: ApiFunction; name: string }
  | { kind: 'php'; call: ApiFunction; name: string }
  | { kind: 'unknown'; name: string };

const ROUNDS = 12;

const isKnown = ({ kinds }: Type): boolean => kinds !== 0 && (kinds & types.MIXED) === 0;

/** Finds out, over the whole program, what values are, which variables are what, and what waits. */
export class Analysis {
  readonly #types = new Map<ast.Node, Type>();
  readonly #shapes = new Map<ast.Node, ArrayShape>();
  readonly #fresh = new Map<ast.Node, Map<string, Type>>();
  readonly targets = new Map<ast.Node, Target>();
  /** Calls whose promise has to be awaited. */
  readonly awaited = new Set<ast.Node>();
  /** Calls with a callback that waits, and those that read of a socket: `array_map` becomes `array_map_async`. */
  readonly asyncCallbacks = new Set<ast.Node>();
  readonly uses = new Map<string, ApiUse>();
  readonly variables: Variables;
  readonly includes: Includes;
  readonly #constructors: Constructors;
  /** Something in the program looks at whether frames are binary. */
  mentionsBinary = false;
  /** Threads run the program's files again: it has several workers, or processes. */
  hasThreads = false;
  /** It limits what may wait for a client: its send() waits for room, as PHP's does. */
  yieldsOnSend = false;
  /** It asks which callbacks are registered: those that it names by a string or an array are to be told from closures. */
  asksForCallbacks = false;
  /** Callbacks of events get an object instead of a list of arguments. */
  takesEventObjects = false;
  /** Bytes may be in texts that it makes by hand. */
  makesBytes = false;
  /** Where its sleep() and usleep() hold everything up. */
  readonly blocking = new Set<ast.Node>();
  /** The superglobals that it gives values itself. */
  readonly filled = new Set<string>();
  /** It asks of values what type they have: an int or a float. */
  asksTypes = false;
  /** It has an error handler, which may be called by any function. */
  handlesErrors = false;
  /** All that could be told has been told: what is open is unknown. */
  final = false;
  #names: NameScope | null = null;

  constructor(
    readonly symbols: Symbols,
    readonly api: Api,
  ) {
    this.variables = new Variables(symbols);
    this.includes = new Includes(symbols, this.variables);
    this.#constructors = new Constructors(symbols);
  }

  run(): void {
    this.yieldsOnSend = this.#some(
      (node) => node.kind === 'string' && /^(?:socket_buffer_size|send_yield)$/.test(node.value),
    );
    this.asksForCallbacks = this.#some(
      (node) => node.kind === 'identifier' && /^getcallback$/i.test(node.name),
    );
    this.takesEventObjects = this.#some((node) => node.kind === 'string' && node.value === 'event_object');
    this.makesBytes = this.#some(
      (node) =>
        (node.kind === 'string' && isBinary(node)) ||
        (node.kind === 'name' && /^\\?(?:chr|random_bytes|hex2bin|gz\w+|openssl_\w+)$/i.test(node.name)),
    );
    this.handlesErrors = this.symbols.files.some(({ parsed }) =>
      contains(parsed.program, (node) => node.kind === 'name' && /^\\?set_error_handler$/i.test(node.name)),
    );
    this.asksTypes = this.#some(
      (node) =>
        node.kind === 'name' &&
        /^\\?(?:gettype|get_debug_type|is_(?:int|integer|float|double)|var_dump|var_export)$/i.test(
          node.name,
        ),
    );
    if (!this.#some(mayHookSleep))
      this.#some((node) => {
        for (const callback of timerCallbacks(node)) this.blocking.add(callback);
        return false;
      });
    this.hasThreads = this.symbols.files.some(({ parsed }) => usesThreads(parsed.program));
    for (const info of this.symbols.classes.values()) declareClass(this, info);
    for (const fn of this.symbols.infos.values()) declareFunction(this, fn);
    this.#settle();
    // A parameter by reference is a Ref, but for an array that is only changed in place.
    for (const fn of this.symbols.infos.values()) {
      for (const { byRef, variable } of fn.parameters) {
        if (byRef && !(types.only(variable.type, types.ARRAY | types.OBJECT) && variable.sets.length === 0))
          variable.boxed = true;
      }
    }
    // What nothing has told anything about by now is unknown.
    this.final = true;
    for (const fn of this.symbols.infos.values()) {
      for (const { variable } of fn.parameters) if (variable.type.kinds === 0) variable.add(types.ANYTHING);
    }
    this.#settle();
    // Once more, now that all is known: what nodes were taken for on the way is forgotten.
    this.#types.clear();
    this.#round();
    nameMembers(this.symbols);
  }

  #some(test: (node: ast.Node) => boolean): boolean {
    return this.symbols.files.some(({ parsed }) => contains(parsed.program, test));
  }

  /** Goes over the program until nothing new comes up. */
  #settle(): void {
    for (let round = 0; round < ROUNDS; round++) {
      const before = changeCount();
      this.#round();
      if (changeCount() === before) break;
    }
  }

  #round(): void {
    for (const file of this.symbols.files) this.#visitFile(file.main);
    for (const fn of this.symbols.infos.values()) if (fn.node && !this.#isInline(fn)) this.visitFunction(fn);
  }

  /** Closures are visited where they stand. */
  #isInline(fn: FunctionInfo): boolean {
    return fn.node?.kind === 'closure' || fn.node?.kind === 'arrowfunc';
  }

  #visitFile(main: FunctionInfo): void {
    const { program } = main.file.parsed;
    for (const statement of program.children) {
      if (statement.kind === 'namespace') {
        this.#names = this.symbols.scopes.get(statement) ?? null;
        visitStatements(this, main, statement.children);
        this.#names = null;
      } else visitStatements(this, main, [statement]);
    }
  }

  visitFunction(fn: FunctionInfo): void {
    const { node } = fn;
    for (const { variable, node: parameter } of fn.parameters) {
      if (!parameter.value) continue;
      const type = visit(this, fn, parameter.value);
      // What a comment says of a parameter is not all: its default value may be something else. An array tells nothing
      // of the others that are given.
      const isOpen = parameter.value.kind === 'array' && variable.type.array?.kind === 'any';
      if (isKnown(variable.type) && isKnown(type) && !isOpen) variable.add(type);
    }
    if (!node?.body) return;
    if (node.kind !== 'arrowfunc') visitStatements(this, fn, (node.body as ast.Block).children);
    for (const other of fn.kin) if (other.waits && !fn.waits) this.wait(fn);
  }

  /** Marks a function as one that waits. */
  wait(fn: FunctionInfo): void {
    if (fn.waits) return;
    fn.waits = true;
    noteChange();
    for (const other of fn.kin) this.wait(other);
  }

  /**
   * Whether a constructor becomes a method that is called after `new`: one that waits, and one that touches what a class below it
   * declares, since JavaScript sets that only afterwards. All constructors above and below it become methods with it.
   */
  isCalledLater(maker: FunctionInfo): boolean {
    const { owner } = maker;
    if (owner?.node.kind !== 'class' || owner.methods.get('__construct') !== maker) return false;
    const family = this.#constructors.of(owner);
    const waits = family.makers.some((each) => each.waits);
    if (waits) for (const each of family.makers) this.wait(each);
    return !family.isForeign && (waits || family.touchesLater);
  }

  /** The names that hold in a function. */
  namesOf(fn: FunctionInfo): NameScope {
    return fn.node ? fn.names : (this.#names ?? fn.names);
  }

  /** Sets the names that hold for statements of a file outside of functions, while the emitter goes over them. */
  enterNamespace(names: NameScope | null): void {
    this.#names = names;
  }

  typeOf(node: ast.Node): Type {
    return this.#types.get(node) ?? types.NOTHING;
  }

  /** Notes what a node may be; what it may be is only ever more. */
  note(node: ast.Node, type: Type): Type {
    const before = this.#types.get(node);
    const joined = before ? types.join(before, type) : type;
    if (joined !== before) this.#types.set(node, joined);
    return joined;
  }

  /** The shape of the array that a node makes. */
  shapeAt(node: ast.Node): ArrayShape {
    let shape = this.#shapes.get(node);
    if (!shape) {
      shape = new ArrayShape();
      this.#shapes.set(node, shape);
    }
    return shape;
  }

  /** A type of the API as this node sees it: with array shapes of its own. */
  fresh(node: ast.Node, label: string, type: Type): Type {
    if (!type.array) return type;
    let known = this.#fresh.get(node);
    if (!known) {
      known = new Map();
      this.#fresh.set(node, known);
    }
    const made = known.get(label) ?? instantiate(type);
    known.set(label, made);
    return made;
  }

  use(fn: FunctionInfo, node: ast.Node, name: string): void {
    const use = { file: fn.file.path, line: node.loc.start.line, name };
    this.uses.set(`${use.file}:${use.line}:${name}`, use);
  }

  property(owner: ClassInfo, name: string, isStatic: boolean): PropertyInfo {
    for (const info of [owner, ...this.symbols.ancestors(owner)]) {
      const found = info.properties.get(name);
      if (found) return found;
    }
    const made: PropertyInfo = {
      name,
      jsName: name,
      isStatic,
      visibility: 'public',
      type: types.NOTHING,
      declared: null,
      node: null,
      changedInPlace: false,
    };
    if (this.symbols.foreignParent(owner) === null) {
      owner.properties.set(name, made);
      noteChange();
    }
    return made;
  }

  addToProperty(property: PropertyInfo, type: Type): void {
    const { declared } = property;
    const masked = declared && !(declared.kinds & types.MIXED) ? mask(type, declared) : type;
    const joined = types.join(property.type, masked);
    if (joined === property.type) return;
    property.type = joined;
    noteChange();
  }
}
