import { stdClass } from '../objects/std-class.js';
import {
  JSON_ERROR_CTRL_CHAR,
  JSON_ERROR_DEPTH,
  JSON_ERROR_INVALID_PROPERTY_NAME,
  JSON_ERROR_SYNTAX,
  JSON_ERROR_UTF8,
  JSON_ERROR_UTF16,
} from './flags.js';

/** Makes values of what was read. */
export interface Builder {
  /** Makes the same of what JSON.parse gave, where that may be used. */
  plain?(value: unknown): unknown;
  list(values: unknown[]): unknown;
  object(pairs: [string, unknown][]): unknown;
}

const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
const PLAIN = /[^"\\\0-\x1f\p{Surrogate}]*/uy;
const WORDS: readonly (readonly [RegExp, unknown])[] = [
  [/true/y, true],
  [/false/y, false],
  [/null/y, null],
];

/** Reads JSON by PHP's rules: depth and error numbers. */
export class Parser {
  error = 0;
  readonly #text: string;
  readonly #builder: Builder;
  readonly #depth: number;
  readonly #int: (digits: string) => unknown;
  #at = 0;

  constructor(text: string, builder: Builder, depth: number, int: (digits: string) => unknown) {
    this.#text = text;
    this.#builder = builder;
    this.#depth = depth;
    this.#int = int;
  }

  /** The value; meaningless when `error` is not 0. */
  parse(): unknown {
    this.#blank();
    const value = this.#value(1);
    this.#blank();
    if (this.error === 0 && this.#at < this.#text.length) this.#fail();
    return value;
  }

  #fail(error = JSON_ERROR_SYNTAX): null {
    if (this.error === 0) this.error = error;
    return null;
  }

  #blank(): void {
    while (/[ \t\n\r]/.test(this.#text[this.#at] ?? '')) this.#at++;
  }

  #value(depth: number): unknown {
    const char = this.#text[this.#at];
    if (char === '"') return this.#string();
    if (char === '{') return this.#nested(depth, '}', () => this.#object(depth));
    if (char === '[') return this.#nested(depth, ']', () => this.#list(depth));
    if (char !== undefined && (char === '-' || (char >= '0' && char <= '9'))) return this.#number();
    for (const [word, value] of WORDS) {
      word.lastIndex = this.#at;
      if (!word.test(this.#text)) continue;
      this.#at = word.lastIndex;
      return value;
    }
    return this.#unexpected();
  }

  #unexpected(): null {
    const char = this.#text[this.#at] ?? '';
    if (char !== '' && char < ' ') return this.#fail(JSON_ERROR_CTRL_CHAR);
    return this.#fail(
      /^\p{Surrogate}$/u.test(char) && !isPair(this.#text, this.#at) ? JSON_ERROR_UTF8 : JSON_ERROR_SYNTAX,
    );
  }

  #number(): unknown {
    NUMBER.lastIndex = this.#at;
    const found = NUMBER.exec(this.#text);
    if (found === null) return this.#fail();
    this.#at = NUMBER.lastIndex;
    if (found[1] !== undefined || found[2] !== undefined) return Number(found[0]);
    return found[0] === '-0' ? -0 : this.#int(found[0]);
  }

  #nested(depth: number, close: string, read: () => unknown): unknown {
    if (depth >= this.#depth) return this.#fail(JSON_ERROR_DEPTH);
    this.#at++;
    this.#blank();
    const value = read();
    if (this.error !== 0) return null;
    if (this.#text[this.#at] !== close) return this.#unexpected();
    this.#at++;
    return value;
  }

  #list(depth: number): unknown {
    const values: unknown[] = [];
    if (this.#text[this.#at] === ']') return this.#builder.list(values);
    do {
      this.#blank();
      values.push(this.#value(depth + 1));
      if (this.error !== 0) return null;
      this.#blank();
    } while (this.#comma());
    return this.#builder.list(values);
  }

  #object(depth: number): unknown {
    const pairs: [string, unknown][] = [];
    if (this.#text[this.#at] === '}') return this.#builder.object(pairs);
    do {
      this.#blank();
      if (this.#text[this.#at] !== '"') return this.#unexpected();
      const key = this.#string();
      this.#blank();
      if (this.error !== 0 || key === null) return null;
      if (this.#text[this.#at] !== ':') return this.#unexpected();
      this.#at++;
      this.#blank();
      pairs.push([key, this.#value(depth + 1)]);
      if (this.error !== 0) return null;
      this.#blank();
    } while (this.#comma());
    const object = this.#builder.object(pairs);
    const invalid = object instanceof stdClass && pairs.some(([key]) => key.startsWith('\0'));
    return invalid ? this.#fail(JSON_ERROR_INVALID_PROPERTY_NAME) : object;
  }

  #comma(): boolean {
    if (this.#text[this.#at] !== ',') return false;
    this.#at++;
    return true;
  }

  #string(): string | null {
    let out = '';
    this.#at++;
    for (;;) {
      PLAIN.lastIndex = this.#at;
      out += PLAIN.exec(this.#text)?.[0] ?? '';
      this.#at = PLAIN.lastIndex;
      const char = this.#text[this.#at];
      if (char === '"') {
        this.#at++;
        return out;
      }
      if (char === undefined) return this.#fail(JSON_ERROR_CTRL_CHAR);
      if (char < ' ') return this.#fail(JSON_ERROR_CTRL_CHAR);
      if (char !== '\\') return this.#fail(JSON_ERROR_UTF8);
      const escaped = this.#escape();
      if (escaped === null) return null;
      out += escaped;
    }
  }

  #escape(): string | null {
    const char = this.#text[this.#at + 1] ?? '';
    const simple = ESCAPES[char];
    if (simple !== undefined) {
      this.#at += 2;
      return simple;
    }
    const unit = this.#unit(this.#at);
    if (unit === null) return this.#fail();
    if (unit >= 0xd800 && unit <= 0xdbff) {
      const low = this.#unit(this.#at + 6);
      if (low === null || low < 0xdc00 || low > 0xdfff) return this.#fail(JSON_ERROR_UTF16);
      this.#at += 12;
      return String.fromCharCode(unit, low);
    }
    if (unit >= 0xdc00 && unit <= 0xdfff) return this.#fail(JSON_ERROR_UTF16);
    this.#at += 6;
    return String.fromCharCode(unit);
  }

  #unit(at: number): number | null {
    const found = /^\\u([0-9a-fA-F]{4})/.exec(this.#text.slice(at, at + 6));
    return found === null ? null : Number.parseInt(found[1] ?? '', 16);
  }
}

const ESCAPES: { readonly [char: string]: string | undefined } = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

const isPair = (text: string, at: number): boolean =>
  /^[\ud800-\udbff][\udc00-\udfff]/.test(text.slice(at, at + 2));
