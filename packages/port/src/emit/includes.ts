import path from 'node:path/posix';
import type { Inclusion } from '../analyse/includes.js';
import { ownerOf } from '../analyse/infer-statements.js';
import type { FileInfo } from '../analyse/program-model.js';
import type * as ast from '../parse/ast.js';
import { kindOf } from './arrays.js';
import { expression } from './expressions.js';
import type { FileEmitter } from './file-emitter.js';
import { relativePath } from './imports.js';
import { literalKeyText, moduleName, safeName } from './names.js';
import { quote } from './strings.js';

/** The one file of the program that an include means. */
export function includedFile(to: FileEmitter, node: ast.Include): FileInfo | null {
  const files = to.on.includes.of(node)?.files ?? [];
  return files.length === 1 ? (files[0] ?? null) : null;
}

/** `vendor/autoload.php`: modules import what they need. */
const isAutoload = (to: FileEmitter, node: ast.Include): boolean =>
  /(?:^|\/)vendor\/autoload\.php$/.test(to.on.includes.of(node)?.parts.at(-1) ?? '');

/** `include` as a value. */
export function include(to: FileEmitter, node: ast.Include): string {
  const inclusion = to.on.includes.of(node);
  if (isAutoload(to, node)) return 'true';
  if (inclusion && inclusion.files.length > 1) {
    const method = node.require ? 'require' : 'include';
    return `${includable(to, inclusion.files)}.${method}(${expression(to, node.target)}${given(to, inclusion, ', ')})`;
  }
  const file = includedFile(to, node);
  if (inclusion && file?.isTemplate) return `${defaultName(to, file)}(${given(to, inclusion, '')})`;
  if (file?.returnsValue) return defaultName(to, file);
  if (file) {
    if (hasEffects(file)) to.imports.effect(relativePath(to.file.target, file.target));
    return 'true';
  }
  to.find(
    node,
    'person',
    'what is included is only known at run time, or is not part of the program',
    'Import what it gives.',
  );
  return `${to.php('notPorted')}('include')`;
}

/** The variables that an included file sees, as an object. */
function given(to: FileEmitter, { node, fn, extracted, files }: Inclusion, before: string): string {
  const templates = files.filter(({ isTemplate }) => isTemplate);
  const last = extracted[extracted.length - 1];
  const early: string[] = [];
  const late: string[] = [];
  for (const item of node.variables ?? []) {
    if (typeof item.name !== 'string') continue;
    const text = expression(to, item);
    const known = fn.variables.get(item.name);
    const isLate = last !== undefined && (known?.sets ?? []).some((offset) => offset > last.loc.end.offset);
    (isLate ? late : early).push(text === item.name ? text : `${literalKeyText(item.name)}: ${text}`);
  }
  const spread = extracted.map((item) => {
    const kind = kindOf(to.on.typeOf(item));
    return kind === 'record'
      ? `...${expression(to, item)}`
      : `...Object.fromEntries(${to.php('entries')}(${expression(to, item)}))`;
  });
  const self = ownerOf(fn) && templates.some(({ main }) => main.usesThis) ? ['this: this'] : [];
  const all = [...self, ...early, ...spread, ...late];
  return templates.length > 0 && all.length > 0 ? `${before}{ ${all.join(', ')} }` : '';
}

/** The name of what a file exports by default: its value, or the function that it is. */
function defaultName(to: FileEmitter, file: FileInfo): string {
  const known = to.defaults.get(file);
  if (known) return known;
  const name = moduleName(file.target);
  let local = safeName(/^[A-Za-z_]/.test(name) ? name : `_${name}`);
  while (to.taken.has(local)) local += 'File';
  to.taken.add(local);
  to.defaults.set(file, local);
  return to.imports.default(relativePath(to.file.target, file.target), local);
}

/** The files that an include may mean whose path is only known at run time. */
export function includable(to: FileEmitter, files: readonly FileInfo[]): string {
  const known = to.includable.find(
    (one) => one.files.length === files.length && files.every((file) => one.files.includes(file)),
  );
  if (known) return known.name;
  const from = path.dirname(to.file.path);
  const lines = files.map((file) => `${quote(path.relative(from, file.path))}: ${asFunction(to, file)},`);
  const name = to.temporary('files');
  const text = `const ${name} = new ${to.php('IncludedFiles')}(import.meta.dirname, {\n${lines.join('\n')}\n});`;
  to.includable.push({ files, name, text });
  return name;
}

function asFunction(to: FileEmitter, file: FileInfo): string {
  if (file.isTemplate) return defaultName(to, file);
  if (file.returnsValue) return `() => ${defaultName(to, file)}`;
  to.imports.effect(relativePath(to.file.target, file.target));
  return '() => 1';
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
