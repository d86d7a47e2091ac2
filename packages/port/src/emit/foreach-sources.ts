import type * as types from '../analyse/type.js';
import type { FileEmitter } from './file-emitter.js';

/** Whether it is a generator that is gone over, and whether it yields pairs. */
export function generatorKind(type: types.Type): 'keyed' | 'plain' | null {
  if (!type.classes.includes('Generator') || type.functions.length === 0) return null;
  return type.functions.some((each) => each.yieldsKeys) ? 'keyed' : 'plain';
}

export const orEmpty = (_type: types.Type, source: string): string => source;

const PAIRS = new Set(['Swoole\\Table', 'Swoole\\Coroutine\\Context']);

const SINGLE = new Set([
  'Swoole\\Connection\\Iterator',
  'Swoole\\Timer\\Iterator',
  'Swoole\\Coroutine\\Iterator',
]);

/** Whether an object of Swoole can be gone over by JavaScript itself. */
export const isIterable = (type: types.Type): boolean =>
  !type.array && type.classes.length > 0 && type.classes.every((name) => PAIRS.has(name) || SINGLE.has(name));

export function iterableValues(to: FileEmitter, type: types.Type, source: string): string {
  return type.classes.some((name) => PAIRS.has(name)) ? `${to.php('values')}(${source})` : source;
}

export function iterablePairs(to: FileEmitter, type: types.Type, source: string): string {
  if (type.classes.includes('Swoole\\Connection\\Iterator'))
    return `[...${source}].map((fd, i) => [i + 1, fd] as const)`;
  return type.classes.some((name) => PAIRS.has(name)) ? source : `${to.php('entries')}(${source})`;
}
