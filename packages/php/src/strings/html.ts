import { toStr } from '../value/convert.js';
import { isArray, items } from '../value/kinds.js';
import { isUtf8 } from '../value/text.js';
import { ENTITIES } from './html-entities.js';

export const HTML_SPECIALCHARS = 0;
export const HTML_ENTITIES = 1;
export const ENT_COMPAT = 2;
export const ENT_QUOTES = 3;
export const ENT_NOQUOTES = 0;
export const ENT_IGNORE = 4;
export const ENT_SUBSTITUTE = 8;
export const ENT_HTML401 = 0;
export const ENT_XML1 = 16;
export const ENT_XHTML = 32;
export const ENT_HTML5 = 48;

const DEFAULT = ENT_QUOTES | ENT_SUBSTITUTE | ENT_HTML401;
const DOCTYPE = 48;
const ENTITY = /^&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);/;

/** Escapes `& < > " '` for HTML. Text that is no UTF-8 is empty without ENT_SUBSTITUTE or ENT_IGNORE. */
export function htmlspecialchars(
  string: unknown,
  flags = DEFAULT,
  _encoding: string | null = null,
  double_encode = true,
): string {
  return escapeHtml(toStr(string), flags, double_encode, () => null);
}

/** `htmlspecialchars` that also writes what has a name in HTML 4 as `&name;`. */
export function htmlentities(
  string: unknown,
  flags = DEFAULT,
  _encoding: string | null = null,
  double_encode = true,
): string {
  return escapeHtml(toStr(string), flags, double_encode, (char) => NAMES.get(char) ?? null);
}

function escapeHtml(
  text: string,
  flags: number,
  twice: boolean,
  name: (char: string) => string | null,
): string {
  if (!isUtf8(text) && (flags & (ENT_SUBSTITUTE | ENT_IGNORE)) === 0) return '';
  const apostrophe = (flags & DOCTYPE) === ENT_HTML401 ? '&#039;' : '&apos;';
  let out = '';
  let at = 0;
  for (const char of text) {
    const place = at;
    at += char.length;
    if (char === '&') out += !twice && ENTITY.test(text.slice(place, place + 40)) ? '&' : '&amp;';
    else if (char === '<') out += '&lt;';
    else if (char === '>') out += '&gt;';
    else if (char === '"') out += (flags & ENT_COMPAT) !== 0 ? '&quot;' : '"';
    else if (char === "'") out += (flags & ENT_QUOTES) === ENT_QUOTES ? apostrophe : "'";
    else if (/\p{Surrogate}/u.test(char)) out += (flags & ENT_IGNORE) !== 0 ? '' : '\ufffd';
    else {
      const known = char > '\x7f' ? name(char) : null;
      out += known === null ? char : `&${known};`;
    }
  }
  return out;
}

const NAMES = new Map(Object.entries(ENTITIES).map(([name, code]) => [String.fromCodePoint(code), name]));

/** Undoes `htmlspecialchars`. */
export function htmlspecialchars_decode(string: unknown, flags = DEFAULT): string {
  return toStr(string).replace(/&(?:amp|lt|gt|quot|apos|#0*39|#[xX]0*27|#0*34|#[xX]0*22);/g, (entity) => {
    if (entity === '&amp;') return '&';
    if (entity === '&lt;') return '<';
    if (entity === '&gt;') return '>';
    return quoteOf(entity, flags);
  });
}

function quoteOf(entity: string, flags: number): string {
  const double = entity === '&quot;' || /^&#(?:0*34|[xX]0*22);$/.test(entity);
  if (double) return (flags & ENT_COMPAT) !== 0 ? '"' : entity;
  if (entity === '&apos;' && (flags & DOCTYPE) === ENT_HTML401) return entity;
  return (flags & ENT_QUOTES) === ENT_QUOTES ? "'" : entity;
}

/** Undoes `htmlentities`, and resolves numeric entities. */
export function html_entity_decode(
  string: unknown,
  flags = DEFAULT,
  _encoding: string | null = null,
): string {
  return toStr(string).replace(/&(#\d+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);/g, (entity, body: string) => {
    if (body.startsWith('#')) return numeric(entity, body.slice(1), flags);
    if (body === 'quot' || body === 'apos') return quoteOf(entity, flags);
    const code = body === 'amp' ? 38 : body === 'lt' ? 60 : body === 'gt' ? 62 : ENTITIES[body];
    return code === undefined ? entity : String.fromCodePoint(code);
  });
}

function numeric(entity: string, digits: string, flags: number): string {
  const code = /^[xX]/.test(digits) ? Number.parseInt(digits.slice(1), 16) : Number(digits);
  if (code === 34 || code === 39) return quoteOf(entity, flags);
  const allowed =
    (code >= 0x20 && code <= 0x7e) ||
    code === 9 ||
    code === 10 ||
    code === 13 ||
    (code >= 0xa0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff));
  return allowed ? String.fromCodePoint(code) : entity;
}

/** Removes HTML and PHP tags and comments. @param allowed_tags `<a><b>` or a list of names */
export function strip_tags(string: unknown, allowed_tags: unknown = null): string {
  const names = isArray(allowed_tags)
    ? items(allowed_tags).map(toStr)
    : [...toStr(allowed_tags).matchAll(/<(\w+)\/?>/g)].map((m) => m[1] ?? '');
  const allowed = new Set(names.map((name) => name.toLowerCase()));
  return toStr(string)
    .replace(/<!--.*?(?:-->|$)|<\?.*?(?:\?>|$)/gs, '')
    .replace(
      /<(?![\s])\/?([a-zA-Z!][^\s>/]*)?(?:"[^"]*"|'[^']*'|[^>"'])*(?:>|$)/g,
      (tag, name: string | undefined) => (name !== undefined && allowed.has(name.toLowerCase()) ? tag : ''),
    );
}
