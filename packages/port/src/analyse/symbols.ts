import { swooleClass } from '../api/swoole-names.js';
import * as ast from '../parse/ast.js';
import type { ParsedFile } from '../parse/parse.js';
import { walk } from '../parse/walk.js';
import { ClassInfo, type FileInfo, FunctionInfo, type NameScope } from './program-model.js';
import { preferNear, type SameName, uniqueName } from './same-names.js';
import { ANYTHING, type Type } from './type.js';

/** A constant made by `const` or `define()`. */
export interface ConstantInfo {
  name: string;
  jsName: string;
  file: FileInfo;
  type: Type;
  value: ast.Expression | null;
  /** It gets its value while the program runs, not by a statement of the file. */
  late: boolean;
}

/** Everything the program declares, over all its files. */
export class Symbols {
  readonly files: FileInfo[] = [];
  /** By full PHP name in lower case. */
  readonly classes = new Map<string, ClassInfo>();
  readonly functions = new Map<string, FunctionInfo>();
  readonly constants = new Map<string, ConstantInfo>();
  /** The function that a node is. */
  readonly infos = new Map<ast.Node, FunctionInfo>();
  readonly classInfos = new Map<ast.Node, ClassInfo>();
  /** The names that hold for the statements of a namespace or file. */
  readonly scopes = new Map<ast.Node, NameScope>();
  readonly #again: SameName[] = [];
  /** Calls of `define()` that are statements of a file. */
  readonly defines = new Set<ast.Node>();
  /** The classes before `::`, which are known when all files are read. */
  readonly #named: [ast.Name, NameScope][] = [];

  constructor(parsed: readonly ParsedFile[]) {
    for (const file of parsed) this.#file(file);
    preferNear(this, this.#again);
    for (const info of this.classInfos.values()) this.#relate(info);
    for (const [name, names] of this.#named) {
      const info = this.class(this.className(name, names));
      if (info?.node.kind === 'trait') info.isUsedItself = true;
    }
    this.#inherit();
  }

  #file(parsed: ParsedFile): void {
    const names = emptyScope('');
    const file = {
      parsed,
      path: parsed.path,
      target: parsed.path.replace(/\.(?:php|inc|phtml)$/i, '.ts'),
    } as FileInfo;
    if (!file.target.endsWith('.ts')) file.target += '.ts';
    file.main = new FunctionInfo('', null, file, null, null, names);
    file.scopes = new Map();
    file.isTemplate = false;
    file.templateVariables = [];
    file.returnsValue = parsed.program.children.some((node) => node.kind === 'return' && node.expr !== null);
    this.files.push(file);
    this.scopes.set(parsed.program, names);
    this.#statements(parsed.program.children, file, names);
  }

