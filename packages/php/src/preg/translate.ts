import { escapeClass, posixClass, WORD_CLASS } from './classes.js';

/** The letters behind the last delimiter. */
export interface Options {
  caseless: boolean;
  multiline: boolean;
  dotAll: boolean;
  extended: boolean;
  ungreedy: boolean;
  dollarEndOnly: boolean;
  noCapture: boolean;
  unicode: boolean;
}

/** A pattern in JavaScript's language. */
export interface Translated {
  source: string;
  /** Which group of JavaScript each group of PCRE is; group 0 is the whole match. */
  groups: number[];
  /** The names of the groups of PCRE, by number. */
  names: (string | null)[];
  caseless: boolean;
}

/** A pattern that PCRE refuses (with the place), or that JavaScript has no counterpart for. */
export class PatternError extends Error {
  readonly unsupported: boolean;

  constructor(message: string, unsupported = false) {
    super(message);
    this.unsupported = unsupported;
  }
}

type Local = Pick<Options, 'caseless' | 'multiline' | 'dotAll' | 'extended' | 'ungreedy' | 'noCapture'>;

const SYNTAX = /[\\^$.*+?()[\]{}|/]/;
const START = '(?<![\\s\\S])';
const END = '(?![\\s\\S])';

/** Translates a pattern of PCRE, without its delimiters, into one of JavaScript. */
export class Translator {
  readonly #pattern: string;
  readonly #unicode: boolean;
  readonly #dollarEndOnly: boolean;
  readonly #wholeCaseless: boolean;
  #at = 0;
  #local: Local;
  #jsGroups = 0;
  readonly #groups: number[] = [0];
  readonly #names: (string | null)[] = [null];

  constructor(pattern: string, options: Options) {
    this.#pattern = pattern;
    this.#unicode = options.unicode;
    this.#dollarEndOnly = options.dollarEndOnly;
    this.#local = options;
    const lead = /^\(\?([a-zA-Z]*i[a-zA-Z]*)\)/.exec(pattern);
    this.#wholeCaseless = (options.caseless || lead !== null) && !/\(\?[a-zA-Z]*-[a-zA-Z]*i/.test(pattern);
  }

  translate(): Translated {
    while (/^\(\*[A-Z_0-9]+\)/.test(this.#rest())) this.#at = this.#pattern.indexOf(')', this.#at) + 1;
    const draft = this.#alternatives();
    if (this.#at < this.#pattern.length) this.#refuse('unmatched closing parenthesis', this.#at);
    const source = draft.replace(/\uf8ff(-?\d+),(\d+);/g, (_all, number: string, at: string) =>
      this.#reference(Number(number), Number(at)),
    );
    return { source, groups: this.#groups, names: this.#names, caseless: this.#wholeCaseless };
  }

  #rest(): string {
    return this.#pattern.slice(this.#at);
  }

  #refuse(message: string, at = this.#at): never {
    throw new PatternError(`${message} at offset ${at}`);
  }

  #unsupported(what: string): never {
    throw new PatternError(`${what} has no counterpart in JavaScript's regular expressions`, true);
  }

  #reference(number: number, at: number): string {
    const group = this.#groups[number];
    if (group === undefined) return this.#refuse('reference to non-existent subpattern', at);
    return `(?:\\${group})`;
  }

  /** Up to the closing parenthesis or the end; options set inside end with it. */
  #alternatives(): string {
    const outer = this.#local;
    let out = '';
    while (this.#at < this.#pattern.length && this.#pattern[this.#at] !== ')') out += this.#piece();
    this.#local = outer;
    return out;
  }

