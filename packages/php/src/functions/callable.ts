import { PhpTypeError } from '../errors/exceptions.js';
import * as php from '../index.js';
import { toStr } from '../value/convert.js';
import { isArray, items } from '../value/kinds.js';

/** What PHP calls a callable: a function, `[object, 'method']`, `[Class, 'method']`, an object with `__invoke`, or a known name. */
export type Callable =
  | ((...args: never[]) => unknown)
  | readonly [unknown, string]
  | string
  | { __invoke: (...args: never[]) => unknown };

type AnyFunction = (...args: unknown[]) => unknown;

const known = new Map<string, AnyFunction>();

/** Makes a function known by name, so that `call_user_func('name')` and `function_exists('name')` find it. */
export function define_function(name: string, target: (...args: never[]) => unknown): void {
  known.set(name.toLowerCase().replace(/^\\/, ''), target as AnyFunction);
}

/** The function of that name: one that was made known, or one of PHP's; null when there is none. */
export function functionNamed(name: string): AnyFunction | null {
  const plain = name.toLowerCase().replace(/^\\/, '');
  const own = known.get(plain);
  if (own !== undefined) return own;
  const builtin = Object.hasOwn(php, plain) ? (php as Record<string, unknown>)[plain] : undefined;
  return typeof builtin === 'function' && !NOT_PHP.has(plain) ? (builtin as AnyFunction) : null;
}

/** Exports in lower case that are no functions of PHP. */
const NOT_PHP = new Set(
  'at put append spread cloneable either clone isset unset add sub mul div mod neg shl shr concat compare identical caught silence echo print ref float entries values items pairs size bytes text increment decrement define_function define_class'.split(
    ' ',
  ),
);

/** The function that a callable stands for, null when it is none. */
export function find(callback: unknown): AnyFunction | null {
  if (typeof callback === 'function') return callback as AnyFunction;
  if (typeof callback === 'string') return byName(callback);
  if (isArray(callback)) {
    const [target, method] = items(callback);
    return methodOf(typeof target === 'string' ? classNamed(target) : target, toStr(method));
  }
  return methodOf(callback, '__invoke');
}

function byName(name: string): AnyFunction | null {
  const [type = '', method] = name.split('::');
  return method === undefined ? functionNamed(name) : methodOf(classNamed(type), method);
}

function methodOf(target: unknown, name: string): AnyFunction | null {
  if ((typeof target !== 'object' && typeof target !== 'function') || target === null) return null;
  const methods = target as Record<string, unknown>;
  const method = methods[name.replace(/^parent::/, '')];
  if (typeof method === 'function') return (...args) => method.apply(target, args);
  const magic = methods[typeof target === 'function' ? '__callStatic' : '__call'];
  return typeof magic === 'function' && name !== '__invoke'
    ? (...args) => magic.call(target, name, args)
    : null;
}

/** The function that a callable stands for, or PHP's TypeError. */
export function resolve(callback: unknown, who = 'call_user_func', position = 1): AnyFunction {
  const found = find(callback);
  if (found !== null) return found;
  const what =
    typeof callback === 'string'
      ? `function "${callback}" not found or invalid function name`
      : 'no array or string given';
  throw new PhpTypeError(`${who}(): Argument #${position} ($callback) must be a valid callback, ${what}`);
}

type Class = abstract new (...args: never[]) => unknown;

const classes = new Map<string, Class>();

/** Makes a class known by its PHP name, for `new $name`, `class_exists` and callables that name it. */
export function define_class(name: string, type: Class): void {
  classes.set(name.toLowerCase().replace(/^\\/, ''), type);
}

/** The class of that PHP name that was made known, null when there is none. */
export function classNamed(name: string): Class | null {
  return classes.get(name.toLowerCase().replace(/^\\/, '')) ?? null;
}

/** The callables, as PHP writes them, that functions stand for. */
const written = new WeakMap<object, unknown>();

/** A function that stands for a callable which PHP writes as a string or an array: `callableOf()` gives that back. */
export function asCallable<T extends (...args: never[]) => unknown>(callable: Callable, target: T): T {
  // The function itself may be given elsewhere, as a closure.
  const made = target.bind(null) as T;
  written.set(made, callable);
  return made;
}

/** The callable that a function stands for, as it was given to `asCallable()`; any other value as it is. */
export function callableOf<T extends Callable | null>(target: T): T | Callable {
  return typeof target === 'function' ? ((written.get(target) as Callable | undefined) ?? target) : target;
}

/** A function that gets no more than the first arguments. PHP's list of all further arguments would take in those that swoole-ts adds. */
export function takingFirst<T extends (...args: never[]) => unknown>(count: number, target: T): T {
  return ((...args: never[]) => target(...args.slice(0, count))) as T;
}
