import { JsonException } from '../errors/exceptions.js';
import { properties } from '../objects/properties.js';
import { hasMethod } from '../value/convert.js';
import { isFloat } from '../value/float.js';
import { isArray, isList, items, pairs } from '../value/kinds.js';
import { exactFloatText } from '../value/number-text.js';
import { leadingNumber } from '../value/numeric.js';
import { isUtf8, text } from '../value/text.js';
import * as flag from './flags.js';
import { json, MESSAGES } from './state.js';

const PARTIAL: { readonly [error: number]: string } = {
  [flag.JSON_ERROR_INF_OR_NAN]: '0',
};

/** A value that cannot be encoded: the number of the error. */
class Failure {
  constructor(readonly error: number) {}
}

/**
 * A value as JSON, as PHP writes it: slashes and all beyond ASCII are escaped unless `flags` says otherwise.
 * @param flags `JSON_*` bits
 * @returns false on failure: `json_last_error()` tells why
 */
export function json_encode(value: unknown, flags = 0, depth = 512): string | false {
  const encoder = new Encoder(flags, depth);
  try {
    const encoded = encoder.encode(value, 0);
    if ((flags & flag.JSON_THROW_ON_ERROR) === 0) json.error = encoder.error;
    return encoded;
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    if ((flags & flag.JSON_THROW_ON_ERROR) !== 0)
      throw new JsonException(MESSAGES[failure.error], failure.error);
    json.error = failure.error;
    return false;
  }
}

