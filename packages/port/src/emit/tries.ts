import type * as ast from '../parse/ast.js';
import { trailing } from './comments.js';
import type { FileEmitter } from './file-emitter.js';
import { safeName } from './names.js';
import { block } from './statements.js';

export function tryStatement(to: FileEmitter, node: ast.Try): string {
  let text = `try {\n${block(to, node.body.children)}${trailing(to, node.body)}}`;
  if (node.catches.length > 0) text += catches(to, node.catches);
  if (node.always) text += ` finally {\n${block(to, node.always.children)}${trailing(to, node.always)}}`;
  return text;
}

/** The classes that JavaScript's own errors are to PHP: what is caught as one of them gets PHP's methods. */
const NATIVE = /^\\?(?:Throwable|Error|TypeError|ValueError)$/i;

const EVERYTHING = /^\\?Throwable$/i;

function catches(to: FileEmitter, all: readonly ast.Catch[]): string {
  const classes = all.map((each) =>
    each.what.map((item) => to.on.symbols.className(item, to.on.namesOf(to.fn))),
  );
  const native = classes.some((names) => names.some((name) => NATIVE.test(name)));
  const [first] = all;
  const own =
    first?.variable && typeof first.variable.name === 'string' ? safeName(first.variable.name) : null;
  const name = native || own === null ? (to.taken.has('error') ? 'thrown' : 'error') : own;
  const branches: string[] = [];
  for (const [i, each] of all.entries()) {
    const names = classes[i] ?? [];
    const text = branch(to, each, names, name);
    if (names.some((one) => EVERYTHING.test(one))) {
      if (branches.length === 0) return ` catch${text.includes(name) ? ` (${name})` : ''} {\n${text}}`;
      return ` catch (${name}) {\n${branches.join(' else ')} else {\n${text}}\n}`;
    }
    const test = each.what
      .map((item, k) => `${name} instanceof ${exceptionText(to, item, names[k] ?? '')}`)
      .join(' || ');
    if (all.length === 1) return ` catch (${name}) {\nif (!(${test})) throw ${name};\n${text}}`;
    branches.push(`if (${test}) {\n${text}}`);
  }
  return ` catch (${name}) {\n${branches.join(' else ')} else {\nthrow ${name};\n}\n}`;
}

/** What a catch clause does. */
function branch(to: FileEmitter, each: ast.Catch, names: readonly string[], name: string): string {
  const variable =
    each.variable && typeof each.variable.name === 'string'
      ? to.on.variables.find(to.fn, each.variable.name)
      : null;
  const native = names.some((one) => NATIVE.test(one));
  if (variable && !native) to.renamed.set(variable, name);
  if (variable && native) to.renamed.delete(variable);
  const inner = `${block(to, each.body.children)}${trailing(to, each.body)}`;
  if (!variable || !native || !new RegExp(`\\b${safeName(variable.jsName)}\\b`).test(inner)) return inner;
  return `const ${safeName(variable.jsName)} = ${to.php('caught')}(${name});\n${inner}`;
}

function exceptionText(to: FileEmitter, node: ast.Name, name: string): string {
  const own = to.on.symbols.class(name);
  if (own) return to.fromProgram(own.file, safeName(own.jsName));
  const api = to.on.api.class(name);
  if (api) return `${to.imports.swoole()}.${api.path}`;
  const simple = name.replace(/^\\/, '');
  if (to.on.api.hasPhp(simple)) return to.php(simple);
  to.find(node, 'person', `the exception ${name} is not known`, 'Port it.');
  return to.php('Throwable');
}
