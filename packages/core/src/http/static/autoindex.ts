import { readdirSync } from 'node:fs';
import { pageFooter, pageStyle } from './pages.js';

/**
 * The page that `http_autoindex` shows for a directory without an index file.
 * @param directory its real path
 * @param url the path it was asked for by, as sent
 * @returns null when the directory cannot be read
 */
export function indexPage(directory: string, url: string): string | null {
  let names: string[];
  try {
    names = readdirSync(directory);
  } catch {
    return null;
  }
  const base = escapeHtml(directoryUrl(url));
  if (base !== '/') names.push('..');
  let list = '';
  for (const name of names.sort(byBytes)) {
    list += `\t\t<li><a href="${base}${encodeSegment(name)}">${escapeHtml(name)}</a></li>\n`;
  }
  return (
    `<html>\n<head>\n\t<meta charset='UTF-8'>\n<title>Index of ${base}</title></head>\n` +
    `<body>\n${pageStyle}<h1>Index of ${base}</h1>\t<ul>\n${list}\t</ul>\n${pageFooter}</body>\n</html>\n`
  );
}

/** One slash in front (two would make the links lead to another host) and one at the end. */
function directoryUrl(url: string): string {
  const hash = url.indexOf('#');
  const end = hash < 0 ? url.length : hash;
  let start = 0;
  while (start < end && url.charCodeAt(start) === 0x2f) start++;
  const path = url.slice(start, end);
  return path === '' || path.endsWith('/') ? `/${path}` : `/${path}/`;
}

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** Everything but letters, digits, `-`, `.`, `_` and `~` in percents. */
function encodeSegment(name: string): string {
  let encoded = '';
  for (const byte of Buffer.from(name)) {
    const plain =
      (byte >= 0x30 && byte <= 0x39) ||
      (byte >= 0x41 && byte <= 0x5a) ||
      (byte >= 0x61 && byte <= 0x7a) ||
      byte === 0x2d ||
      byte === 0x2e ||
      byte === 0x5f ||
      byte === 0x7e;
    encoded += plain ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return encoded;
}
