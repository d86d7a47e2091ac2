import type { Target } from '../analyse/analysis.js';
import { functionsOf } from '../analyse/callables.js';
import type * as ast from '../parse/ast.js';
import type { FileEmitter } from './file-emitter.js';
import { safeName } from './names.js';

export function functionText(to: FileEmitter, node: ast.Call, what: ast.Name, target: Target | null): string {
  if (target?.kind === 'user') {
    const [info] = target.functions;
    return info ? to.fromProgram(info.file, safeName(info.name)) : safeName(what.name);
  }
  if (target?.kind === 'php') {
    if (to.on.blocking.has(node)) return to.php(`${target.name}_blocking`);
    const name = changesElements(to, node, target.name) ? `${target.name}_ref` : target.name;
    if (
      CALLED_AT_ONCE.has(name) &&
      node.arguments.some((item) => functionsOf(to.on, to.fn, item).some(({ waits }) => waits))
    ) {
      to.find(
        node,
        'person',
        `the callback of ${name}() waits, but ${name}() needs its answer at once`,
        'Do what waits before, and compare what came of it.',
      );
    }
    if (!to.on.asyncCallbacks.has(node)) return to.php(name);
    if (to.on.api.hasPhp(`${name}_async`)) return to.php(`${name}_async`);
    to.find(
      node,
      'person',
      `the callback of ${name}() waits, and ${name}() cannot wait for it`,
      'Write a loop that awaits.',
    );
    return to.php(name);
  }
  if (target?.kind === 'api') return swooleFunctionText(to, target.name);
  const name = target?.name ?? what.name;
  if (/^Swoole\\Coroutine\\/.test(name) || /^swoole_/.test(name)) {
    to.find(
      node,
      'person',
      `swoole-ts has no ${name}()`,
      'See the list of what swoole-ts has for what to use instead.',
    );
    return `(${to.imports.swoole()} as any).${name.replace(/^Swoole\\/, '').replaceAll('\\', '.')}`;
  }
  return safeName(name);
}

/** Whether the callback of array_walk() takes the elements by reference. */
function changesElements(to: FileEmitter, node: ast.Call, name: string): boolean {
  const second = node.arguments[1];
  if (!/^array_walk(?:_recursive)?$/.test(name) || !second) return false;
  if (!functionsOf(to.on, to.fn, second).some((each) => each.parameters[0]?.byRef)) return false;
  if (to.on.api.hasPhp(`${name}_ref`)) return true;
  to.find(
    node,
    'person',
    `the callback of ${name}() changes the elements, which it only gets the values of`,
    'Write a loop that sets them.',
  );
  return false;
}

/** Functions whose callbacks have to answer at once. */
const CALLED_AT_ONCE = new Set([
  'usort',
  'uasort',
  'uksort',
  'ob_start',
  'set_error_handler',
  'spl_autoload_register',
]);

function swooleFunctionText(to: FileEmitter, name: string): string {
  const co = /^Swoole\\Coroutine\\(\w+)$/.exec(name)?.[1];
  if (!co) return to.swoole(name);
  if (to.taken.has(co)) return `${to.imports.swoole()}.Coroutine.${co}`;
  to.imports.swoole();
  to.fromCoroutine.add(co);
  return co;
}
