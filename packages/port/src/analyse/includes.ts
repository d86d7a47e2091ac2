import type * as ast from '../parse/ast.js';
import { walk, walkScope } from '../parse/walk.js';
import { filesAt, type PathParts, pathParts, statementsOf } from './paths.js';
import type { FileInfo, FunctionInfo } from './program-model.js';
import type { Symbols } from './symbols.js';
import type { Variables } from './variables.js';

/** An `include` of the program. */
export interface Inclusion {
  node: ast.Include;
  fn: FunctionInfo;
  parts: PathParts;
  /** The files that it may mean; several when only their folder is known. */
  files: FileInfo[];
  /** What `extract()` has put into the variables before it, in order. */
  extracted: ast.Expression[];
}

const DECLARES = new Set([
  'function',
  'class',
  'interface',
  'trait',
  'enum',
  'constantstatement',
  'namespace',
]);

/** Finds out what each `include` means, and which files are functions here: those that are included where the program runs. */
export class Includes {
  readonly #all = new Map<ast.Node, Inclusion>();

  constructor(
    private readonly symbols: Symbols,
    private readonly variables: Variables,
  ) {
    const loaders = this.#loaders();
    for (const file of symbols.files) this.#read(file.main);
    for (const fn of symbols.infos.values()) if (fn.node && !loaders.has(fn.node)) this.#read(fn);
    this.#chooseTemplates();
    // What a template passes on it has to get itself first.
    for (let level = 0; level < 3; level++) for (const inclusion of this.#all.values()) this.#pass(inclusion);
  }

  of(node: ast.Node): Inclusion | null {
    return this.#all.get(node) ?? null;
  }

  /** The include of templates after an `extract()`, which gives them what that would put into variables. */
  fedBy(node: ast.Call): Inclusion | null {
    const [first] = node.arguments;
    for (const inclusion of this.#all.values())
      if (
        inclusion.extracted.some((item) => item === first) &&
        inclusion.files.some(({ isTemplate }) => isTemplate)
      )
        return inclusion;
    return null;
  }

  /** The files that a path means which is only known in part. */
  filesAt(fn: FunctionInfo, node: ast.Expression): FileInfo[] {
    const parts = pathParts(this.symbols, fn, node);
    return parts.length > 1 ? filesAt(this.symbols.files, fn.file, parts) : [];
  }

  /** Functions that load classes by their names: modules import what they need. */
  #loaders(): Set<ast.Node> {
    const found = new Set<ast.Node>();
    for (const { parsed } of this.symbols.files) {
      walk(parsed.program, (node) => {
        if (
          node.kind === 'call' &&
          node.what.kind === 'name' &&
          /^\\?spl_autoload_register$/i.test(node.what.name)
        )
          for (const argument of node.arguments) found.add(argument);
        return true;
      });
    }
    return found;
  }

  #read(fn: FunctionInfo): void {
    const extracted: ast.Expression[] = [];
    for (const statement of statementsOf(fn)) {
      walkScope(statement, (node) => {
        if (node.kind === 'call' && node.what.kind === 'name' && /^\\?extract$/i.test(node.what.name)) {
          const [first] = node.arguments;
          if (first && !/^(?:named|variadic)/.test(first.kind)) extracted.push(first as ast.Expression);
        }
        if (node.kind === 'include') {
          const parts = pathParts(this.symbols, fn, node.target);
          const files = filesAt(this.symbols.files, fn.file, parts);
          this.#all.set(node, { node, fn, parts, files, extracted: [...extracted] });
        }
        return true;
      });
    }
  }

  /** A file is a function when it does something, and is only ever included in functions and in such files. */
  #chooseTemplates(): void {
    const sites = new Map<FileInfo, Inclusion[]>();
    for (const inclusion of this.#all.values())
      for (const file of inclusion.files) sites.set(file, [...(sites.get(file) ?? []), inclusion]);
    for (const [file, all] of sites)
      file.isTemplate = !file.returnsValue && isPlain(file) && all.every(({ node }) => !node.once);
    for (let changed = true; changed; ) {
      changed = false;
      for (const [file, all] of sites) {
        const runs = ({ fn, files }: Inclusion): boolean =>
          fn.node !== null || fn.file.isTemplate || files.length > 1;
        if (!file.isTemplate || all.every(runs)) continue;
        file.isTemplate = false;
        changed = true;
      }
    }
    for (const file of this.symbols.files) {
      if (!file.isTemplate) continue;
      const opened = (sites.get(file) ?? []).some(
        ({ extracted, fn }) => extracted.length > 0 || fn.file.isTemplate,
      );
      if (opened) for (const name of this.#open(file)) this.#parameter(file, name);
    }
  }

  /** The variables of a template that it does not give a value itself. */
  #open(file: FileInfo): string[] {
    const assigned = this.variables.assigned(file.main);
    return [...this.#names(file)].filter((name) => !assigned.has(name) || isReadFirst(file, name));
  }

  #parameter(file: FileInfo, name: string): void {
    file.main.variable(name).isParameter = true;
    if (!file.templateVariables.includes(name)) file.templateVariables.push(name);
  }

