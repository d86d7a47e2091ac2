import * as types from '../analyse/type.js';
import type * as ast from '../parse/ast.js';
import type { FileEmitter } from './file-emitter.js';
import { safeName } from './names.js';

/** A constant by its name. */
export function constantText(to: FileEmitter, node: ast.Name): string {
  const { on } = to;
  const name = on.symbols.constantName(node.name, on.namesOf(to.fn));
  const own = on.symbols.constants.get(name);
  if (own) return to.fromProgram(own.file, safeName(own.jsName));
  if (/^true$/i.test(name)) return 'true';
  if (/^false$/i.test(name)) return 'false';
  if (/^null$/i.test(name)) return 'null';
  const simple = name.split('\\').pop() ?? name;
  if (on.api.hasConstant(simple) && !isOwnedByPhp(to, simple)) return to.swoole(simple);
  if (on.api.hasPhp(simple)) return to.php(simple);
  if (simple === 'PHP_EOL') return "'\\n'";
  if (simple === 'DIRECTORY_SEPARATOR') return "'/'";
  if (simple === 'STDIN' || simple === 'STDOUT' || simple === 'STDERR')
    return `process.${simple.toLowerCase()}`;
  to.find(node, 'person', `the constant ${simple} is not known`, 'Write its value.');
  return `(${to.php('notPorted')}('${simple}') as any)`;
}

function isOwnedByPhp(to: FileEmitter, name: string): boolean {
  return !/^(?:SWOOLE|WEBSOCKET)_/.test(name) && to.on.api.hasPhp(name);
}

export { types };
