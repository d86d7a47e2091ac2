import { classOf } from '../analyse/infer-statements.js';
import type { Type } from '../analyse/type.js';
import * as types from '../analyse/type.js';
import type * as ast from '../parse/ast.js';
import { quietRead } from './arrays.js';
import { classText } from './class-text.js';
import { expression } from './expressions.js';
import type { FileEmitter } from './file-emitter.js';
import { joined, quote } from './strings.js';

const NUMERIC = types.INT | types.FLOAT | types.BOOL | types.NULL;

/** An expression where JavaScript asks for truth: what is false in PHP is false. */
export function condition(to: FileEmitter, node: ast.Expression): string {
  to.unsigned.add(node);
  if (node.kind === 'unary' && node.type === '!') return `!(${condition(to, node.what)})`;
  if (node.kind === 'bin' && ['&&', '||', 'and', 'or'].includes(node.type)) {
    const sign = node.type === '&&' || node.type === 'and' ? '&&' : '||';
    return `(${condition(to, node.left)}) ${sign} (${condition(to, node.right)})`;
  }
  return truth(to, node, to.on.typeOf(node), expression(to, node));
}

function truth(to: FileEmitter, node: ast.Expression, type: Type, text: string): string {
  const harmless = types.BOOL | types.NULL | types.INT | types.FLOAT | types.OBJECT | types.FN | types.BIGINT;
  if (types.only(type, harmless)) return text;
  if (type.array && types.only(type, types.ARRAY) && type.array.kind === 'list') return `${text}.length > 0`;
  if (type.array && types.only(type, types.ARRAY) && type.array.kind === 'map') return `${text}.size > 0`;
  if (node.kind === 'assign' && types.only(type, harmless)) return text;
  return `${to.php('toBool')}(${text})`;
}

