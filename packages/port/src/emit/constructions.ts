import { classOf } from '../analyse/infer-statements.js';
import type * as ast from '../parse/ast.js';
import { argumentsText } from './arguments.js';
import { classText } from './class-text.js';
import { expression } from './expressions.js';
import type { FileEmitter } from './file-emitter.js';
import { classValue, isClassName } from './special-calls.js';

/** `new A(…)`. */
export function construct(to: FileEmitter, node: ast.New): string {
  const target = to.on.targets.get(node) ?? null;
  const args = argumentsText(to, node, target);
  const name = node.what.kind === 'class' ? null : classOf(to.on, to.fn, node.what);
  if (name === 'stdClass' || name === '\\stdClass') return '({} as Record<string, any>)';
  if (name !== null && /^\\?ArrayObject$/.test(name) && !to.on.api.hasPhp('ArrayObject'))
    return `${to.php('PhpArray')}.fromEntries(${to.php('entries')}(${args}))`;
  if (name !== null && /^\\?ArrayIterator$/.test(name) && !to.on.api.hasPhp('ArrayIterator'))
    return args || '[]';
  if (node.what.kind === 'class') return '';
  if (name === 'Swoole\\Database\\RedisPool')
    to.find(
      node,
      'person',
      "the connections of this pool are ioredis's: their methods have its names and answers, not those of phpredis",
      'Use a Swoole.ConnectionPool that makes connections with the Redis of swoole-ts-php, or the names of ioredis.',
    );
  const [first] = node.arguments;
  if (name !== null && /^\\?ReflectionClass$/.test(name) && first && isClassName(first))
    return `new ${to.php('ReflectionClass')}(${classValue(to, first)})`;
  const base = classText(to, node.what);
  if (target?.kind === 'user' && target.functions.some((maker) => to.on.isCalledLater(maker)))
    return `new ${base.startsWith('(') || base === 'this' ? `(${base} as any)` : base}().__construct(${args})`;
  if (target?.kind === 'user' && target.functions.some(({ waits }) => waits)) {
    to.find(
      node,
      'person',
      'the constructor waits, and a constructor of TypeScript cannot',
      'Move what waits into a method, and await it after `new`.',
    );
  }
  if (node.what.kind !== 'name' && !node.what.kind.endsWith('reference'))
    return `new (${expression(to, node.what as ast.Expression)} as any)(${args})`;
  return `new ${base.startsWith('(') || base === 'this' ? `(${base} as any)` : base}(${args})`;
}
