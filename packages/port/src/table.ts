/** A table to look up names of the program in: one like `constructor` or `toString` finds nothing that is not an entry. */
export function table<T>(entries: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.assign(Object.create(null), entries);
}