  #statements(statements: readonly ast.Statement[], file: FileInfo, names: NameScope): void {
    for (const node of statements) if (node.kind === 'usegroup') readUses(node, names);
    for (const node of statements) {
      if (node.kind === 'namespace') {
        const inner = emptyScope(node.name.replace(/^\\/, ''));
        this.scopes.set(node, inner);
        this.#statements(node.children, file, inner);
        continue;
      }
      if (node.kind === 'expressionstatement') this.defines.add(node.expression);
      this.#node(node, file, file.main, null, names);
    }
  }

  /** Declares what a node and all below it declare. */
  #node(
    node: ast.Node,
    file: FileInfo,
    parent: FunctionInfo,
    owner: ClassInfo | null,
    names: NameScope,
  ): void {
    walk(node, (child) => {
      switch (child.kind) {
        case 'function': {
          const name = ast.identifier(child.name);
          const info = this.#function(child, name, file, null, null, names);
          this.functions.set(this.#unique('functions', name, file, names).toLowerCase(), info);
          return false;
        }
        case 'closure':
        case 'arrowfunc':
          this.#function(child, '', file, parent, owner, names);
          return false;
        case 'class':
        case 'interface':
        case 'trait':
        case 'enum':
          this.#class(child, file, parent, names);
          return false;
        case 'constantstatement':
          for (const item of child.constants)
            this.#constant(full(names, ast.identifier(item.name)), file, item.value, false);
          return true;
        case 'staticlookup':
          if (child.what.kind === 'name') this.#named.push([child.what, names]);
          return true;
        case 'call':
          this.#define(child, file);
          if (child.what.kind === 'name' && /^\\?func_(?:get_args?|num_args)$/i.test(child.what.name))
            parent.usesArgumentList = true;
          return true;
        default:
          return true;
      }
    });
  }

  #define(node: ast.Call, file: FileInfo): void {
    const [first, second] = node.arguments;
    if (node.what.kind === 'name' && /^\\?define$/i.test(node.what.name) && first?.kind === 'string') {
      const value = second && !/^(?:named|variadic)/.test(second.kind) ? (second as ast.Expression) : null;
      this.#constant(first.value, file, value, !this.defines.has(node));
    }
  }

  #constant(name: string, file: FileInfo, value: ast.Expression | null, late: boolean): void {
    const known = this.constants.get(name);
    if (!known) {
      const jsName = name.split('\\').pop() ?? name;
      this.constants.set(name, { name, jsName, file, type: ANYTHING, value, late });
    } else if (known.file === file) known.late = true;
  }

  #function(
    node: ast.FunctionLike,
    name: string,
    file: FileInfo,
    parent: FunctionInfo | null,
    owner: ClassInfo | null,
    names: NameScope,
  ): FunctionInfo {
    const info = new FunctionInfo(name, node, file, parent, owner, names);
    this.infos.set(node, info);
    for (const parameter of node.arguments) {
      const variable = info.variable(parameter.name.name);
      variable.isParameter = true;
      variable.assignments++;
      info.parameters.push({ name: parameter.name.name, node: parameter, variable, byRef: false });
      if (parameter.value) this.#node(parameter.value, file, info, owner, names);
    }
    if (node.body) this.#node(node.body, file, info, owner, names);
    return info;
  }

  #class(node: ast.ClassLike, file: FileInfo, parent: FunctionInfo, names: NameScope): void {
    const own = node.kind === 'class' && node.isAnonymous ? '' : ast.identifier(node.name);
    const name = own
      ? this.#unique('classes', own, file, names)
      : `class@anonymous:${file.path}:${node.loc.start.offset}`;
    const info = new ClassInfo(name, own, node, file, names);
    this.classes.set(name.toLowerCase(), info);
    this.classInfos.set(node, info);
    for (const member of node.body) {
      if (member.kind === 'method') {
        const method = this.#function(
          member,
          ast.identifier(member.name),
          file,
          member.isStatic ? null : null,
          info,
          names,
        );
        info.methods.set(method.name.toLowerCase(), method);
      } else if (member.kind === 'enumcase') info.cases.push(ast.identifier(member.name));
      else if (member.kind === 'classconstant') {
        for (const item of member.constants)
          info.constants.set(ast.identifier(item.name), { node: item, type: ANYTHING });
      }
      if (member.kind !== 'method') this.#node(member, file, parent, info, names);
    }
  }

  /** What a class extends, implements and uses: known when all files are read. */
  #relate(info: ClassInfo): void {
    const { node, names } = info;
    const named = (items: readonly ast.Name[] | null): string[] =>
      (items ?? []).map((item) => this.className(item, names));
    if (node.kind === 'class') info.parent = node.extends ? this.className(node.extends, names) : null;
    if (node.kind !== 'trait')
      info.interfaces = named(node.kind === 'interface' ? node.extends : node.implements);
    info.traits = node.body.flatMap((member) => (member.kind === 'traituse' ? named(member.traits) : []));
  }

  /** The full name of what a file declares, made unique where another file has declared it. */
  #unique(kind: SameName['kind'], own: string, file: FileInfo, names: NameScope): string {
    const name = full(names, own);
    const first = this[kind].get(name.toLowerCase());
    if (!first || first.file === file) return name;
    const unique = uniqueName(name, file);
    names[kind].set(own.toLowerCase(), unique);
    this.#again.push({ kind, name, unique, file });
    return unique;
  }

  /** Methods of one name in a class and its kin are async together: also the one that a class inherits for an interface. */
  #inherit(): void {
    for (const info of this.classes.values()) {
      for (const base of this.ancestors(info)) {
        for (const [name, other] of base.methods) {
          const method = this.method(info, name);
          if (!method || method === other || name === '__construct') continue;
          method.kin.add(other);
          other.kin.add(method);
        }
      }
    }
  }

  /** The classes, interfaces and traits above a class, nearest first. */
  *ancestors(info: ClassInfo): Iterable<ClassInfo> {
    const seen = new Set<ClassInfo>([info]);
    const queue = [...info.traits, info.parent, ...info.interfaces];
    for (let i = 0; i < queue.length; i++) {
      const found = this.classes.get((queue[i] ?? '').toLowerCase());
      if (!found || seen.has(found)) continue;
      seen.add(found);
      yield found;
      queue.push(...found.traits, found.parent, ...found.interfaces);
    }
  }

  /** The first class at or above a class that is none of the program's: one of Swoole or PHP. */
  foreignParent(info: ClassInfo): string | null {
    for (let at: ClassInfo | undefined = info; at; ) {
      const { parent }: ClassInfo = at;
      if (parent === null) return null;
      const next = this.classes.get(parent.toLowerCase());
      if (!next) return parent;
      at = next === at ? undefined : next;
    }
    return null;
  }

  method(info: ClassInfo, name: string): FunctionInfo | null {
    const lower = name.toLowerCase();
    const own = info.methods.get(lower);
    if (own) return own;
    for (const base of this.ancestors(info)) {
      const found = base.methods.get(lower);
      if (found) return found;
    }
    return null;
  }

  /** The function that a text as a callable means: a full name. */
  functionOf(name: string, names: NameScope): FunctionInfo | null {
    const own = names.namespace ? undefined : names.functions.get(name.toLowerCase());
    return this.functions.get((own ?? name).toLowerCase()) ?? null;
  }

  class(name: string): ClassInfo | null {
    return this.classes.get(name.toLowerCase()) ?? null;
  }

  /** The full PHP name of the class that a name means; Swoole's classes by their current names. */
  className(node: ast.Name, names: NameScope): string {
    return this.resolveClass(node.name, names);
  }

  resolveClass(written: string, names: NameScope): string {
    if (written.startsWith('\\')) return known(written.slice(1));
    const [first = '', ...rest] = written.replace(/^namespace\\/i, '').split('\\');
    const alias = names.classes.get(first.toLowerCase());
    if (alias) return known([alias, ...rest].join('\\'));
    const local = full(names, written);
    if (names.namespace && !this.classes.has(local.toLowerCase())) {
      const there = known(written);
      if (there !== written || rest.length === 0) return there;
    }
    return known(local);
  }

  /** The full name of the function that a name means, without a leading backslash. */
  functionName(node: ast.Name, names: NameScope): string {
    const written = node.name;
    if (written.startsWith('\\')) return written.slice(1);
    const parts = written.replace(/^namespace\\/i, '').split('\\');
    const [first = '', ...rest] = parts;
    if (rest.length === 0) {
      const alias = names.functions.get(first.toLowerCase());
      if (alias) return alias;
      const local = full(names, first);
      return this.functions.has(local.toLowerCase()) ? local : first;
    }
    const alias = names.classes.get(first.toLowerCase());
    return alias ? [alias, ...rest].join('\\') : full(names, parts.join('\\'));
  }

  constantName(written: string, names: NameScope): string {
    if (written.startsWith('\\')) return written.slice(1);
    const alias = names.constants.get(written);
    if (alias) return alias;
    const local = full(names, written);
    return this.constants.has(local) ? local : written;
  }
}

const known = (name: string): string => swooleClass(name) ?? name;

function full(names: NameScope, name: string): string {
  return names.namespace ? `${names.namespace}\\${name}` : name;
}

function emptyScope(namespace: string): NameScope {
  return { namespace, classes: new Map(), functions: new Map(), constants: new Map() };
}

function readUses(node: ast.UseGroup, names: NameScope): void {
  for (const item of node.items) {
    const path = [node.name, item.name]
      .filter((part) => part)
      .join('\\')
      .replace(/^\\/, '');
    const alias = item.alias?.name ?? path.split('\\').pop() ?? path;
    const type = item.type ?? node.type;
    if (type === 'function') names.functions.set(alias.toLowerCase(), path);
    else if (type === 'const') names.constants.set(alias, path);
    else names.classes.set(alias.toLowerCase(), path);
  }
}