  #piece(): string {
    const char = this.#char();
    if (this.#local.extended && this.#skipExtended(char)) return '';
    if (char === '|') return this.#step('|');
    if (char === '(') {
      const group = this.#group();
      return group === null ? '' : this.#quantified(group);
    }
    if (char === '^')
      return this.#quantified(
        this.#step(this.#local.multiline ? `(?:${START}|(?<=\\n)(?=[\\s\\S]))` : START),
      );
    if (char === '$') return this.#quantified(this.#step(this.#dollar()));
    if (char === '.') return this.#quantified(this.#step(this.#local.dotAll ? '[\\s\\S]' : '[^\\n]'));
    if (char === '[') return this.#quantified(this.#set());
    if (char === '\\') return this.#escape();
    if (char === '*' || char === '+' || char === '?')
      this.#refuse('quantifier does not follow a repeatable item');
    this.#at += char.length;
    return this.#quantified(this.#literal(char));
  }

  #char(): string {
    const code = this.#pattern.codePointAt(this.#at) ?? 0;
    return this.#unicode ? String.fromCodePoint(code) : (this.#pattern[this.#at] ?? '');
  }

  #step(out: string): string {
    this.#at++;
    return out;
  }

  #skipExtended(char: string): boolean {
    if (/[ \t\n\r\v\f]/.test(char)) {
      this.#at++;
      return true;
    }
    if (char !== '#') return false;
    const end = this.#pattern.indexOf('\n', this.#at);
    this.#at = end < 0 ? this.#pattern.length : end + 1;
    return true;
  }

  #dollar(): string {
    if (this.#local.multiline) return `(?=\\n|${END})`;
    return this.#dollarEndOnly ? END : `(?=\\n?${END})`;
  }

  #literal(char: string): string {
    if (this.#local.caseless && !this.#wholeCaseless && char.toLowerCase() !== char.toUpperCase())
      return `[${char.toLowerCase()}${char.toUpperCase()}]`;
    return this.#plain(char);
  }

  #plain(char: string): string {
    return SYNTAX.test(char) ? `\\${char}` : char;
  }

  /** A quantifier behind an item: greedy, lazy, or possessive, which is an atomic group. */
  #quantified(item: string): string {
    if (this.#local.extended) while (this.#at < this.#pattern.length && this.#skipExtended(this.#char()));
    const found = /^(?:[*+?]|\{\d+(?:,\d*)?\})/.exec(this.#rest())?.[0];
    if (found === undefined) return item;
    this.#at += found.length;
    const mark = this.#pattern[this.#at];
    if (mark === '+') {
      this.#at++;
      return this.#quantified(this.#atomic(`${item}${found}`, item));
    }
    const lazy = (mark === '?') !== this.#local.ungreedy;
    if (mark === '?') this.#at++;
    return this.#quantified(
      `(?:${item}${found}${lazy ? '?' : ''})`.replace(
        /^\(\?:((?:\\.|[^\\()[\]|]|\[(?:\\.|[^\]\\])*\])[*+?{][^()|]*)\)$/s,
        '$1',
      ),
    );
  }

  /** JavaScript has no atomic groups, but a lookahead gives nothing back: it captures, and the capture is then matched. */
  #atomic(body: string, inner: string): string {
    const own = this.#jsGroups + 1;
    if (/\((?!\?)/.test(inner)) return this.#unsupported('A possessive quantifier on a capturing group');
    this.#jsGroups = own;
    return `(?:(?=(${body}))\\${own})`;
  }

  /** A group of any kind; null for one that leaves nothing behind. */
  #group(): string | null {
    const rest = this.#rest();
    const comment = /^\(\?#[^)]*\)/.exec(rest);
    if (comment !== null) {
      this.#at += comment[0].length;
      return null;
    }
    const flags = /^\(\?([a-zA-Z]*)(?:-([a-zA-Z]*))?([:)])/.exec(rest);
    if (flags !== null) return this.#flagGroup(flags[0], flags[1] ?? '', flags[2] ?? '', flags[3] ?? ')');
    const named = /^\(\?(?:P?<([A-Za-z_]\w*)>|'([A-Za-z_]\w*)')/.exec(rest);
    if (named !== null) return this.#capture(named[0].length, named[1] ?? named[2] ?? null);
    const back = /^\(\?P=(\w+)\)/.exec(rest);
    if (back !== null) {
      this.#at += back[0].length;
      return this.#named(back[1] ?? '');
    }
    const look = /^\(\?(?:=|!|<=|<!)/.exec(rest)?.[0];
    if (look !== undefined) return this.#inside(look.length, look, ')');
    if (rest.startsWith('(?>')) return this.#atomicGroup();
    if (rest.startsWith('(?|')) return this.#unsupported('A branch reset (?|');
    if (rest.startsWith('(?(')) return this.#unsupported('A conditional subpattern (?(');
    if (/^\(\?(?:R|[+-]?\d|&|P>|C)/.test(rest)) return this.#unsupported('A recursion or subroutine call');
    if (rest.startsWith('(*')) return this.#unsupported('A backtracking verb');
    if (rest.startsWith('(?')) return this.#refuse('unrecognized character after (? or (?-', this.#at + 2);
    return this.#local.noCapture ? this.#inside(1, '(?:', ')') : this.#capture(1, null);
  }

  #flagGroup(all: string, on: string, off: string, end: string): string | null {
    const unknown = /[^imsxUXJn]/.exec(on + off);
    if (unknown !== null)
      return this.#refuse('unrecognized character after (? or (?-', this.#at + all.indexOf(unknown[0], 2));
    const local = { ...this.#local };
    for (const [letters, value] of [
      [on, true],
      [off, false],
    ] as const)
      for (const letter of letters) {
        if (letter === 'i') local.caseless = value;
        else if (letter === 'm') local.multiline = value;
        else if (letter === 's') local.dotAll = value;
        else if (letter === 'x') local.extended = value;
        else if (letter === 'U') local.ungreedy = value;
        else if (letter === 'n') local.noCapture = value;
      }
    if (end === ')') {
      this.#at += all.length;
      this.#local = local;
      return null;
    }
    const outer = this.#local;
    this.#local = local;
    const group = this.#inside(all.length, '(?:', ')');
    this.#local = outer;
    return group;
  }

  #capture(length: number, name: string | null): string {
    if (name !== null && this.#names.includes(name))
      this.#refuse('two named subpatterns have the same name (PCRE2_DUPNAMES not set)', this.#at + length);
    this.#groups.push(++this.#jsGroups);
    this.#names.push(name);
    return this.#inside(length, '(', ')');
  }

  #atomicGroup(): string {
    const own = ++this.#jsGroups;
    return `(?:${this.#inside(3, '(?=(', `))\\${own}`)})`;
  }

  #inside(length: number, open: string, close: string): string {
    const begin = this.#at;
    this.#at += length;
    const body = this.#alternatives();
    if (this.#pattern[this.#at] !== ')') this.#refuse('missing closing parenthesis', this.#pattern.length);
    this.#at++;
    return begin >= 0 ? open + body + close : '';
  }

  #named(name: string): string {
    const number = this.#names.indexOf(name);
    if (number < 0) return this.#refuse('reference to non-existent subpattern');
    return `\uf8ff${number},${this.#at};`;
  }

  #escape(): string {
    const rest = this.#rest();
    const quoted = /^\\Q([\s\S]*?)(?:\\E|$)/.exec(rest);
    if (quoted !== null) {
      this.#at += quoted[0].length;
      const body = [...(quoted[1] ?? '')].map((char) => this.#literal(char));
      const last = body.pop();
      return last === undefined ? '' : body.join('') + this.#quantified(last);
    }
    if (rest.startsWith('\\E')) {
      this.#at += 2;
      return '';
    }
    const back = /^\\(?:g\{?(-?\d+)\}?|([1-9]\d?)(?!\d))/.exec(rest);
    if (back !== null) return this.#backReference(back[0], Number(back[1] ?? back[2]));
    const named = /^\\(?:k\{(\w+)\}|k<(\w+)>|k'(\w+)'|g\{(\w+)\})/.exec(rest);
    if (named !== null) {
      this.#at += named[0].length;
      return this.#quantified(this.#named(named[1] ?? named[2] ?? named[3] ?? named[4] ?? ''));
    }
    const letter = rest[1] ?? this.#refuse('\\ at end of pattern', this.#pattern.length);
    const assertion = this.#assertion(letter);
    if (assertion !== null) return this.#quantified(this.#two(assertion));
    const set = this.#shorthand(letter);
    if (set !== null) return this.#quantified(set);
    return this.#quantified(this.#literal(this.#escapedChar()));
  }

  #two(out: string): string {
    this.#at += 2;
    return out;
  }

  #backReference(all: string, number: number): string {
    const group = number < 0 ? this.#groups.length + number : number;
    this.#at += all.length;
    return this.#quantified(`\uf8ff${group},${this.#at - 1};`);
  }

  #assertion(letter: string): string | null {
    const word = this.#unicode ? WORD_CLASS.unicode : WORD_CLASS.bytes;
    switch (letter) {
      case 'b':
        return `(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`;
      case 'B':
        return `(?:(?<=${word})(?=${word})|(?<!${word})(?!${word}))`;
      case 'A':
        return START;
      case 'z':
        return END;
      case 'Z':
        return `(?=\\n?${END})`;
      case 'R':
        return `(?:\\r\\n|[\\n-\\r\\x85${this.#unicode ? '\\u2028\\u2029' : ''}])`;
      case 'X':
        return this.#unicode ? '(?:\\r\\n|\\P{M}\\p{M}*)' : '[\\s\\S]';
      case 'N':
        return '[^\\n]';
      case 'C':
      case 'G':
      case 'K':
        return this.#unsupported(`\\${letter}`);
      default:
        return null;
    }
  }

  /** `\d`, `\p{L}` and their kin outside of a class. */
  #shorthand(letter: string): string | null {
    if (letter === 'p' || letter === 'P') {
      const property = this.#property();
      return this.#unicode ? property : this.#unsupported('\\p without the modifier u');
    }
    const set = escapeClass(letter, this.#unicode);
    if (set === null) return null;
    this.#at += 2;
    return 'inside' in set ? `[${set.inside}]` : `[^${set.notInside}]`;
  }

  #property(): string {
    const found = /^\\([pP])(?:\{(\^?)([\w&]+)\}|([A-Z]))/.exec(this.#rest());
    if (found === null) return this.#refuse('malformed \\P or \\p sequence');
    this.#at += found[0].length;
    const negated = (found[1] === 'P') !== (found[2] === '^');
    const name = found[3] ?? found[4] ?? '';
    const p = negated ? 'P' : 'p';
    if (name === 'L&') return negated ? '[^\\p{Lu}\\p{Ll}\\p{Lt}]' : '[\\p{Lu}\\p{Ll}\\p{Lt}]';
    if (name === 'Any') return negated ? '[^\\s\\S]' : '[\\s\\S]';
    const special: { readonly [name: string]: string } = {
      Xan: '\\p{L}\\p{N}',
      Xwd: '\\p{L}\\p{N}_',
      Xsp: '\\p{Z}\\t-\\r',
      Xps: '\\p{Z}\\t-\\r',
    };
    const set = special[name];
    if (set !== undefined) return `[${negated ? '^' : ''}${set}]`;
    const category = /^[CLMNPSZ][a-z]?$/.test(name);
    return category ? `\\${p}{${name}}` : `\\${p}{Script=${name}}`;
  }

  /** One character written as an escape. */
  #escapedChar(): string {
    const rest = this.#rest();
    const hex = /^\\x(?:\{([0-9a-fA-F]+)\}|([0-9a-fA-F]{0,2}))/.exec(rest);
    if (hex !== null) return this.#code(hex[0], Number.parseInt(hex[1] ?? (hex[2] || '0'), 16));
    const octal = /^\\(?:o\{([0-7]+)\}|(0[0-7]{0,2}|[0-7]{3}))/.exec(rest);
    if (octal !== null) return this.#code(octal[0], Number.parseInt(octal[1] ?? octal[2] ?? '0', 8));
    const control = /^\\c([\x21-\x7e])/.exec(rest);
    if (control !== null) return this.#code(control[0], (control[1] ?? '').toUpperCase().charCodeAt(0) ^ 64);
    this.#at++;
    const char = this.#char();
    this.#at += char.length;
    const named = { a: '\x07', e: '\x1b', f: '\f', n: '\n', r: '\r', t: '\t' }[char];
    if (named === undefined && /[A-Za-z]/.test(char))
      this.#refuse('unrecognized character follows \\', this.#at - 1);
    return named ?? char;
  }

  #code(all: string, code: number): string {
    this.#at += all.length;
    if (!this.#unicode && code > 255)
      return this.#refuse('character code point value in \\x{} or \\o{} is too large', this.#at - 1);
    return String.fromCodePoint(code);
  }

  /** A character class. */
  #set(): string {
    const begin = this.#at++;
    const negated = this.#pattern[this.#at] === '^';
    if (negated) this.#at++;
    let body = '';
    const outside: string[] = [];
    let first = true;
    for (;;) {
      if (this.#at >= this.#pattern.length)
        return this.#refuse('missing terminating ] for character class', this.#pattern.length);
      if (this.#pattern[this.#at] === ']' && !first) break;
      first = false;
      const part = this.#setPart();
      if ('notInside' in part) outside.push(part.notInside);
      else body += part.inside;
    }
    this.#at++;
    if (begin >= 0 && outside.length > 0) return this.#mixedSet(body, outside, negated);
    if (body === '') return negated ? '[\\s\\S]' : '[^\\s\\S]';
    return `[${negated ? '^' : ''}${body}]`;
  }

  /** A class with a negated set in it (`[\W\d]` in Unicode): alternatives instead. */
  #mixedSet(body: string, outside: string[], negated: boolean): string {
    const parts = outside.map((set) => `[^${set}]`);
    if (body !== '') parts.push(`[${body}]`);
    return negated ? `(?:(?!${parts.join('|')})[\\s\\S])` : `(?:${parts.join('|')})`;
  }

  #setPart(): { inside: string } | { notInside: string } {
    const posix = /^\[:(\^?)(\w+):\]/.exec(this.#rest());
    if (posix !== null) {
      const set = posixClass(posix[2] ?? '', this.#unicode);
      if (set === null) return this.#refuse('unknown POSIX class name');
      this.#at += posix[0].length;
      return posix[1] === '^' ? { notInside: set } : { inside: set };
    }
    const shorthand = this.#setShorthand();
    if (shorthand !== null) return shorthand;
    const from = this.#setChar();
    const range = this.#pattern[this.#at] === '-' && !/^-(?:\]|\\[dDwWsShHvV]|\[:)/.test(this.#rest());
    if (!range || this.#at + 1 >= this.#pattern.length) return { inside: this.#setLiteral(from) };
    this.#at++;
    const to = this.#setChar();
    if ((from.codePointAt(0) ?? 0) > (to.codePointAt(0) ?? 0))
      return this.#refuse('range out of order in character class', this.#at - 1);
    return { inside: this.#setRange(from, to) };
  }

  #setShorthand(): { inside: string } | { notInside: string } | null {
    if (this.#pattern[this.#at] !== '\\') return null;
    const letter = this.#pattern[this.#at + 1] ?? '';
    if (letter === 'Q' || letter === 'E') return { inside: this.#quotedInSet() };
    if (letter === 'p' || letter === 'P') {
      if (!this.#unicode) return this.#unsupported('\\p without the modifier u');
      const property = this.#property();
      if (property.startsWith('[^')) return { notInside: property.slice(2, -1) };
      return { inside: property.startsWith('[') ? property.slice(1, -1) : property };
    }
    const set = escapeClass(letter, this.#unicode);
    if (set !== null) this.#at += 2;
    return set;
  }

  #quotedInSet(): string {
    const found = /^\\(?:Q([\s\S]*?)\\E|E|Q)/.exec(this.#rest());
    this.#at += found?.[0].length ?? 2;
    return [...(found?.[1] ?? '')].map((char) => this.#setLiteral(char)).join('');
  }

  #setChar(): string {
    if (this.#pattern[this.#at] !== '\\') {
      const char = this.#char();
      this.#at += char.length;
      return char;
    }
    if (this.#pattern[this.#at + 1] === 'b') {
      this.#at += 2;
      return '\b';
    }
    const octal = /^\\([0-7]{1,3})/.exec(this.#rest());
    return octal === null
      ? this.#escapedChar()
      : this.#code(octal[0], Number.parseInt(octal[1] ?? '0', 8) & 255);
  }

  #setLiteral(char: string): string {
    const plain = (one: string): string => (/[\\^$.*+?()[\]{}|/-]/.test(one) ? `\\${one}` : one);
    if (!this.#local.caseless || this.#wholeCaseless || char.toLowerCase() === char.toUpperCase())
      return plain(char);
    return char.toLowerCase() + char.toUpperCase();
  }

  #setRange(from: string, to: string): string {
    const own = `${this.#escapedInSet(from)}-${this.#escapedInSet(to)}`;
    if (!this.#local.caseless || this.#wholeCaseless) return own;
    const letters = /^[a-z]$/i;
    return letters.test(from) && letters.test(to)
      ? `${own}${from.toLowerCase()}-${to.toLowerCase()}${from.toUpperCase()}-${to.toUpperCase()}`
      : own;
  }

  #escapedInSet(char: string): string {
    return /[\\^$.*+?()[\]{}|/-]/.test(char) ? `\\${char}` : char;
  }
}
