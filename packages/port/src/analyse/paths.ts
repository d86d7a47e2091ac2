import path from 'node:path/posix';
import type * as ast from '../parse/ast.js';
import { walkScope } from '../parse/walk.js';
import type { FileInfo, FunctionInfo } from './program-model.js';
import type { Symbols } from './symbols.js';

/** A path as far as the text of the program tells it: null stands for what is only known at run time. */
export type PathParts = readonly (string | null)[];

const UNKNOWN: PathParts = [null];
const DEEPEST = 8;

/** What an expression is as a path: `__DIR__ . '/x/' . $name` is its folder, `/x/`, and something unknown. */
export function pathParts(symbols: Symbols, fn: FunctionInfo, node: ast.Expression, depth = 0): PathParts {
  const inner = (other: ast.Expression, scope = fn): PathParts => pathParts(symbols, scope, other, depth + 1);
  if (depth > DEEPEST) return UNKNOWN;
  switch (node.kind) {
    case 'string':
    case 'nowdoc':
      return [node.value];
    case 'magic': {
      const name = (node.raw ?? node.value).toUpperCase();
      return name === '__DIR__'
        ? [path.dirname(fn.file.path)]
        : name === '__FILE__'
          ? [fn.file.path]
          : UNKNOWN;
    }
    case 'bin':
      return node.type === '.' ? joined([...inner(node.left), ...inner(node.right)]) : UNKNOWN;
    case 'encapsed':
      return joined(node.value.flatMap((part) => inner(part.expression)));
    case 'call':
      return callParts(fn, node, inner);
    case 'variable': {
      const found = typeof node.name === 'string' ? onlyValue(symbols, fn, node.name) : null;
      return found ? inner(found.value, found.scope) : UNKNOWN;
    }
    case 'name': {
      const names = fn.names;
      if (/^\\?DIRECTORY_SEPARATOR$/.test(node.name)) return ['/'];
      const constant = symbols.constants.get(symbols.constantName(node.name, names));
      return constant?.value ? inner(constant.value, constant.file.main) : UNKNOWN;
    }
    case 'staticlookup': {
      if (node.offset.kind !== 'identifier' || !fn.owner || node.what.kind !== 'selfreference')
        return UNKNOWN;
      const constant = fn.owner.constants.get(node.offset.name);
      return constant ? inner(constant.node.value) : UNKNOWN;
    }
    default:
      return UNKNOWN;
  }
}

function callParts(fn: FunctionInfo, node: ast.Call, inner: (other: ast.Expression) => PathParts): PathParts {
  const [first] = node.arguments;
  if (node.what.kind !== 'name' || !first || /^(?:named|variadic)/.test(first.kind)) return UNKNOWN;
  const parts = inner(first as ast.Expression);
  if (/^\\?realpath$/i.test(node.what.name)) return parts;
  if (!/^\\?dirname$/i.test(node.what.name) || parts.length !== 1 || parts[0] === null) return UNKNOWN;
  const up = node.arguments[1];
  let found = parts[0] ?? '';
  const levels = up?.kind === 'number' ? Number(up.value) : 1;
  for (let i = 0; i < levels; i++) found = found === '.' ? '..' : path.dirname(found);
  return fn.file.path === '' ? UNKNOWN : [found];
}

function joined(parts: PathParts): PathParts {
  const all: (string | null)[] = [];
  for (const part of parts) {
    const last = all[all.length - 1];
    if (typeof part === 'string' && typeof last === 'string') all[all.length - 1] = last + part;
    else if (part !== null || last !== null) all.push(part);
  }
  return all;
}

/** The one value that a variable ever gets, and where. */
function onlyValue(
  symbols: Symbols,
  fn: FunctionInfo,
  name: string,
): { value: ast.Expression; scope: FunctionInfo } | null {
  if (fn.parameters.some((item) => item.name === name)) return null;
  const values = assignedTo(fn, name);
  if (values.length === 1 && values[0]) return { value: values[0], scope: fn };
  if (values.length > 1) return null;
  const { node, parent } = fn;
  const sees =
    node?.kind === 'arrowfunc' ||
    (node?.kind === 'closure' && node.uses.some((use) => !use.byref && use.name === name));
  if (sees && parent) return onlyValue(symbols, parent, name);
  return null;
}

/** The values that a function's own text gives to a variable; null for one that is no plain assignment. */
function assignedTo(fn: FunctionInfo, name: string): (ast.Expression | null)[] {
  const found: (ast.Expression | null)[] = [];
  for (const statement of statementsOf(fn)) {
    walkScope(statement, (node) => {
      if (node.kind === 'assign' && node.left.kind === 'variable' && node.left.name === name)
        found.push(node.operator === '=' ? node.right : null);
      if (node.kind === 'foreach')
        for (const each of [node.key, node.value])
          if (each?.kind === 'variable' && each.name === name) found.push(null);
      if (node.kind === 'assignref' && node.left.kind === 'variable' && node.left.name === name)
        found.push(null);
      return true;
    });
  }
  return found;
}

/** The statements of a function, or of the text of a file. */
export function statementsOf(fn: FunctionInfo): readonly ast.Node[] {
  if (fn.node === null)
    return fn.file.parsed.program.children.flatMap((node): readonly ast.Node[] =>
      node.kind === 'namespace' ? node.children : [node],
    );
  if (fn.node.kind === 'arrowfunc') return [fn.node.body];
  return fn.node.body ? fn.node.body.children : [];
}

/** The files of the program that a path may mean. */
export function filesAt(files: readonly FileInfo[], from: FileInfo, parts: PathParts): FileInfo[] {
  const bases = typeof parts[0] === 'string' ? ['', `${path.dirname(from.path)}/`] : [];
  // Of a path that begins with something unknown nothing is known.
  if (parts.length > 1 && !/\//.test(parts[0] ?? '')) return [];
  for (const base of bases) {
    const wanted = path.normalize(base + parts.map((part) => part ?? '\0').join(''));
    const pattern = new RegExp(`^${wanted.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('\0', '.+')}$`);
    const found = files.filter(
      (file) => pattern.test(path.normalize(file.path)) && (parts.length === 1 || file !== from),
    );
    if (found.length > 0) return found;
  }
  return [];
}
