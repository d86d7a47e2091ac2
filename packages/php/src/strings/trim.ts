import { byteSet, mapRaw, type Out, raw, stringArg } from './operand.js';

const BLANK = ' \n\r\t\v\0';

function strip(text: string, list: string, left: boolean, right: boolean): string {
  const set = byteSet(list);
  let from = 0;
  let to = text.length;
  while (left && from < to && set.has(text[from] ?? '')) from++;
  while (right && to > from && set.has(text[to - 1] ?? '')) to--;
  return text.slice(from, to);
}

/** Strips white space, or the characters given (`a..z` is a range), from both ends. */
export function trim<T>(string: T, characters: unknown = BLANK): Out<T> {
  const list = raw(characters);
  return mapRaw(stringArg('trim', 1, 'string', string), (text) => strip(text, list, true, true));
}

export function ltrim<T>(string: T, characters: unknown = BLANK): Out<T> {
  const list = raw(characters);
  return mapRaw(stringArg('ltrim', 1, 'string', string), (text) => strip(text, list, true, false));
}

export function rtrim<T>(string: T, characters: unknown = BLANK): Out<T> {
  const list = raw(characters);
  return mapRaw(stringArg('rtrim', 1, 'string', string), (text) => strip(text, list, false, true));
}

export { rtrim as chop };
