/** Where the internal pointer of an array stands; at the beginning when it was never moved. */
export const places = new WeakMap<object, number>();

/** Moves the pointer to the beginning. */
export function rewind(array: object): void {
  places.delete(array);
}
