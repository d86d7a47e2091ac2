import { PhpError } from '../errors/exceptions.js';
import { warn } from '../errors/raise.js';
import { raw } from '../strings/operand.js';
import { toStr } from '../value/convert.js';
import { type Options, PatternError, type Translated, Translator } from './translate.js';

/** A pattern that is ready to run. */
export interface Compiled extends Translated {
  unicode: boolean;
  /** Finds from `lastIndex` on. */
  find: RegExp;
  /** Finds at `lastIndex` only, and never nothing; its own group is the first. */
  findMore(): RegExp;
}

const cache = new Map<string, Compiled>();
const MOST = 4096;

const CLOSING: { readonly [open: string]: string } = { '(': ')', '[': ']', '{': '}', '<': '>' };

/** A pattern with delimiters and modifiers; null, after a warning, when PCRE would refuse it. */
export function compile(pattern: unknown, who: string): Compiled | null {
  const text = toStr(pattern);
  const known = cache.get(text);
  if (known !== undefined) return known;
  try {
    const compiled = build(text);
    if (cache.size >= MOST) cache.clear();
    cache.set(text, compiled);
    return compiled;
  } catch (error) {
    if (error instanceof PatternError && error.unsupported) throw new PhpError(`${who}(): ${error.message}`);
    if (error instanceof PatternError) warn(`${who}(): ${error.message}`);
    else if (error instanceof SyntaxError)
      throw new PhpError(`${who}(): the pattern has no counterpart in JavaScript: ${error.message}`);
    else throw error;
    return null;
  }
}

function build(text: string): Compiled {
  const source = text.replace(/^[ \t\n\r\v\f]+/, '');
  const open = source[0];
  if (open === undefined) throw new PatternError('Empty regular expression');
  if (/[A-Za-z0-9\\\0]/.test(open))
    throw new PatternError('Delimiter must not be alphanumeric, backslash, or NUL');
  const end = endOf(source, open);
  const { options, anchored } = modifiers(source.slice(end + 1));
  const body = source.slice(1, end);
  try {
    return finish(
      new Translator(options.unicode ? body : raw(body), options).translate(),
      options.unicode,
      anchored,
    );
  } catch (error) {
    if (error instanceof PatternError && !error.unsupported)
      throw new PatternError(`Compilation failed: ${error.message}`);
    throw error;
  }
}

function endOf(source: string, open: string): number {
  const close = CLOSING[open];
  let depth = 1;
  for (let i = 1; i < source.length; i++) {
    const char = source[i];
    if (char === '\\') i++;
    else if (char === (close ?? open) && --depth === 0) return i;
    else if (close !== undefined && char === open) depth++;
  }
  throw new PatternError(
    close === undefined
      ? `No ending delimiter '${open}' found`
      : `No ending matching delimiter '${close}' found`,
  );
}

function modifiers(letters: string): { options: Options; anchored: boolean } {
  for (const letter of letters)
    if (!'imsxADSUXJun \n\r'.includes(letter))
      throw new PatternError(
        letter === '\0' ? 'NUL byte is not a valid modifier' : `Unknown modifier '${letter}'`,
      );
  const has = (letter: string): boolean => letters.includes(letter);
  const options: Options = {
    caseless: has('i'),
    multiline: has('m'),
    dotAll: has('s'),
    extended: has('x'),
    ungreedy: has('U'),
    dollarEndOnly: has('D'),
    noCapture: has('n'),
    unicode: has('u'),
  };
  return { options, anchored: has('A') };
}

function finish(translated: Translated, unicode: boolean, anchored: boolean): Compiled {
  const flags = `d${translated.caseless ? 'i' : ''}${unicode ? 'u' : ''}`;
  let more: RegExp | undefined;
  return {
    ...translated,
    unicode,
    find: new RegExp(translated.source, flags + (anchored ? 'y' : 'g')),
    // The rest of the text is captured first; behind the match it must be shorter.
    findMore: () => {
      more ??= new RegExp(`(?=([\\s\\S]*))(?:${shifted(translated.source)})(?!\\1(?![\\s\\S]))`, `${flags}y`);
      return more;
    },
  };
}

/** Back references count one group more. */
function shifted(source: string): string {
  return source.replace(/\\(.)(\d*)/gs, (all, char: string, rest: string) =>
    /[1-9]/.test(char) ? `\\${Number(char + rest) + 1}` : all,
  );
}