/** Text in which nothing is ever escaped. */
const PLAIN = /^[\w .,:;!?()*+=@#$%-]*$/;

class Encoder {
  error = 0;
  readonly #flags: number;
  readonly #depth: number;
  readonly #above: object[] = [];

  constructor(flags: number, depth: number) {
    this.#flags = flags;
    this.#depth = depth;
  }

  encode(value: unknown, level: number): string {
    if (value === null || value === undefined) return 'null';
    if (typeof value === 'boolean') return String(value);
    if (typeof value === 'string' || value instanceof Uint8Array) return this.#string(text(value));
    if (isFloat(value)) return this.#float(Number(value));
    if (typeof value === 'number' || typeof value === 'bigint') return String(value);
    if (typeof value === 'function') return '{}';
    return this.#compound(value as object, level);
  }

  #fail(error: number, partial = 'null'): string {
    if ((this.#flags & flag.JSON_PARTIAL_OUTPUT_ON_ERROR) === 0) throw new Failure(error);
    this.error = error;
    return PARTIAL[error] ?? partial;
  }

  #float(value: number): string {
    if (!Number.isFinite(value)) return this.#fail(flag.JSON_ERROR_INF_OR_NAN);
    const shown = exactFloatText(value).replace('E', 'e');
    const whole = (this.#flags & flag.JSON_PRESERVE_ZERO_FRACTION) !== 0 && /^-?\d+$/.test(shown);
    return whole ? `${shown}.0` : shown;
  }

  #string(value: string, flags = this.#flags): string {
    if (PLAIN.test(value) && (flags & flag.JSON_NUMERIC_CHECK) === 0) return `"${value}"`;
    let source = value;
    if ((flags & flag.JSON_NUMERIC_CHECK) !== 0) {
      const number = leadingNumber(value);
      if (number?.whole) return number.float ? this.#float(Number(number.value)) : String(number.value);
    }
    if (!isUtf8(source)) {
      if ((flags & (flag.JSON_INVALID_UTF8_IGNORE | flag.JSON_INVALID_UTF8_SUBSTITUTE)) === 0)
        return this.#fail(flag.JSON_ERROR_UTF8);
      const instead = (flags & flag.JSON_INVALID_UTF8_IGNORE) !== 0 ? '' : '\ufffd';
      source = source.replace(/\p{Surrogate}/gu, instead);
    }
    let quoted = JSON.stringify(source);
    if ((flags & flag.JSON_UNESCAPED_SLASHES) === 0) quoted = quoted.replaceAll('/', '\\/');
    if ((flags & flag.JSON_UNESCAPED_UNICODE) === 0)
      quoted = quoted.replace(/[\x7f-\uffff]/g, escapeUnit).replaceAll('\\u007f', '\x7f');
    else if ((flags & flag.JSON_UNESCAPED_LINE_TERMINATORS) === 0)
      quoted = quoted.replace(/[\u2028\u2029]/g, escapeUnit);
    return (flags & HEX) === 0 ? quoted : hexed(quoted, flags);
  }

  #compound(value: object, level: number): string {
    if (this.#above.includes(value)) return this.#fail(flag.JSON_ERROR_RECURSION);
    this.#above.push(value);
    try {
      return this.#pairsOf(value, level);
    } finally {
      this.#above.pop();
    }
  }

  #pairsOf(value: object, level: number): string {
    if (isArray(value)) {
      const asObject = (this.#flags & flag.JSON_FORCE_OBJECT) !== 0 || !isList(value);
      return asObject ? this.#object(pairs(value), level) : this.#list(items(value), level);
    }
    if (hasMethod(value, 'jsonSerialize')) {
      const plain = value.jsonSerialize();
      return plain === value ? this.#object(properties(value), level) : this.encode(plain, level);
    }
    const backing = (value.constructor as { cases?: unknown }).cases;
    if (typeof backing === 'function') return this.#enumCase(value, level);
    return this.#object(properties(value), level);
  }

  #enumCase(value: object, level: number): string {
    const backing = (value as { value?: unknown }).value;
    return backing === undefined
      ? this.#fail(flag.JSON_ERROR_NON_BACKED_ENUM, '0')
      : this.encode(backing, level);
  }

  #list(values: unknown[], level: number): string {
    this.#enter(level);
    if (values.length === 0) return '[]';
    return this.#wrap(
      '[',
      values.map((item) => this.encode(item, level + 1)),
      ']',
      level,
    );
  }

  #object(list: readonly (readonly [number | string, unknown])[], level: number): string {
    this.#enter(level);
    if (list.length === 0) return '{}';
    const colon = (this.#flags & flag.JSON_PRETTY_PRINT) !== 0 ? ': ' : ':';
    const lines = list.map(([key, item]) => this.#key(String(key)) + colon + this.encode(item, level + 1));
    return this.#wrap('{', lines, '}', level);
  }

  #key(key: string): string {
    return this.#string(key, this.#flags & ~flag.JSON_NUMERIC_CHECK);
  }

  #enter(level: number): void {
    if (level + 1 > this.#depth) this.#fail(flag.JSON_ERROR_DEPTH);
  }

  #wrap(open: string, lines: string[], close: string, level: number): string {
    if ((this.#flags & flag.JSON_PRETTY_PRINT) === 0) return open + lines.join(',') + close;
    const indent = '    '.repeat(level);
    return `${open}\n${lines.map((line) => `${indent}    ${line}`).join(',\n')}\n${indent}${close}`;
  }
}

const escapeUnit = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

const HEX = flag.JSON_HEX_TAG | flag.JSON_HEX_AMP | flag.JSON_HEX_APOS | flag.JSON_HEX_QUOT;

function hexed(quoted: string, flags: number): string {
  let inner = quoted.slice(1, -1);
  if ((flags & flag.JSON_HEX_TAG) !== 0) inner = inner.replaceAll('<', '\\u003C').replaceAll('>', '\\u003E');
  if ((flags & flag.JSON_HEX_AMP) !== 0) inner = inner.replaceAll('&', '\\u0026');
  if ((flags & flag.JSON_HEX_APOS) !== 0) inner = inner.replaceAll("'", '\\u0027');
  if ((flags & flag.JSON_HEX_QUOT) !== 0)
    inner = inner.replace(/\\(["\\])/g, (pair, char) => (char === '"' ? '\\u0022' : pair));
  return `"${inner}"`;
}
