import { PhpTypeError, Throwable } from '../errors/exceptions.js';
import { classNamed } from '../functions/callable.js';
import { className, classNameOf, hasMethod, type Named, toStr } from '../value/convert.js';
import { copyOf } from '../value/copy-of.js';
import { isArray } from '../value/kinds.js';
import type { Mixed } from '../value/mixed.js';
import { properties } from './properties.js';

type Class = abstract new (...args: never[]) => unknown;

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !isArray(value);

/** The class of an object, the class of this PHP name, or the class itself; null when there is none. */
const classOf = (value: unknown): Class | null => {
  if (typeof value === 'string') return classNamed(value);
  if (typeof value === 'function') return value as Class;
  return isObject(value) ? (value.constructor as Class) : null;
};

/** The class and those it extends, from the class up. */
function chain(type: Class | null): Class[] {
  const all: Class[] = [];
  for (
    let next: unknown = type;
    typeof next === 'function' && next !== Function.prototype;
    next = Object.getPrototypeOf(next)
  )
    all.push(next as Class);
  return all;
}

const nameOf = (type: Class): string => classNameOf(type as Named);

/** The PHP name of an object's class: its static `phpName`, else the name it has here. */
export function get_class(object: object): string {
  if (!isObject(object) && typeof object !== 'function')
    throw new PhpTypeError(
      `get_class(): Argument #1 ($object) must be of type object, ${typeof object} given`,
    );
  return className(object);
}

/** The name of the class that a class or an object's class extends, false when there is none. */
export function get_parent_class(object_or_class: unknown): string | false {
  const parent = chain(classOf(object_or_class))[1];
  return parent === undefined || parent === (Error as unknown) ? false : nameOf(parent);
}

/** The visible properties of an object. */
export function get_object_vars(object: object): { [name: string]: Mixed } {
  return Object.fromEntries(properties(object));
}

/** The names of the methods of a class or an object. */
export function get_class_methods(object_or_class: unknown): string[] {
  const names = new Set<string>();
  for (const type of chain(classOf(object_or_class))) {
    const prototype = type.prototype as object | undefined;
    if (prototype === undefined || prototype === Object.prototype) continue;
    for (const name of Object.getOwnPropertyNames(prototype))
      if (typeof Object.getOwnPropertyDescriptor(prototype, name)?.value === 'function')
        names.add(name === 'constructor' ? '__construct' : name);
  }
  return [...names];
}

/** Whether an object or a class has a method, static ones included. */
export function method_exists(object_or_class: unknown, method: unknown): boolean {
  const wanted = toStr(method).toLowerCase();
  const type = classOf(object_or_class);
  if (type === null) return false;
  if (wanted === '__construct') return true;
  const statics = chain(type).flatMap((one) =>
    Object.getOwnPropertyNames(one).filter(
      (name) => typeof (one as unknown as Record<string, unknown>)[name] === 'function',
    ),
  );
  return [...get_class_methods(object_or_class), ...statics].some((name) => name.toLowerCase() === wanted);
}

/** Whether an object or a class has a property. */
export function property_exists(object_or_class: unknown, property: unknown): boolean {
  const name = toStr(property);
  if (isObject(object_or_class))
    return (
      name in object_or_class && typeof (object_or_class as Record<string, unknown>)[name] !== 'function'
    );
  return chain(classOf(object_or_class)).some((type) => Object.hasOwn(type, name));
}

/** Whether a class of that PHP name was made known by `define_class`. */
export function class_exists(class_: unknown, _autoload = true): boolean {
  return classNamed(toStr(class_)) !== null;
}

export { class_exists as enum_exists, class_exists as interface_exists, class_exists as trait_exists };

/** What an object must have to be one of PHP's own interfaces. */
const INTERFACES: { readonly [name: string]: (value: object) => boolean } = {
  countable: (value) => hasMethod(value, 'count'),
  arrayaccess: (value) => hasMethod(value, 'offsetGet'),
  iterator: (value) => hasMethod(value, 'valid') && hasMethod(value, 'rewind'),
  iteratoraggregate: (value) => hasMethod(value, 'getIterator'),
  traversable: (value) =>
    hasMethod(value, 'getIterator') || hasMethod(value, 'rewind') || Symbol.iterator in value,
  generator: (value) => Symbol.iterator in value && hasMethod(value, 'next') && hasMethod(value, 'throw'),
  stringable: (value) => hasMethod(value, '__toString') || hasMethod(value, 'toBuffer'),
  jsonserializable: (value) => hasMethod(value, 'jsonSerialize'),
  throwable: (value) => value instanceof Throwable,
  closure: (value) => typeof value === 'function',
};

/** Whether an object is of a class or has an interface, by PHP name: a class's `phpName` or name, its static `phpInterfaces`, and PHP's own interfaces. */
export function is_a(object_or_class: unknown, class_: unknown, allow_string = false): boolean {
  const byName = typeof object_or_class === 'string';
  if (byName && !allow_string) return false;
  if (!byName && !isObject(object_or_class) && typeof object_or_class !== 'function') return false;
  if (typeof class_ === 'function')
    return object_or_class instanceof (class_ as unknown as abstract new () => object);
  const wanted = toStr(class_).toLowerCase().replace(/^\\/, '');
  const types = chain(classOf(object_or_class));
  const names = types.flatMap((type) => [
    nameOf(type),
    ...((type as { phpInterfaces?: readonly string[] }).phpInterfaces ?? []),
  ]);
  if (names.some((name) => name.toLowerCase() === wanted)) return true;
  const known = classNamed(wanted);
  if (
    !byName &&
    known !== null &&
    (object_or_class as object) instanceof (known as unknown as abstract new () => object)
  )
    return true;
  return !byName && (INTERFACES[wanted]?.(object_or_class as object) ?? false);
}

/** As `is_a`, but false for the class itself. */
export function is_subclass_of(object_or_class: unknown, class_: unknown, allow_string = true): boolean {
  const own = classOf(object_or_class);
  const wanted =
    typeof class_ === 'function' ? nameOf(class_ as unknown as Class) : toStr(class_).replace(/^\\/, '');
  return (
    own !== null &&
    nameOf(own).toLowerCase() !== wanted.toLowerCase() &&
    is_a(object_or_class, class_, allow_string)
  );
}

/** The interfaces of a class that it names itself (static `phpInterfaces`). */
export function class_implements(object_or_class: unknown): { [name: string]: string } {
  const names = chain(classOf(object_or_class)).flatMap(
    (type) => (type as { phpInterfaces?: readonly string[] }).phpInterfaces ?? [],
  );
  return Object.fromEntries(names.map((name) => [name, name]));
}

/** PHP's `clone`: a shallow copy with copies of the arrays in it; then `__clone()` is called when there is one. */
export function clone<T extends object>(object: T): T {
  if (hasMethod(object, '__copy')) return object.__copy() as T;
  const twin = Object.create(Object.getPrototypeOf(object)) as T;
  for (const key of Reflect.ownKeys(object)) {
    const descriptor = Object.getOwnPropertyDescriptor(object, key);
    if (descriptor === undefined) continue;
    if ('value' in descriptor) descriptor.value = copyOf(descriptor.value);
    Object.defineProperty(twin, key, descriptor);
  }
  if (hasMethod(twin, '__clone')) twin.__clone();
  return twin;
}
