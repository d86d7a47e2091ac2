/** A statement in the pieces between its placeholders, and what each placeholder is called: a name, or its number from 1. */
export interface Placeholders {
  readonly pieces: readonly string[];
  readonly names: readonly (number | string)[];
}

/** What no placeholder is looked for in: texts, quoted names, comments, dollar quotes, casts; then placeholders, `??` for a question mark. */
const TOKENS =
  /'(?:[^'\\]|''|\\[\s\S])*'|"(?:[^"\\]|""|\\[\s\S])*"|`[^`]*`|--[^\n]*|\/\*[\s\S]*?\*\/|\$(\w*)\$[\s\S]*?\$\1\$|::|\?\?|\?|:\w+/g;
/** In standard texts a backslash is only a backslash. */
const STANDARD =
  /[eE]'(?:[^'\\]|''|\\[\s\S])*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\$(\w*)\$[\s\S]*?\$\1\$|::|\?\?|\?|:\w+/g;

/** Finds the placeholders. @param backslashes whether a backslash in a text escapes what follows */
export function placeholdersOf(sql: string, backslashes: boolean): Placeholders {
  const pieces: string[] = [];
  const names: (number | string)[] = [];
  let piece = '';
  let from = 0;
  let count = 0;
  for (const match of sql.matchAll(backslashes ? TOKENS : STANDARD)) {
    const [token] = match;
    piece += sql.slice(from, match.index);
    from = match.index + token.length;
    if (token === '?' || /^:\w/.test(token)) {
      names.push(token === '?' ? ++count : token.slice(1));
      pieces.push(piece);
      piece = '';
    } else piece += token === '??' ? '?' : token;
  }
  pieces.push(piece + sql.slice(from));
  return { pieces, names };
}
