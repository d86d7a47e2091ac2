import { byteSet, mapRaw, type Out, raw } from './operand.js';

/** Puts a backslash before quotes, backslashes and NUL. */
export function addslashes<T>(string: T): Out<T> {
  return mapRaw(string, (text) => text.replace(/[\\'"]/g, '\\$&').replaceAll('\0', '\\0'));
}

export function stripslashes<T>(string: T): Out<T> {
  return mapRaw(string, (text) =>
    text.replace(/\\(.?)/gs, (_all, char: string) => (char === '0' ? '\0' : char)),
  );
}

const LETTERS: { readonly [char: string]: string } = {
  '\n': 'n',
  '\t': 't',
  '\r': 'r',
  '\x07': 'a',
  '\v': 'v',
  '\b': 'b',
  '\f': 'f',
};

/** Escapes the characters given as C does. */
export function addcslashes<T>(string: T, characters: unknown): Out<T> {
  const set = byteSet(raw(characters));
  const escaped = (char: string): string => {
    if (!set.has(char)) return char;
    const code = char.charCodeAt(0);
    if (code >= 32 && code < 127) return `\\${char}`;
    return `\\${LETTERS[char] ?? code.toString(8).padStart(3, '0')}`;
  };
  return mapRaw(string, (text) => [...text].map(escaped).join(''));
}

/** Undoes `addcslashes`. */
export function stripcslashes<T>(string: T): Out<T> {
  const back = new Map(Object.entries(LETTERS).map(([char, letter]) => [letter, char]));
  return mapRaw(string, (text) =>
    text.replace(/\\(x[0-9a-fA-F]{1,2}|[0-7]{1,3}|.?)/gs, (_all, code: string) => {
      if (/^x./.test(code)) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
      if (/^[0-7]/.test(code)) return String.fromCharCode(Number.parseInt(code, 8) & 255);
      return back.get(code) ?? code;
    }),
  );
}

/** Puts a backslash before `.\+*?[^]$()`. */
export function quotemeta<T>(string: T): Out<T> {
  return mapRaw(string, (text) => text.replace(/[.\\+*?[^\]$()]/g, '\\$&'));
}
