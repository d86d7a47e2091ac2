import type { Analysis } from '../analyse/analysis.js';
import type { ClassInfo, FileInfo, FunctionInfo, VariableInfo } from '../analyse/program-model.js';
import type * as ast from '../parse/ast.js';
import type { Finding } from '../types.js';
import type { DeclarationPlan } from './declarations.js';
import { Imports, relativePath } from './imports.js';

/** What all parts of the emitter share while they write one file. */
export class FileEmitter {
  readonly imports: Imports;
  /** Statements that have to run before the one that is being written. */
  prelude: string[] = [];
  /** What stands for calls that were made before their statement. */
  readonly standIns = new Map<ast.Node, string>();
  /** Text before the function that is being written: its static variables. */
  before: string[] = [];
  readonly plans = new Map<FunctionInfo, DeclarationPlan>();
  /** Names that the file uses itself. */
  readonly taken = new Set<string>();
  /** `go`, `run`… that the file takes out of `Swoole.Coroutine`. */
  readonly fromCoroutine = new Set<string>();
  /** What variables of a foreach by reference stand for. */
  readonly aliases = new Map<VariableInfo, string>();
  /** Other names for variables within the function that is being written. */
  readonly renamed = new Map<VariableInfo, string>();
  readonly exported = new Set<string>();
  /** The loops and switches around the statement, innermost last, for `break 2`. */
  readonly breakable: { kind: 'loop' | 'switch'; label: string | null }[] = [];
  owner: ClassInfo | null = null;
  /** Numbers of which JavaScript's -0 is as good as 0: they are compared, added or used as keys. */
  readonly unsigned = new WeakSet<ast.Node>();
  /** What the file calls the default exports of others. */
  readonly defaults = new Map<FileInfo, string>();
  /** The files that its includes choose from at run time. */
  readonly includable: { files: readonly FileInfo[]; name: string; text: string }[] = [];
  /** Comments that are written already, by where they stand in the source. */
  readonly writtenComments = new Set<number>();
  /** Which import a local name is of. */
  readonly #imported = new Map<string, string>();
  /** Functions and classes of the file itself. */
  readonly declared = new Set<string>();
  readonly #statics = new Map<FunctionInfo, string[]>();
  /** The closure whose parameters get their types from where it stands, and the parameters of which nothing is known there. */
  contextual: ast.Node | null = null;
  /** The closure that the function which gets it calls before it returns, and never again. */
  atOnce: ast.Node | null = null;
  unknownArguments: ReadonlySet<number> = new Set();
  knownArguments = 0;
  /** How many arguments PHP gives the event's callback that is being written; swoole-ts gives some of them one more. No limit for all others, null for what is no event. */
  eventArity: number | null = null;

  constructor(
    readonly on: Analysis,
    readonly file: FileInfo,
    readonly findings: Finding[],
    readonly library: string,
    public fn: FunctionInfo,
  ) {
    this.imports = new Imports(library);
    for (const info of on.symbols.infos.values()) {
      if (info.file === file) for (const name of info.variables.keys()) this.taken.add(name);
    }
    for (const name of file.main.variables.keys()) this.taken.add(name);
    for (const info of on.symbols.functions.values()) if (info.file === file) this.declare(info.name);
    for (const info of on.symbols.classes.values()) if (info.file === file) this.declare(info.jsName);
  }

  /** Something of swoole-ts-php, by a name that nothing in the file hides. */
  php(name: string): string {
    if (this.taken.has(name) || RISKY.has(name))
      return `${this.imports.space('swoole-ts-php', 'php')}.${name}`;
    return this.imports.named('swoole-ts-php', name);
  }

  phpType(name: string): string {
    return this.taken.has(name) || RISKY.has(name)
      ? this.php(name)
      : this.imports.type('swoole-ts-php', name);
  }

  /** A constant or function of swoole-ts. */
  swoole(name: string): string {
    if (this.taken.has(name) || name.includes('.')) return `${this.imports.swoole()}.${name}`;
    return this.imports.fromSwoole(name);
  }

  /** Something that another file of the program declares. */
  fromProgram(file: FileInfo, name: string): string {
    if (file === this.file) return name;
    const from = relativePath(this.file.target, file.target);
    let local = name;
    while (
      this.#imported.has(local) ? this.#imported.get(local) !== `${from}:${name}` : this.declared.has(local)
    )
      local += '_';
    this.#imported.set(local, `${from}:${name}`);
    return this.imports.named(from, name, local);
  }

  private declare(name: string): void {
    this.taken.add(name);
    this.declared.add(name);
  }

  /** Whether what is being written is the text of a module, which runs once. */
  get inModule(): boolean {
    return this.fn.node === null && !this.fn.file.isTemplate;
  }

  /** Whether a statement stands at the top of the file, where it can be exported. */
  isTop(node: ast.Statement): boolean {
    const { children } = this.file.parsed.program;
    if (this.file.isTemplate) return false;
    return children.some(
      (child) => child === node || (child.kind === 'namespace' && child.children.includes(node)),
    );
  }

  /** The declarations of a function's static variables, which stand in front of it. */
  staticsOf(fn: FunctionInfo): string[] {
    let lines = this.#statics.get(fn);
    if (!lines) {
      lines = [];
      this.#statics.set(fn, lines);
    }
    return lines;
  }

  /** Whether another file of the program could import the name. */
  isUsedElsewhere(_name: string): boolean {
    return this.on.symbols.files.length > 1;
  }

  temporary(base: string): string {
    let name = base;
    while (this.taken.has(name)) name += '_';
    this.taken.add(name);
    return name;
  }

  find(node: ast.Node, kind: Finding['kind'], reason: string, advice: string): void {
    const { start, end } = node.loc;
    const php = this.file.parsed.text
      .slice(start.offset, end.offset)
      .replace(/\s+/g, ' ')
      .trim()
      .replace(/;$/, '');
    const finding: Finding = {
      file: this.file.path,
      line: start.line,
      column: start.column + 1,
      php: php.length > 160 ? `${php.slice(0, 157)}...` : php,
      kind,
      reason,
      advice,
    };
    const known = this.findings.some((other) => JSON.stringify(other) === JSON.stringify(finding));
    if (!known) this.findings.push(finding);
  }

  readonly #namesIn = new Map<FunctionInfo, Map<VariableInfo, string>>();

  /** Gives a variable another name within a function. */
  renamedIn(fn: FunctionInfo, variable: VariableInfo, name: string): void {
    const names = this.#namesIn.get(fn) ?? new Map<VariableInfo, string>();
    names.set(variable, name);
    this.#namesIn.set(fn, names);
  }

  /** Writes something in the scope of another function. */
  within<T>(fn: FunctionInfo, write: () => T): T {
    const { fn: outer, owner, prelude } = this;
    this.fn = fn;
    this.prelude = [];
    if (fn.owner) this.owner = fn.owner;
    const names = this.#namesIn.get(fn);
    const before = [...(names?.keys() ?? [])].map(
      (variable) => [variable, this.renamed.get(variable)] as const,
    );
    for (const [variable, name] of names ?? []) this.renamed.set(variable, name);
    try {
      return write();
    } finally {
      for (const [variable, name] of before) {
        if (name === undefined) this.renamed.delete(variable);
        else this.renamed.set(variable, name);
      }
      this.fn = outer;
      this.owner = owner;
      this.prelude = prelude;
    }
  }
}

/** Names of swoole-ts-php that would hide JavaScript's own. */
const RISKY = new Set(['Error', 'TypeError', 'Iterator', 'isNaN', 'parseInt']);
