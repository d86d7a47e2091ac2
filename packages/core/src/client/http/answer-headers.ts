import { urlDecode } from '../../http/parse/url-decode.js';

/** The headers of an answer by their names; of several with one name, a list. */
export type AnswerHeaders = Record<string, string | string[]>;

/** What the headers of an answer hold. */
export interface ReadHeaders {
  readonly headers: AnswerHeaders;
  /** How the body is packed, '' for not at all. */
  readonly encoding: string;
  /** The Set-Cookie headers, and the cookies in them; null for none. */
  readonly setCookies: string[] | null;
  readonly cookies: Record<string, string> | null;
}

/**
 * Reads headers.
 * @param list name, value, name, value…
 * @param lowercase whether names are put in small letters
 */
export function readHeaders(list: readonly string[], lowercase: boolean): ReadHeaders {
  const headers: AnswerHeaders = {};
  let encoding = '';
  let setCookies: string[] | null = null;
  let cookies: Record<string, string> | null = null;
  let unnamed = 0;
  for (let i = 0; i < list.length; i += 2) {
    const given = list[i] as string;
    const value = list[i + 1] as string;
    const lower = given.toLowerCase();
    put(headers, lowercase ? lower : given, value);
    if (lower === 'content-encoding') encoding = value;
    else if (lower === 'set-cookie') {
      setCookies ??= [];
      setCookies.push(value);
      cookies ??= {};
      const [name, content] = cookiePair(value, unnamed);
      if (name === String(unnamed)) unnamed++;
      Object.defineProperty(cookies, name, {
        value: content,
        enumerable: true,
        writable: true,
        configurable: true,
      });
    }
  }
  return { headers, encoding, setCookies, cookies };
}

function put(headers: AnswerHeaders, name: string, value: string): void {
  if (!Object.hasOwn(headers, name)) {
    // A header may have any name, also one that objects have by birth.
    if (name === '__proto__')
      Object.defineProperty(headers, name, { value, enumerable: true, writable: true, configurable: true });
    else headers[name] = value;
    return;
  }
  const before = headers[name] as string | string[];
  headers[name] = typeof before === 'string' ? [before, value] : [...before, value];
}

/** @param next the number of the next cookie without a name */
function cookiePair(header: string, next: number): [name: string, value: string] {
  const pair = header.split(';', 1)[0] as string;
  const equals = pair.indexOf('=');
  const name = pair.slice(0, Math.max(0, equals)).trim();
  return [name === '' ? String(next) : name, urlDecode(pair.slice(equals + 1))];
}
