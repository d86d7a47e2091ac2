import type * as ast from './ast.js';

const SIMPLE: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  e: '\x1b',
  f: '\f',
  '\\': '\\',
  $: '$',
  '"': '"',
};

const ESCAPE = /\\(?:([nrtvef\\$"])|([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|u\{([0-9A-Fa-f]+)\})/g;

/** The bytes of a text in double quotes or of a heredoc, without the quotes. */
function unescaped(raw: string): Buffer {
  const parts: Buffer[] = [];
  let from = 0;
  for (const found of raw.matchAll(ESCAPE)) {
    parts.push(Buffer.from(raw.slice(from, found.index)));
    const [all, simple, octal, hex, point] = found;
    if (simple !== undefined) parts.push(Buffer.from(SIMPLE[simple] ?? simple));
    else if (octal !== undefined) parts.push(Buffer.of(Number.parseInt(octal, 8) & 0xff));
    else if (hex !== undefined) parts.push(Buffer.of(Number.parseInt(hex, 16)));
    else parts.push(Buffer.from(String.fromCodePoint(Number.parseInt(point ?? '0', 16))));
    from = found.index + all.length;
  }
  parts.push(Buffer.from(raw.slice(from)));
  return Buffer.concat(parts);
}

const HAS_BYTES = /\\(?:[0-7]|x[0-9A-Fa-f])/;

function bytesOf(node: ast.StringNode): Buffer | null {
  if (!node.isDoubleQuote || !HAS_BYTES.test(node.raw)) return null;
  return unescaped(node.raw.replace(/^b?"|"$/g, ''));
}

/** What a literal holds: text, or bytes that are no text. */
export function contentOf(node: ast.StringNode): string | Buffer {
  const bytes = bytesOf(node);
  if (bytes === null) {
    return node.isDoubleQuote ? unescaped(node.raw.replace(/^b?"|"$/g, '')).toString() : node.value;
  }
  const text = bytes.toString();
  return Buffer.from(text).equals(bytes) ? text : bytes;
}

/** Whether a literal holds bytes that are no text. */
export function isBinary(node: ast.StringNode): boolean {
  const bytes = bytesOf(node);
  return bytes !== null && !Buffer.from(bytes.toString()).equals(bytes);
}

/** The text of a piece between the variables of a text in double quotes. */
export function pieceText(node: ast.StringNode, always = false): string {
  return always || HAS_BYTES.test(node.raw) ? unescaped(node.raw).toString() : node.value;
}
