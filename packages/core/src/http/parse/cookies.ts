import { isSpace } from './ascii.js';
import { FormBuilder } from './form-builder.js';
import { MAX_INPUT_VARS, warnTooManyVariables } from './query-string.js';
import type { FormData } from './types.js';
import { rawUrlDecode } from './url-decode.js';

/**
 * Reads a Cookie header as PHP fills `$_COOKIE`: the first of a repeated name wins, `%XX` is decoded but `+` stays,
 * quotes stay, names follow PHP's rules for variables (`a.b` is `a_b`, `a[]` makes arrays).
 * @param header several Cookie headers joined with `; `
 * @returns an object without a prototype, empty when the header names no cookie
 */
export function parseCookies(header: string): FormData {
  const form = new FormBuilder();
  const nul = header.indexOf('\0');
  const length = nul < 0 ? header.length : nul;
  let count = 0;
  let start = 0;

  while (start < length) {
    let end = start;
    let equals = -1;
    for (; end < length; end++) {
      const code = header.charCodeAt(end);
      if (code === 0x3b) break;
      if (code === 0x3d && equals < 0) equals = end;
    }
    while (start < end && isSpace(header.charCodeAt(start))) start++;
    if (start < end && start !== equals) {
      if (++count > MAX_INPUT_VARS) {
        warnTooManyVariables(MAX_INPUT_VARS);
        break;
      }
      const name = header.slice(start, equals < 0 ? end : equals);
      if (!form.has(name)) form.add(name, equals < 0 ? '' : rawUrlDecode(header.slice(equals + 1, end)));
    }
    start = end + 1;
  }
  return form.result();
}
