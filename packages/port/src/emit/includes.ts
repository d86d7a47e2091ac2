import path from 'node:path/posix';
import type { FileInfo } from '../analyse/program-model.js';
import type * as ast from '../parse/ast.js';
import type { FileEmitter } from './file-emitter.js';
import { relativePath } from './imports.js';

/** The text of a path that is written out: `__DIR__ . '/x.php'`, `dirname(__DIR__) . '/x.php'`. Null for a computed one. */
export function staticPath(node: ast.Expression, file: FileInfo): string | null {
  switch (node.kind) {
    case 'string':
      return node.value;
    case 'magic':
      return /__DIR__/i.test(node.raw ?? node.value)
        ? path.dirname(file.path)
        : /__FILE__/i.test(node.raw ?? node.value)
          ? file.path
          : null;
    case 'bin': {
      if (node.type !== '.') return null;
      const [left, right] = [staticPath(node.left, file), staticPath(node.right, file)];
      return left === null || right === null ? null : left + right;
    }
    case 'call': {
      const [first] = node.arguments;
      if (
        node.what.kind !== 'name' ||
        !/^\\?dirname$/i.test(node.what.name) ||
        !first ||
        first.kind === 'namedargument'
      )
        return null;
      if (first.kind === 'variadic' || first.kind === 'variadicplaceholder') return null;
      const inner = staticPath(first, file);
      return inner === null ? null : path.dirname(inner);
    }
    case 'encapsed': {
      const parts = node.value.map((part) => staticPath(part.expression, file));
      return parts.some((part) => part === null) ? null : parts.join('');
    }
    default:
      return null;
  }
}

/** The file of the program that an include means. */
export function includedFile(to: FileEmitter, node: ast.Include): FileInfo | null {
  const written = staticPath(node.target, to.file);
  if (written === null) return null;
  const tries = [path.normalize(written), path.normalize(path.join(path.dirname(to.file.path), written))];
  return (
    to.on.symbols.files.find((file) =>
      tries.some((one) => path.normalize(file.path) === one || path.normalize(`./${file.path}`) === one),
    ) ?? null
  );
}

const isAutoload = (node: ast.Include, file: FileInfo): boolean =>
  /vendor\/autoload\.php$/.test(staticPath(node.target, file) ?? '');

/** `include` as a value. */
export function include(to: FileEmitter, node: ast.Include): string {
  const file = includedFile(to, node);
  if (file?.returnsValue) {
    const name = path
      .basename(file.target, '.ts')
      .replace(/\W+(\w)?/g, (_, next: string | undefined) => (next ?? '').toUpperCase());
    let local = /^[A-Za-z_]/.test(name) ? name : `_${name}`;
    while (to.taken.has(local)) local += 'File';
    return to.imports.default(relativePath(to.file.target, file.target), local);
  }
  if (file) {
    if (hasEffects(file)) to.imports.effect(relativePath(to.file.target, file.target));
    return 'true';
  }
  if (isAutoload(node, to.file)) return 'true';
  to.find(
    node,
    'person',
    'what is included is only known at run time, or is not part of the program',
    'Import what it gives.',
  );
  return `${to.php('notPorted')}('include')`;
}

/** Whether a file does something besides declaring. */
export function hasEffects(file: FileInfo): boolean {
  const quiet = new Set([
    'function',
    'class',
    'interface',
    'trait',
    'enum',
    'usegroup',
    'declare',
    'constantstatement',
    'noop',
    'inline',
  ]);
  const statements = file.parsed.program.children.flatMap((node) =>
    node.kind === 'namespace' ? node.children : [node],
  );
  return statements.some((node) => {
    if (quiet.has(node.kind)) return node.kind === 'inline' && node.value.trim() !== '';
    if (node.kind !== 'expressionstatement') return true;
    const { expression } = node;
    return !(
      expression.kind === 'include' ||
      (expression.kind === 'call' &&
        expression.what.kind === 'name' &&
        /^\\?(?:define|spl_autoload_register)$/i.test(expression.what.name))
    );
  });
}
