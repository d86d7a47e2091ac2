import { warnQuietly } from '../../errors/warnings.js';
import { FormBuilder } from './form-builder.js';
import type { FormData } from './types.js';
import { urlDecode } from './url-decode.js';

/** PHP's default for `max_input_vars`. */
export const MAX_INPUT_VARS = 1000;

/** @internal Tells that the variables after the first `limit` were left out. */
export function warnTooManyVariables(limit: number): void {
  warnQuietly(`Input variables exceeded ${limit}. To increase the limit change max_input_vars in php.ini.`);
}

/** Names seen lately: V8 looks a property up faster by a string that it has used as a key before. */
const names: string[] = new Array(64).fill('');

function knownName(name: string): string {
  const slot = (name.length * 7 + (name.charCodeAt(0) | 0)) & 63;
  if (names[slot] === name) return names[slot] as string;
  // Longer ones are not kept: a client must not fill memory with them.
  if (name.length <= 32) names[slot] = name;
  return name;
}

/**
 * Reads a query string or an urlencoded body as PHP's `parse_str` does: `a[b][]=1` makes arrays, `a.b` is `a_b`, the
 * last of a repeated name wins, `%zz` stays, and a raw NUL byte ends the text.
 * @param text its bytes read as UTF-8
 * @param maxVariables variables after these are left out, with a quiet warning
 */
export function parseQueryString(text: string, maxVariables = MAX_INPUT_VARS): FormData {
  const form = new FormBuilder();
  const length = text.length;
  let count = 0;
  let start = 0;
  let equals = -1;
  let specialName = false;
  let encodedValue = false;

  for (let i = 0; i <= length; i++) {
    // One past the end reads NaN, which | 0 makes a NUL: both end the text.
    const code = text.charCodeAt(i) | 0;
    // '=' and everything above but '[': the greater part of all text.
    if (code > 0x3d && code !== 0x5b) continue;
    switch (code) {
      case 0x3d: // =
        if (equals < 0) equals = i;
        break;
      case 0x20: // space
      case 0x2e: // .
      case 0x5b: // [
        if (equals < 0) specialName = true;
        break;
      case 0x25: // %
      case 0x2b: // +
        if (equals < 0) specialName = true;
        else encodedValue = true;
        break;
      case 0x26: // &
      case 0x00:
        if (i > start) {
          if (++count > maxVariables) {
            warnTooManyVariables(maxVariables);
            return form.result();
          }
          let value = '';
          if (equals >= 0) {
            value = text.slice(equals + 1, i);
            if (encodedValue) value = urlDecode(value);
          }
          const name = knownName(text.slice(start, equals >= 0 ? equals : i));
          if (specialName) form.add(urlDecode(name), value);
          else if (name !== '') form.addPlain(name, value);
        }
        if (code === 0) return form.result();
        start = i + 1;
        equals = -1;
        specialName = false;
        encodedValue = false;
        break;
    }
  }
  return form.result();
}
