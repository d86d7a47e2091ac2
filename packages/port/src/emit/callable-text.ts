import type { Callable } from '../analyse/callables.js';
import { phpName } from '../analyse/same-names.js';
import type * as ast from '../parse/ast.js';
import { classByName } from './class-text.js';
import { expression } from './expressions.js';
import type { FileEmitter } from './file-emitter.js';
import { safeName } from './names.js';
import { quote } from './strings.js';

/** A callable that PHP writes as a string or an array, as a function. */
export function callableText(to: FileEmitter, node: ast.Expression, callable: Callable): string {
  switch (callable.kind) {
    case 'function':
      if (callable.info) return to.fromProgram(callable.info.file, safeName(callable.info.name));
      if (to.on.api.phpFunction(callable.name.toLowerCase())) return to.php(callable.name.toLowerCase());
      if (to.on.api.function(callable.name)) return to.swoole(callable.name);
      to.find(node, 'person', `there is no function ${callable.name}() to call back`, 'Write it.');
      return quote(callable.name);
    case 'static': {
      const base = classByName(to, node, callable.owner);
      const name = callable.info?.jsName ?? callable.method;
      const plain = callable.info ? !callable.info.usesThis : false;
      return plain ? `${base}.${name}` : `${base}.${name}.bind(${base})`;
    }
    default: {
      const object = expression(to, callable.object);
      const name = callable.infos[0]?.jsName ?? callable.method;
      if (callable.object.kind === 'new') return `((object) => object.${name}.bind(object))(${object})`;
      return `${object}.${name}.bind(${object})`;
    }
  }
}

/**
 * The same function, with which the runtime keeps the callable as PHP has it, for getCallback(). Swoole gives back what was given: the
 * string, or the array of an object or a class's name and a method.
 */
export function namedCallable(to: FileEmitter, node: ast.Expression, callable: Callable): string {
  if (node.kind === 'array' && callable.kind === 'method') {
    const isName = callable.object.kind === 'variable';
    const object = isName ? expression(to, callable.object) : 'object';
    const method = `${object}.${callable.infos[0]?.jsName ?? callable.method}.bind(${object})`;
    const made = `${to.php('asCallable')}([${object}, ${quote(callable.method)}], ${method})`;
    return isName ? made : `((object) => ${made})(${expression(to, callable.object)})`;
  }
  const text = callableText(to, node, callable);
  if (/^['"]/.test(text)) return text;
  const written =
    node.kind === 'array' && callable.kind === 'static'
      ? `[${quote(phpName(callable.owner))}, ${quote(callable.method)}]`
      : expression(to, node);
  return `${to.php('asCallable')}(${written}, ${text})`;
}
