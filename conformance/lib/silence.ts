import { setWarningHandler } from 'swoole-ts';

/** PHP's `@`: the warnings of this one call go nowhere. */
export function silence<T>(call: () => T): T {
  const previous = setWarningHandler(() => true);
  try {
    return call();
  } finally {
    setWarningHandler(previous);
  }
}
