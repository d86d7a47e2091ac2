/** A statement whose places are all `?`, with what stands at each: a number from 0, or a name. */
export interface Prepared {
  sql: string;
  places: (number | string)[];
}

// Quoted text, comments, casts of PostgreSQL, and the two kinds of places.
const TOKEN =
  /'(?:[^'\\]|\\[\s\S]|'')*'|"(?:[^"\\]|\\[\s\S]|"")*"|`[^`]*`|--[^\n]*|\/\*[\s\S]*?\*\/|::|\?|:([A-Za-z_]\w*)/g;

/** Finds the places of a statement: `?` and `:name`. @param mark what a place becomes: `?`, `$1` */
export function prepare(sql: string, mark: (number: number) => string): Prepared {
  const places: (number | string)[] = [];
  let next = 0;
  const text = sql.replace(TOKEN, (token, name: string | undefined) => {
    if (token !== '?' && name === undefined) return token;
    places.push(name ?? next++);
    return mark(places.length);
  });
  return { sql: text, places };
}
