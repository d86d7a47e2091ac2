import { toBytes } from './value/convert.js';

/** Tests each byte of a string; an empty string and what is no string are false. */
const all =
  (pattern: RegExp) =>
  (text: unknown): boolean =>
    (typeof text === 'string' || text instanceof Uint8Array) &&
    pattern.test(toBytes(text).toString('latin1'));

export const ctype_alpha = all(/^[A-Za-z]+$/);
export const ctype_digit = all(/^[0-9]+$/);
export const ctype_alnum = all(/^[A-Za-z0-9]+$/);
export const ctype_upper = all(/^[A-Z]+$/);
export const ctype_lower = all(/^[a-z]+$/);
export const ctype_space = all(/^[ \t\n\r\v\f]+$/);
export const ctype_punct = all(/^[!-/:-@[-`{-~]+$/);
export const ctype_xdigit = all(/^[0-9A-Fa-f]+$/);
export const ctype_cntrl = all(/^[\0-\x1f\x7f]+$/);
export const ctype_graph = all(/^[!-~]+$/);
export const ctype_print = all(/^[ -~]+$/);
