import { text } from './text.js';

/** A key of a PHP array. */
export type Key = number | string;

const DECIMAL = /^(?:0|-?[1-9]\d{0,15})$/;

/** A key as PHP normalises it: decimal strings, floats and booleans become ints, null becomes an empty string. */
export function toKey(key: unknown): Key {
  switch (typeof key) {
    case 'number':
      return Number.isFinite(key) ? Math.trunc(key) + 0 : 0;
    case 'string': {
      const first = key.charCodeAt(0);
      if ((first >= 48 && first <= 57) || first === 45) {
        const number = Number(key);
        if (DECIMAL.test(key) && Number.isSafeInteger(number)) return number;
      }
      return key;
    }
    case 'boolean':
      return key ? 1 : 0;
    case 'bigint':
      return String(key);
    default:
      if (key === null || key === undefined) return '';
      if (key instanceof Uint8Array) return toKey(text(key));
      if (key instanceof Number) return toKey(key.valueOf());
      throw new TypeError('Illegal offset type');
  }
}
