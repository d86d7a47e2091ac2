import { ownerOf } from '../analyse/infer-statements.js';
import type * as ast from '../parse/ast.js';
import { expression } from './expressions.js';
import type { FileEmitter } from './file-emitter.js';
import { safeName } from './names.js';
import { quote } from './strings.js';

/** A class where a value is expected: what is before `.create()` or after `new`. */
export function classText(to: FileEmitter, node: ast.ClassReference | ast.Expression): string {
  switch (node.kind) {
    case 'selfreference':
      return ownerOf(to.fn) ? ownClass(to) : 'this';
    case 'staticreference':
      return isStaticMethod(to) ? 'this' : '(this.constructor as any)';
    case 'parentreference':
      return 'super';
    case 'name':
      return classByName(to, node, to.on.symbols.className(node, to.on.namesOf(to.fn)));
    default:
      return expression(to, node);
  }
}

function ownClass(to: FileEmitter): string {
  const owner = to.owner ?? ownerOf(to.fn);
  return owner?.jsName ? safeName(owner.jsName) : '(this.constructor as any)';
}

export function isStaticMethod(to: FileEmitter): boolean {
  for (let at: typeof to.fn | null = to.fn; at; at = at.parent)
    if (at.node?.kind === 'method') return at.node.isStatic;
  return false;
}

/** The value of a class by its full PHP name. */
export function classByName(to: FileEmitter, node: ast.Node, name: string): string {
  const own = to.on.symbols.class(name);
  if (own) return to.fromProgram(own.file, safeName(own.jsName));
  const api = to.on.api.class(name);
  if (api) return `${to.imports.swoole()}.${api.path}`;
  if (/^Swoole\\/.test(name)) {
    to.find(
      node,
      'person',
      `swoole-ts has no ${name}`,
      'See the list of what swoole-ts has for what to use instead.',
    );
    return `(${to.imports.swoole()} as any).${name.slice('Swoole\\'.length).replaceAll('\\', '.')}`;
  }
  const simple = name.replace(/^\\/, '');
  if (to.on.api.hasPhp(simple)) return to.php(simple);
  to.find(
    node,
    'person',
    `the class ${name} is neither in the program nor known`,
    'Port it, or use a package from npm that does its work.',
  );
  return `(${to.php('notPorted')}(${quote(name)}) as any)`;
}