  /** Every name that a template mentions, those in it included. */
  #names(file: FileInfo, seen = new Set<FileInfo>()): Set<string> {
    const names = new Set<string>();
    if (seen.has(file)) return names;
    seen.add(file);
    walk(file.parsed.program, (node) => {
      if (node.kind === 'variable' && typeof node.name === 'string' && node.name !== 'this')
        names.add(node.name);
      const inclusion = node.kind === 'include' ? this.#all.get(node) : undefined;
      for (const inner of inclusion?.files ?? [])
        for (const name of this.#names(inner, seen)) names.add(name);
      return true;
    });
    return names;
  }

  /** Gives an include the variables that are seen where it is, as far as its files use them. */
  #pass({ node, fn, files }: Inclusion): void {
    const templates = files.filter(({ isTemplate }) => isTemplate);
    if (templates.length === 0) return;
    const used = new Set(templates.flatMap((file) => [...this.#names(file)]));
    const seen = [...used].filter((name) => this.#isSeen(fn, node, name)).sort();
    for (const file of templates) {
      const own = this.#names(file);
      for (const name of seen) if (own.has(name)) this.#parameter(file, name);
    }
    node.variables = seen.map((name) => ({ kind: 'variable', name, curly: false, loc: node.loc }));
  }

  #isSeen(fn: FunctionInfo, at: ast.Include, name: string): boolean {
    if (fn.parameters.some((item) => item.name === name)) return true;
    if (fn.node === null && fn.file.isTemplate && fn.file.templateVariables.includes(name)) return true;
    if (fn.node?.kind === 'closure' && fn.node.uses.some((use) => use.name === name)) return true;
    if (!this.variables.assigned(fn).has(name)) return false;
    return statementsOf(fn).some((statement) => mentionsBefore(statement, name, at.loc.start.offset));
  }
}

function mentionsBefore(statement: ast.Node, name: string, offset: number): boolean {
  let found = false;
  walkScope(statement, (node) => {
    if (node.kind === 'variable' && node.name === name && node.loc.start.offset < offset) found = true;
    return !found;
  });
  return found;
}

/** Whether a template reads a variable before it gives it a value: `$title = $title ?? 'Home'`. */
function isReadFirst(file: FileInfo, name: string): boolean {
  let first: ast.Assign | ast.Foreach | null = null;
  let before = 0;
  walk(file.parsed.program, (node) => {
    if (node.kind === 'assign' && node.left.kind === 'variable' && node.left.name === name) first ??= node;
    if (node.kind === 'foreach' && node.value.kind === 'variable' && node.value.name === name) first ??= node;
    const isRead = node.kind === 'variable' && node.name === name;
    if (
      isRead &&
      (first === null || (first.kind === 'assign' && first.left !== node && within(node, first.right)))
    )
      before++;
    return true;
  });
  return before > 0;
}

const within = (node: ast.Node, outer: ast.Node): boolean =>
  node.loc.start.offset >= outer.loc.start.offset && node.loc.end.offset <= outer.loc.end.offset;

/** Whether a file does something, and declares nothing that others could need. */
function isPlain({ parsed }: FileInfo): boolean {
  const { children } = parsed.program;
  const isDefine = (node: ast.Node): boolean =>
    node.kind === 'expressionstatement' &&
    node.expression.kind === 'call' &&
    node.expression.what.kind === 'name' &&
    /^\\?define$/i.test(node.expression.what.name);
  return (
    children.some((node) => !/^(?:usegroup|declare|noop)$/.test(node.kind)) &&
    !children.some((node) => DECLARES.has(node.kind) || isDefine(node))
  );
}
