import * as types from '../analyse/type.js';
import type * as ast from '../parse/ast.js';
import { contentOf, pieceText } from '../parse/strings.js';
import { expression } from './expressions.js';
import type { FileEmitter } from './file-emitter.js';
import { mayBeFraction } from './fractions.js';

/** A text as a literal of TypeScript. */
export function quote(text: string): string {
  return JSON.stringify(text).replace(
    /[\u2028\u2029\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Bytes that are no text, as an expression. */
function bytesText(bytes: Buffer): string {
  if (bytes.length <= 16)
    return `Buffer.of(${[...bytes].map((byte) => `0x${byte.toString(16).padStart(2, '0')}`).join(', ')})`;
  return `Buffer.from(${JSON.stringify(bytes.toString('latin1')).replace(/[\x7f-\xff]/g, (unit) => `\\x${unit.charCodeAt(0).toString(16)}`)}, 'latin1')`;
}

export function stringLiteral(node: ast.StringNode): string {
  const content = contentOf(node);
  return typeof content === 'string' ? quote(content) : bytesText(content);
}

type Piece = string | ast.Expression;

/** The pieces that `.` and interpolation join, in order. */
function pieces(node: ast.Expression): Piece[] {
  if (node.kind === 'bin' && node.type === '.') return [...pieces(node.left), ...pieces(node.right)];
  if (node.kind === 'encapsed' && node.type !== 'shell') {
    return node.value.map(
      ({ expression: part, curly }): Piece =>
        part.kind === 'string' && !curly ? pieceText(part) : offsetKeys(part),
    );
  }
  if (node.kind === 'string') {
    const content = contentOf(node);
    if (typeof content === 'string') return [content];
  }
  if (node.kind === 'nowdoc') return [node.value];
  if (node.kind === 'number' && /^\d+$/.test(String(node.raw ?? node.value))) return [String(node.value)];
  if (node.kind === 'name' && /^\\?PHP_EOL$/.test(node.name)) return ['\n'];
  return [node];
}

/** `"$a[key]"` has a key without quotes. */
function offsetKeys(node: ast.Expression): ast.Expression {
  if (node.kind === 'offsetlookup' && node.offset && node.offset.kind === 'identifier') {
    const { name } = node.offset;
    return {
      ...node,
      offset: { ...node.offset, kind: 'string', value: name, raw: quote(name), isDoubleQuote: false },
    };
  }
  return node;
}

/** Whether a piece may be bytes that are not made text. */
function isBytes(to: FileEmitter, piece: Piece): boolean {
  if (typeof piece === 'string') return false;
  const type = to.on.typeOf(piece);
  return types.shows(type, types.BYTES) && !types.shows(type, types.STRING);
}

/** Joined text: a template, or `concat()` where bytes are among the pieces. */
export function joined(to: FileEmitter, node: ast.Expression): string {
  const all = merge(pieces(node));
  if (all.some((piece) => isBytes(to, piece))) {
    return `${to.php('concat')}(${all.map((piece) => (typeof piece === 'string' ? quote(piece) : expression(to, piece))).join(', ')})`;
  }
  return template(to, all);
}

function merge(all: Piece[]): Piece[] {
  const merged: Piece[] = [];
  for (const piece of all) {
    const last = merged[merged.length - 1];
    if (typeof piece === 'string' && typeof last === 'string') merged[merged.length - 1] = last + piece;
    else if (piece !== '') merged.push(piece);
  }
  return merged;
}

function template(to: FileEmitter, all: Piece[]): string {
  if (all.length === 0) return "''";
  const [first] = all;
  if (all.length === 1 && typeof first === 'string') return quote(first);
  const text = all.map((piece) =>
    typeof piece === 'string' ? templateText(piece) : `\${${textOf(to, piece)}}`,
  );
  return `\`${text.join('')}\``;
}

function templateText(text: string): string {
  return quote(text)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replace(/`|\$\{/g, '\\$&');
}

/** The arguments of echo for an expression: bytes go out as they are, not within a text. */
export function echoArguments(to: FileEmitter, node: ast.Expression): string[] {
  const all = merge(pieces(node));
  if (!all.some((piece) => isBytes(to, piece))) return [expression(to, node)];
  return all.map((piece) => (typeof piece === 'string' ? quote(piece) : expression(to, piece)));
}

const PLAIN = types.STRING | types.INT | types.BIGINT;

/** An expression where a template turns it into text as PHP would. */
export function textOf(to: FileEmitter, node: ast.Expression): string {
  const type = to.on.typeOf(node);
  const text = expression(to, node);
  if (types.only(type, types.NULL)) return "''";
  if (types.only(type, PLAIN | types.BYTES))
    return mayBeMissing(to, node) ? `${text.replace(/!$/, '')} ?? ''` : text;
  if (types.only(type, types.NUMBER))
    return isWhole(to, node) && !mayBeFraction(to, node) ? text : `${to.php('toStr')}(${text})`;
  if (types.only(type, PLAIN | types.NULL) && types.shows(type, types.NULL)) return `${text} ?? ''`;
  return `${to.php('toStr')}(${text})`;
}

/** Whether an element is read that its array need not have: PHP warns, and joins nothing. */
function mayBeMissing(to: FileEmitter, node: ast.Expression): boolean {
  if (node.kind === 'silent') return mayBeMissing(to, node.expr);
  if (node.kind !== 'offsetlookup' || !node.offset) return false;
  const { array } = to.on.typeOf(node.what);
  return array?.kind === 'php' || array?.kind === 'map';
}

/** Whether a number that the API gives is one that prints alike in both languages. */
function isWhole(_to: FileEmitter, node: ast.Expression): boolean {
  return (
    node.kind === 'propertylookup' ||
    node.kind === 'call' ||
    node.kind === 'offsetlookup' ||
    node.kind === 'variable'
  );
}
