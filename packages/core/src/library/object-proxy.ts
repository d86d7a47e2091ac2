/** The other objects, by the proxies in front of them. */
const targets = new WeakMap<object, object>();

/**
 * An object in the place of another: what it does not have itself is read from, written to and called on the other.
 * `new ObjectProxy(user).name` is `user.name`; for TypeScript write `ObjectProxy.of(user)`, which has the members of both.
 * @see Swoole\ObjectProxy
 */
export class ObjectProxy<Target extends object = object> {
  static readonly phpName: string = 'Swoole\\ObjectProxy';

  /** @see Swoole\ObjectProxy::__construct */
  constructor(object: Target) {
    const proxy = new Proxy(this, {
      get: (own, name, receiver) => (name in own ? Reflect.get(own, name, receiver) : read(object, name)),
      set: (own, name, value) => Reflect.set(name in own ? own : object, name, value),
      has: (own, name) => name in own || name in object,
      deleteProperty: (_own, name) => Reflect.deleteProperty(object, name),
    });
    targets.set(proxy, object);
    // biome-ignore lint/correctness/noConstructorReturn: a Proxy is what PHP's __get, __set and __call are in JavaScript.
    return proxy;
  }

  /** Makes one that TypeScript knows to have the members of both. */
  static of<Target extends object>(object: Target): ObjectProxy<Target> & Target {
    return new this(object) as ObjectProxy<Target> & Target;
  }

  /** The other object. @see Swoole\ObjectProxy::__getObject */
  __getObject(): Target {
    return targets.get(this) as Target;
  }
}

/** A member of an object; a method is called on that object, which may have private members. */
function read(object: object, name: PropertyKey): unknown {
  const value: unknown = Reflect.get(object, name);
  if (typeof value !== 'function' || Object.hasOwn(object, name)) return value;
  return (...args: unknown[]) => Reflect.apply(value, object, args);
}
