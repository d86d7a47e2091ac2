import { ReflectionException } from '../errors/exceptions.js';
import { classNamed } from '../functions/callable.js';
import { classNameOf, hasMethod, type Named, toStr } from '../value/convert.js';
import { type AnyArray, isArray, items } from '../value/kinds.js';
import { get_parent_class, is_subclass_of, method_exists } from './classes.js';

type Class = new (...args: unknown[]) => object;

/** PHP's `ReflectionClass`: what a class is called, what it extends and has, and objects of it. */
export class ReflectionClass {
  static readonly phpName = 'ReflectionClass';
  /** The PHP name of the class. */
  readonly name: string;
  readonly #type: Class;

  /** @param objectOrClass an object, a class, or the PHP name of a class that `define_class` made known */
  constructor(objectOrClass: unknown) {
    const type =
      typeof objectOrClass === 'function'
        ? objectOrClass
        : typeof objectOrClass === 'object' && objectOrClass !== null
          ? objectOrClass.constructor
          : classNamed(toStr(objectOrClass));
    if (type === null) throw new ReflectionException(`Class "${toStr(objectOrClass)}" does not exist`, -1);
    this.#type = type as Class;
    this.name = classNameOf(type as Named);
  }

  getName(): string {
    return this.name;
  }

  /** The name without its namespace. */
  getShortName(): string {
    return this.name.slice(this.name.lastIndexOf('\\') + 1);
  }

  /** The namespace, `''` when there is none. */
  getNamespaceName(): string {
    return this.name.slice(0, Math.max(0, this.name.lastIndexOf('\\')));
  }

  inNamespace(): boolean {
    return this.name.includes('\\');
  }

  /** The class that it extends, false when there is none. */
  getParentClass(): ReflectionClass | false {
    return get_parent_class(this.#type) === false
      ? false
      : new ReflectionClass(Object.getPrototypeOf(this.#type));
  }

  /** Whether it has a method, static ones included. */
  hasMethod(name: unknown): boolean {
    return method_exists(this.#type, name);
  }

  /** Whether the class is below another. */
  isSubclassOf(class_: unknown): boolean {
    const other = class_ instanceof ReflectionClass ? class_.#type : class_;
    return is_subclass_of(this.#type, other);
  }

  isInstance(object: unknown): boolean {
    return object instanceof this.#type;
  }

  newInstance(...args: unknown[]): object {
    const made = new this.#type(...args);
    return hasMethod(made, '__construct') ? (made.__construct(...args) as object) : made;
  }

  newInstanceArgs(args: AnyArray | readonly unknown[] = []): object {
    return this.newInstance(...(isArray(args) ? items(args) : []));
  }
}
