/** What only the ports of the `http-*` scenarios need; see php.ts. */

/** An entry of `request.files`. */
export interface Upload {
  name: string;
  type: string;
  tmp_name: string;
  error: number;
  size: number;
}

/** A copy of nested arrays whose leaves went through `map`: array_walk_recursive with a reference. */
export function arrayMapRecursive(values: object, map: (value: unknown) => unknown): object {
  const one = (value: unknown): unknown =>
    typeof value === 'object' && value !== null ? arrayMapRecursive(value, map) : map(value);
  if (Array.isArray(values)) return values.map(one);
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, one(value)]));
}

/** PHP's get_object_vars, names only: properties, and the accessors that stand for properties. */
export function objectVars(object: object): string[] {
  const described = Object.entries(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(object)));
  const accessors = described.filter(([, { get }]) => get !== undefined).map(([name]) => name);
  return [...Object.keys(object), ...accessors];
}
