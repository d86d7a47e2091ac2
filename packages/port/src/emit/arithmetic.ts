import * as types from '../analyse/type.js';
import type * as ast from '../parse/ast.js';
import { NUMERIC } from './conditions.js';
import { expression } from './expressions.js';
import type { FileEmitter } from './file-emitter.js';

/** An operand of arithmetic as a number. */
export function number(to: FileEmitter, node: ast.Expression): string | null {
  const type = to.on.typeOf(node);
  const text = expression(to, node);
  if (types.only(type, types.INT | types.FLOAT)) return text;
  if (types.only(type, types.BOOL | types.NULL | types.INT | types.FLOAT)) return `Number(${text})`;
  if (types.only(type, types.STRING | types.BYTES | types.INT | types.FLOAT))
    return `${to.php('toFloat')}(${text})`;
  return null;
}

const HELPERS: Readonly<Record<string, string>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'div',
  '%': 'mod',
  '**': 'pow',
  '&': 'bitAnd',
  '|': 'bitOr',
  '^': 'bitXor',
  '<<': 'shl',
  '>>': 'shr',
};

/** Arithmetic on two expressions, as JavaScript does it where that is the same. */
export function arithmetic(
  to: FileEmitter,
  sign: string,
  left: ast.Expression,
  right: ast.Expression,
  place?: string,
  isUnsigned = false,
): string {
  if (sign === '+') to.unsigned.add(left).add(right);
  const a = place ?? expression(to, left);
  const [x, y] = [to.on.typeOf(left), to.on.typeOf(right)];
  const helper = (): string => `${to.php(HELPERS[sign] ?? 'add')}(${a}, ${expression(to, right)})`;
  if (sign === '+' && types.shows(x, types.ARRAY) && types.shows(y, types.ARRAY)) return helper();
  const one = place ? (types.only(x, NUMERIC) ? place : null) : number(to, left);
  const two = number(to, right);
  if (one === null || two === null) return helper();
  if (sign === '/' && !isNonZero(right)) return helper();
  if (sign === '%') {
    const whole = isNonZero(right) && types.only(x, types.INT) && types.only(y, types.INT);
    return whole && (isUnsigned || isNeverNegative(left)) ? `(${one} % ${two})` : helper();
  }
  if (sign === '<<' || sign === '>>' || sign === '&' || sign === '|' || sign === '^') {
    return isSmallBits(to, sign, left, right) ? `(${one} ${sign} ${two})` : helper();
  }
  return `(${one} ${sign} ${two})`;
}

const isNonZero = (node: ast.Expression): boolean => node.kind === 'number' && Number(node.value) !== 0;

const NOT_NEGATIVE = /^\\?(?:count|sizeof|(?:mb_)?strlen|time|ord|abs|crc32|hexdec|bindec|memory_get_\w+)$/i;

/** Whether a remainder of it cannot be JavaScript's -0, where PHP has the int 0. */
const isNeverNegative = (node: ast.Expression): boolean =>
  node.kind === 'number' ||
  (node.kind === 'call' && node.what.kind === 'name' && NOT_NEGATIVE.test(node.what.name));

/** Whether 32 bits are enough. */
function isSmallBits(to: FileEmitter, sign: string, left: ast.Expression, right: ast.Expression): boolean {
  const small = (node: ast.Expression): boolean => {
    if (node.kind === 'number') return Number(node.value) < 2 ** 31;
    if (node.kind === 'name')
      return /^\\?(?:SWOOLE|WEBSOCKET|LOCK|JSON|E|SIG|SOCK|AF|PREG|FILE)_/.test(node.name);
    if (node.kind === 'bin' && /^[&|^]$/.test(node.type))
      return node.type === '&'
        ? small(node.left) || small(node.right)
        : small(node.left) && small(node.right);
    return false;
  };
  const inOne = types.only(to.on.typeOf(left), types.INT) && types.only(to.on.typeOf(right), types.INT);
  if (sign === '&') return inOne && (small(left) || small(right));
  if (sign === '<<')
    return (
      left.kind === 'number' &&
      right.kind === 'number' &&
      Number(left.value) * 2 ** Number(right.value) < 2 ** 31
    );
  if (sign === '>>') return false;
  return inOne && small(left) && small(right);
}
