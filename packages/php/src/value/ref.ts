/** A variable that a function may change: what PHP passes by reference. */
export class Ref<T> {
  value: T;

  constructor(value: T) {
    this.value = value;
  }
}

/** Makes a variable that can be passed by reference: `const matches = ref<string[]>([]); preg_match(pattern, text, matches)`. */
export function ref<T>(value: T): Ref<T> {
  return new Ref(value);
}

/** Passes something that exists already by reference: `refTo(() => this.list, (value) => { this.list = value; })`. */
export function refTo<T>(get: () => T, set: (value: T) => void): Ref<T> {
  return Object.defineProperty(new Ref(get()), 'value', { get, set });
}
