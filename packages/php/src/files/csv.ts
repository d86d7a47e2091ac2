import { toStr } from '../value/convert.js';

/** The fields of a CSV record; a record of nothing is one null. */
export function parseCsv(
  text: string,
  separator: string,
  enclosure: string,
  escape_char: string,
): (string | null)[] {
  if (text === '') return [null];
  const fields: string[] = [];
  let at = 0;
  do {
    const [field, end] = readField(text, at, separator, enclosure, escape_char);
    fields.push(field);
    at = end;
  } while (text.startsWith(separator, at++));
  return fields;
}

function readField(
  text: string,
  from: number,
  separator: string,
  enclosure: string,
  escape_char: string,
): [field: string, end: number] {
  const lead = /^[ \t]*/.exec(text.slice(from))?.[0].length ?? 0;
  if (text[from + lead] !== enclosure) {
    const end = text.indexOf(separator, from);
    return end < 0 ? [text.slice(from), text.length] : [text.slice(from, end), end];
  }
  let field = '';
  let at = from + lead + 1;
  for (; at < text.length; at++) {
    const char = text[at] ?? '';
    if (char === escape_char && escape_char !== enclosure && text[at + 1] === enclosure) {
      field += char + enclosure;
      at++;
    } else if (char !== enclosure) field += char;
    else if (text[at + 1] === enclosure) {
      field += enclosure;
      at++;
    } else break;
  }
  const end = text.indexOf(separator, at + 1);
  const rest = text.slice(at + 1, end < 0 ? undefined : end);
  return [field + rest, end < 0 ? text.length : end];
}

/** A CSV record: what needs it is enclosed. */
export function csvLine(
  fields: readonly unknown[],
  separator: string,
  enclosure: string,
  escape_char: string,
): string {
  const special = [separator, enclosure, escape_char, '\n', '\r', '\t', ' '];
  return fields
    .map((value) => {
      const field = toStr(value);
      if (!special.some((char) => char !== '' && field.includes(char))) return field;
      let out = '';
      let escaped = false;
      for (const char of field) {
        if (escape_char !== '' && char === escape_char && escape_char !== enclosure) escaped = true;
        else if (char === enclosure && !escaped) out += enclosure;
        else escaped = false;
        out += char;
      }
      return enclosure + out + enclosure;
    })
    .join(separator);
}
