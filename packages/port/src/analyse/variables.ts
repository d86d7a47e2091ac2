import type * as ast from '../parse/ast.js';
import { walk, walkScope } from '../parse/walk.js';
import type { FunctionInfo, VariableInfo } from './program-model.js';
import type { Symbols } from './symbols.js';

export const SUPERGLOBALS: ReadonlySet<string> = new Set([
  'GLOBALS',
  '_SERVER',
  '_GET',
  '_POST',
  '_COOKIE',
  '_FILES',
  '_ENV',
  '_REQUEST',
  '_SESSION',
  '_ARGV',
  '_ARGC',
]);

/** Finds which variable a name means: that of the function, of one around it, or of the text of the file. */
export class Variables {
  readonly #assigned = new Map<FunctionInfo, Set<string>>();

  constructor(private readonly symbols: Symbols) {}

  find(fn: FunctionInfo, name: string): VariableInfo {
    if (fn.globals.has(name)) return this.#global(fn, name);
    const { node } = fn;
    if (node && fn.parent && !fn.parameters.some((item) => item.name === name)) {
      if (node.kind === 'arrowfunc' && !this.assigned(fn).has(name)) return this.#outer(fn.parent, name);
      if (node.kind === 'closure') {
        const use = node.uses.find((item) => item.name === name);
        if (use && (use.byref || !this.assigned(fn).has(name))) return this.#outer(fn.parent, name);
      }
    }
    return fn.variable(name);
  }

  #outer(parent: FunctionInfo, name: string): VariableInfo {
    const found = this.find(parent, name);
    found.captured = true;
    return found;
  }

  #global(fn: FunctionInfo, name: string): VariableInfo {
    const has = this.symbols.files.find(
      ({ main }) => main.variables.has(name) && this.assigned(main).has(name),
    );
    const found = (has?.main ?? fn.file.main).variable(name);
    found.captured = true;
    if (found.owner.file !== fn.file) found.isShared = true;
    return found;
  }

  /** Variables that a closure takes by value and changes for itself. */
  ownCopies(fn: FunctionInfo): string[] {
    if (fn.node?.kind !== 'closure') return [];
    const own = this.assigned(fn);
    return fn.node.uses
      .filter((use) => !use.byref && own.has(String(use.name)))
      .map((use) => String(use.name));
  }

  /** The names that get a value in a function's own text. */
  assigned(fn: FunctionInfo): Set<string> {
    const known = this.#assigned.get(fn);
    if (known) return known;
    const names = new Set<string>();
    this.#assigned.set(fn, names);
    const target = (node: ast.Expression | null): void => {
      if (!node) return;
      if (node.kind === 'variable' && typeof node.name === 'string') names.add(node.name);
      else if (node.kind === 'offsetlookup') target(node.what);
      else if (node.kind === 'byref') target(node.what);
      else if (node.kind === 'list' || node.kind === 'array') {
        for (const item of node.items) if (item?.kind === 'entry') target(item.value);
      }
    };
    const look = (node: ast.Node): boolean => {
      switch (node.kind) {
        case 'assign':
        case 'assignref':
          target(node.left);
          if (node.kind === 'assignref') target(node.right);
          break;
        case 'pre':
        case 'post':
          target(node.what);
          break;
        case 'foreach':
          target(node.key);
          target(node.value);
          break;
        case 'unset':
          for (const item of node.variables) target(item);
          break;
        case 'static':
          for (const item of node.variables) target(item.variable);
          break;
        case 'global':
          for (const item of node.items) if (typeof item.name === 'string') names.add(item.name);
          break;
        case 'closure':
          for (const use of node.uses) if (use.byref && typeof use.name === 'string') names.add(use.name);
          break;
        default:
      }
      return true;
    };
    if (fn.node) {
      if (fn.node.body) walkScope(fn.node.body, look);
    } else {
      for (const statement of fn.file.parsed.program.children) {
        if (statement.kind === 'namespace') for (const inner of statement.children) walkScope(inner, look);
        else walkScope(statement, look);
      }
    }
    return names;
  }
}

/** Whether the node or something below it, functions included, is what `test` looks for. */
export function contains(node: ast.Node, test: (node: ast.Node) => boolean): boolean {
  let found = false;
  walk(node, (child) => {
    if (!found && test(child)) found = true;
    return !found;
  });
  return found;
}