/** An operand of arithmetic as a number. */
function number(to: FileEmitter, node: ast.Expression): string | null {
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

export function binary(to: FileEmitter, node: ast.Bin): string {
  if (/^(?:[!=]==?|<>|[<>]=?|<=>)$/.test(node.type)) to.unsigned.add(node.left).add(node.right);
  switch (node.type) {
    case '.':
      return joined(to, node);
    case '&&':
    case '||':
    case 'and':
    case 'or':
      return `(${booleanOf(to, node.left)} ${node.type === '&&' || node.type === 'and' ? '&&' : '||'} ${booleanOf(to, node.right)})`;
    case 'xor':
      return `(${booleanOf(to, node.left)} !== ${booleanOf(to, node.right)})`;
    case '??':
      return `(${quietRead(to, node.left)} ?? ${expression(to, node.right)})`;
    case '===':
    case '!==':
      return strict(to, node);
    case '==':
    case '!=':
    case '<>':
      return loose(to, node);
    case '<':
    case '>':
    case '<=':
    case '>=':
      return order(to, node);
    case '<=>':
      return `${to.php('compare')}(${expression(to, node.left)}, ${expression(to, node.right)})`;
    case 'instanceof':
      return instanceOf(to, node);
    default:
      return arithmetic(to, node.type, node.left, node.right, undefined, to.unsigned.has(node));
  }
}

/** An operand of && and || whose result is a boolean, not the operand. */
function booleanOf(to: FileEmitter, node: ast.Expression): string {
  const text = condition(to, node);
  const type = to.on.typeOf(node);
  if (types.only(type, types.BOOL) || /^!|^php\.toBool\(|^toBool\(|> 0$/.test(text) || isLogic(node))
    return `(${text})`;
  return `Boolean(${text})`;
}

const isLogic = (node: ast.Expression): boolean =>
  (node.kind === 'bin' && ['&&', '||', 'and', 'or'].includes(node.type)) ||
  (node.kind === 'unary' && node.type === '!');

const isElement = (node: ast.Expression): boolean =>
  node.kind === 'offsetlookup' || (node.kind === 'propertylookup' && node.what.kind === 'offsetlookup');

function strict(to: FileEmitter, node: ast.Bin): string {
  const not = node.type === '!==';
  const [x, y] = [to.on.typeOf(node.left), to.on.typeOf(node.right)];
  const isNull = (type: Type): boolean => types.only(type, types.NULL);
  if (isNull(y) || isNull(x)) {
    const other = isNull(y) ? node.left : node.right;
    const sign =
      isElement(other) || to.on.typeOf(other).kinds & types.MIXED ? (not ? '!=' : '==') : not ? '!==' : '===';
    return `(${isElement(other) ? quietRead(to, other) : expression(to, other)} ${sign} null)`;
  }
  const bytes = types.shows(x, types.BYTES) || types.shows(y, types.BYTES);
  const both = (kinds: number): boolean => types.may(x, kinds) && types.may(y, kinds);
  const arrays = types.shows(x, types.ARRAY) || types.shows(y, types.ARRAY);
  const certain = isOnlyBytes(x) || isOnlyBytes(y);
  const frames = !certain && (isFrameText(to, node.left) || isFrameText(to, node.right));
  if ((bytes && !frames && both(types.STRING | types.BYTES)) || (arrays && both(types.ARRAY))) {
    return `${not ? '!' : ''}${to.php('identical')}(${expression(to, node.left)}, ${expression(to, node.right)})`;
  }
  return `(${expression(to, node.left)} ${node.type} ${expression(to, node.right)})`;
}

/** The data of a frame, in a program that knows text frames only. */
export function isFrameText(to: FileEmitter, node: ast.Expression): boolean {
  if (to.on.mentionsBinary) return false;
  if (node.kind === 'variable') return !isOnlyBytes(to.on.typeOf(node));
  return (
    node.kind === 'propertylookup' && to.on.typeOf(node.what).classes.some((name) => name.endsWith('Frame'))
  );
}

const isOnlyBytes = (type: Type): boolean =>
  types.shows(type, types.BYTES) && !types.shows(type, types.STRING);

/** Whether `==` is the same as `===` for these two. */
function isSame(to: FileEmitter, left: ast.Expression, right: ast.Expression): boolean {
  const [x, y] = [to.on.typeOf(left), to.on.typeOf(right)];
  const numbers = types.INT | types.FLOAT;
  if (types.only(x, numbers) && types.only(y, numbers)) return true;
  if (types.only(x, types.BOOL) && types.only(y, types.BOOL)) return true;
  const texts = types.only(x, types.STRING) && types.only(y, types.STRING);
  const word = [left, right].some((node) => node.kind === 'string' && !/^\s*[+-]?[\d.]/.test(node.value));
  if (texts && word) return true;
  return types.only(x, types.OBJECT) && types.only(y, types.OBJECT) && isEnum(to, x) && isEnum(to, y);
}

function isEnum(to: FileEmitter, type: Type): boolean {
  return (
    type.classes.length > 0 && type.classes.every((name) => to.on.symbols.class(name)?.node.kind === 'enum')
  );
}

function loose(to: FileEmitter, node: ast.Bin): string {
  const not = node.type !== '==';
  const [x, y] = [to.on.typeOf(node.left), to.on.typeOf(node.right)];
  const [left, right] = [expression(to, node.left), expression(to, node.right)];
  if (isSame(to, node.left, node.right)) return `(${left} ${not ? '!==' : '==='} ${right})`;
  const isNull = (type: Type, other: Type): boolean =>
    types.only(type, types.NULL) && types.only(other, types.OBJECT | types.NULL | types.FN);
  if (isNull(x, y) || isNull(y, x)) return `(${left} ${not ? '!=' : '=='} ${right})`;
  return `${not ? '!' : ''}${to.php('looseEq')}(${left}, ${right})`;
}

function order(to: FileEmitter, node: ast.Bin): string {
  const [x, y] = [to.on.typeOf(node.left), to.on.typeOf(node.right)];
  const numbers = types.INT | types.FLOAT | types.BIGINT;
  const [left, right] = [expression(to, node.left), expression(to, node.right)];
  const one = types.only(x, numbers);
  const two = types.only(y, numbers);
  if (one && two) return `(${left} ${node.type} ${right})`;
  // Beside a number that is not negative null is as good as 0; beside others PHP compares what is true.
  if (two && node.right.kind === 'number' && types.only(x, numbers | types.NULL))
    return `(Number(${left}) ${node.type} ${right})`;
  if (one && node.left.kind === 'number' && types.only(y, numbers | types.NULL))
    return `(${left} ${node.type} Number(${right}))`;
  return `(${to.php('compare')}(${left}, ${right}) ${node.type} 0)`;
}

function instanceOf(to: FileEmitter, node: ast.Bin): string {
  const left = expression(to, node.left);
  const name = classOf(to.on, to.fn, node.right as ast.Expression);
  if (name === null || node.right.kind === 'variable')
    return `(${left} instanceof (${expression(to, node.right)} as any))`;
  if (/^\\?Closure$/i.test(name)) return `(typeof ${left} === 'function')`;
  const info = to.on.symbols.class(name);
  if (!info && !to.on.api.class(name) && !to.on.api.phpClass(name.replace(/^\\/, ''))) {
    const helper = to.on.api.hasPhp('isA') ? 'isA' : 'is_a';
    if (
      /^\\?(?:Traversable|Iterator|IteratorAggregate|ArrayAccess|Countable|Stringable|JsonSerializable|DateTimeInterface|UnitEnum|BackedEnum|Generator)$/.test(
        name,
      )
    ) {
      return `${to.php(helper)}(${left}, ${quote(name.replace(/^\\/, ''))})`;
    }
  }
  if (info?.node.kind === 'interface') return `${to.php('is_a')}(${left}, ${quote(info.name)})`;
  return `(${left} instanceof ${classText(to, node.right as ast.Expression)})`;
}

export function unary(to: FileEmitter, node: ast.Unary): string {
  if (node.type === '!') return `!(${condition(to, node.what)})`;
  if (node.type === '~')
    return types.only(to.on.typeOf(node.what), types.INT)
      ? `(~${expression(to, node.what)})`
      : `${to.php('bitNot')}(${expression(to, node.what)})`;
  const text = number(to, node.what);
  if (text === null)
    return node.type === '-'
      ? `${to.php('neg')}(${expression(to, node.what)})`
      : `${to.php('toNumber')}(${expression(to, node.what)})`;
  const isSafe =
    node.what.kind === 'number' || to.unsigned.has(node) || !types.only(to.on.typeOf(node.what), types.INT);
  return node.type === '-' && !isSafe ? `(0 - ${text})` : `(${node.type}${text})`;
}

export function cast(to: FileEmitter, node: ast.Cast): string {
  const type = to.on.typeOf(node.expr);
  const text = expression(to, node.expr);
  switch (node.type) {
    case 'int':
    case 'integer':
      return types.only(type, types.INT) ? text : `${to.php('toInt')}(${text})`;
    case 'float':
    case 'double':
    case 'real':
      return types.only(type, types.FLOAT | types.INT) ? text : `${to.php('toFloat')}(${text})`;
    case 'string':
    case 'binary':
      if (types.only(type, types.STRING)) return text;
      return types.only(type, types.INT) ? `String(${text})` : `${to.php('toStr')}(${text})`;
    case 'bool':
    case 'boolean':
      return types.only(type, types.BOOL)
        ? text
        : isPlainTruth(type)
          ? `Boolean(${text})`
          : `${to.php('toBool')}(${text})`;
    case 'array':
      return type.array && types.only(type, types.ARRAY) ? text : `${to.php('toArray')}(${text})`;
    case 'object':
      return `${to.php('toObject')}(${text})`;
    default:
      return 'null';
  }
}

const isPlainTruth = (type: Type): boolean =>
  types.only(type, types.BOOL | types.NULL | types.INT | types.FLOAT | types.OBJECT | types.FN);

export function ternary(to: FileEmitter, node: ast.RetIf): string {
  if (node.trueExpr) {
    return `(${condition(to, node.test)} ? ${expression(to, node.trueExpr)} : ${expression(to, node.falseExpr)})`;
  }
  const type = to.on.typeOf(node.test);
  const fallback = expression(to, node.falseExpr);
  if (isPlainTruth(type)) return `(${expression(to, node.test)} || ${fallback})`;
  if (isSimple(node.test))
    return `(${condition(to, node.test)} ? ${expression(to, node.test)} : ${fallback})`;
  if (types.only(type, types.STRING | types.FALSE | types.NULL | types.TRUE))
    return `${to.php('either')}(${expression(to, node.test)}, () => ${fallback})`;
  return `${to.php('either')}(${expression(to, node.test)}, () => ${fallback})`;
}

const isSimple = (node: ast.Expression): boolean =>
  node.kind === 'variable' ||
  ((node.kind === 'propertylookup' || node.kind === 'staticlookup') &&
    (node.what.kind === 'variable' || node.what.kind.endsWith('reference')));

/** `match` as a chain of conditions, which ends by throwing when nothing matches. */
export function matchText(to: FileEmitter, node: ast.Match): string {
  const isTrue = node.cond.kind === 'boolean';
  let subject: ast.Expression = node.cond;
  if (!isTrue && !isSimple(node.cond)) subject = hoist(to, node.cond, 'subject');
  const arms = node.arms.map((arm) => {
    const body = expression(to, arm.body);
    if (arm.conds === null) return { test: null, body };
    const tests = arm.conds.map((item) => {
      if (node.cond.kind === 'boolean')
        return node.cond.value ? condition(to, item) : `!(${condition(to, item)})`;
      return strict(to, { kind: 'bin', type: '===', left: subject, right: item, loc: item.loc });
    });
    return {
      test: tests.length === 1 ? (tests[0] ?? '') : tests.map((test) => `(${test})`).join(' || '),
      body,
    };
  });
  const last = arms.find(({ test }) => test === null);
  const end = last?.body ?? `${to.php('unhandledMatch')}(${isTrue ? 'true' : expression(to, subject)})`;
  return `(${arms
    .filter(({ test }) => test !== null)
    .map(({ test, body }) => `(${test}) ? ${body} : `)
    .join('')}${end})`;
}

/** Puts an expression into a constant before the statement, and gives a node that stands for it. */
function hoist(to: FileEmitter, node: ast.Expression, base: string): ast.Expression {
  const name = to.temporary(base);
  const text = expression(to, node);
  const type = to.on.typeOf(node);
  const stand: ast.Variable = { kind: 'variable', name, curly: false, loc: node.loc };
  const variable = to.on.variables.find(to.fn, name);
  to.renamed.set(variable, name);
  const bytes = isOnlyBytes(type);
  variable.add(bytes ? types.kind(types.STRING) : type);
  to.on.note(stand, bytes ? types.kind(types.STRING) : type);
  to.prelude.push(`const ${name} = ${bytes ? `${to.php('text')}(${text})` : text};`);
  return stand;
}
