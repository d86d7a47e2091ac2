import type { ArrayShape } from '../analyse/array-shape.js';
import { literalKey } from '../analyse/keys.js';
import * as types from '../analyse/type.js';
import { SUPERGLOBALS } from '../analyse/variables.js';
import type * as ast from '../parse/ast.js';
import { arithmetic } from './arithmetic.js';
import { emptyArray, isPlainObject, kindOf, quietRead } from './arrays.js';
import { assigned, copied } from './copies.js';
import { expression } from './expressions.js';
import type { FileEmitter } from './file-emitter.js';
import { literalKeyText, memberAccess } from './names.js';
import { joined } from './strings.js';
import { variableName } from './variables.js';

/** An assignment; as a statement where its value is not used. */
export function assignment(to: FileEmitter, node: ast.Assign, isStatement: boolean): string {
  if (node.operator !== '=') return compound(to, node, isStatement);
  const { left, right } = node;
  if (left.kind === 'list' || left.kind === 'array') return destructuring(to, left, right);
  if (left.kind === 'offsetlookup') return elementWrite(to, left, copied(to, right), isStatement);
  return `${expression(to, left)} = ${valueFor(to, left, right)}`;
}

/** The value for a place: bytes become text where the place is used as text. */
export function valueFor(to: FileEmitter, left: ast.Expression, right: ast.Expression): string {
  const text = assigned(to, left, right);
  const type = to.on.typeOf(right);
  if (
    to.on.makesBytes &&
    right.kind === 'variable' &&
    types.only(type, types.STRING) &&
    isFrameData(to, left)
  ) {
    return `${to.php('bytes')}(${text})`;
  }
  if (!types.shows(type, types.BYTES)) return text;
  if (left.kind === 'variable' && typeof left.name === 'string' && !SUPERGLOBALS.has(left.name)) {
    const variable = to.on.variables.find(to.fn, left.name);
    return variable.usedAsText ? asText(to, type, text) : text;
  }
  return text;
}

/** `$frame->data`, which may be bytes. */
function isFrameData(to: FileEmitter, node: ast.Expression): boolean {
  if (node.kind !== 'propertylookup' || node.offset.kind !== 'identifier' || node.offset.name !== 'data')
    return false;
  return to.on.typeOf(node.what).classes.some((name) => /\\(?:Close)?Frame$/.test(name));
}

/** Bytes as text; what is no text stays what it is. */
export function asText(to: FileEmitter, type: types.Type, text: string): string {
  if (types.only(type, types.BYTES | types.STRING)) return `${to.php('text')}(${text})`;
  return `${to.php('textOr')}(${text})`;
}

/** Writes an element; in a statement the shortest way, else one that gives the value. */
export function elementWrite(
  to: FileEmitter,
  place: ast.OffsetLookup,
  value: string,
  isStatement: boolean,
): string {
  const type = to.on.typeOf(place.what);
  const kind = kindOf(type);
  if (types.only(type, types.STRING) && place.offset) {
    const text = expression(to, place.what);
    return `${text} = ${to.php('substr_replace')}(${text}, ${value}, ${expression(to, place.offset)}, 1)`;
  }
  const base = container(to, place.what);
  if (type.kinds & types.OBJECT && !type.array) return objectWrite(to, place, base, value, isStatement);
  if (!place.offset) {
    if (isStatement && (kind === 'list' || kind === 'php')) return `${base}.push(${value})`;
    return `${to.php('append')}(${base}, ${value})`;
  }
  const key = literalKey(place.offset);
  to.unsigned.add(place.offset);
  const keyText = key === null ? expression(to, place.offset) : JSON.stringify(key);
  if ((kind === 'record' || kind === 'native') && typeof key === 'string')
    return `${base}${memberAccess(key)} = ${value}`;
  if (kind === 'list') return `${base}[${keyText}] = ${value}`;
  if (isStatement && (kind === 'map' || kind === 'php')) return `${base}.set(${keyText}, ${value})`;
  return `${to.php('put')}(${base}, ${keyText}, ${value})`;
}

function objectWrite(
  to: FileEmitter,
  place: ast.OffsetLookup,
  base: string,
  value: string,
  isStatement: boolean,
): string {
  const type = to.on.typeOf(place.what);
  const key = place.offset ? expression(to, place.offset) : 'null';
  if (isPlainObject(type)) return `${types.shows(type, types.NULL) ? `${base}!` : base}[${key}] = ${value}`;
  const own = type.classes.some(
    (name) => to.on.symbols.class(name) || to.on.api.class(name)?.member('offsetSet'),
  );
  if (own && isStatement) return `${base}.offsetSet(${key}, ${value})`;
  return place.offset
    ? `${to.php('put')}(${base}, ${key}, ${value})`
    : `${to.php('append')}(${base}, ${value})`;
}

/** What is before `[…]` on the left of an assignment; it is made when it is not there yet, as PHP does. */
export function container(to: FileEmitter, node: ast.Expression): string {
  if (node.kind === 'variable') return expression(to, node);
  if (node.kind !== 'offsetlookup') {
    const type = to.on.typeOf(node);
    const text = expression(to, node);
    return type.array && types.shows(type, types.NULL) ? `(${text} ??= ${emptyArray(to, type.array)})` : text;
  }
  const type = to.on.typeOf(node);
  const outer = to.on.typeOf(node.what);
  const kind = kindOf(outer);
  const base = container(to, node.what);
  if (!node.offset) {
    const name = to.temporary('added');
    to.prelude.push(
      `const ${name}: any = ${type.array ? emptyArray(to, type.array) : '[]'};`,
      `${to.php('append')}(${base}, ${name});`,
    );
    return name;
  }
  const key = literalKey(node.offset);
  const made = type.array && isMade(to, node) ? emptyOf(to, type.array) : null;
  if ((kind === 'record' || kind === 'native') && typeof key === 'string') {
    const place = `${base}${memberAccess(key)}`;
    return made && !outer.array?.did(512)
      ? `(${place} ??= ${made})`
      : made
        ? `(${place} ??= ${made})`
        : place;
  }
  const keyText = key === null ? expression(to, node.offset) : JSON.stringify(key);
  if (kind === 'list') return made ? `(${base}[${keyText}] ??= ${made})` : `${base}[${keyText}]`;
  if (kind === 'map' || kind === 'php') {
    if (made) to.prelude.push(`if (!${base}.has(${keyText})) ${base}.set(${keyText}, ${made});`);
    return `${base}.get(${keyText})!`;
  }
  if (made)
    to.prelude.push(
      `if (!${to.php('isset')}(${base}, ${keyText})) ${to.php('put')}(${base}, ${keyText}, ${made});`,
    );
  return `(${to.php('at')}(${base}, ${keyText}) as any)`;
}

const emptyOf = (to: FileEmitter, array: ArrayShape): string => emptyArray(to, array);

/** Whether the program may write into an element that is not there yet. */
function isMade(to: FileEmitter, node: ast.Expression): boolean {
  return types.shows(to.on.typeOf(node), types.ARRAY);
}

function compound(to: FileEmitter, node: ast.Assign, isStatement: boolean): string {
  const sign = node.operator.slice(0, -1);
  const { left, right } = node;
  if (left.kind === 'offsetlookup' && isComputed(to, left))
    return computedElement(to, left, sign, right, isStatement);
  const place = left.kind === 'offsetlookup' ? elementPlace(to, left) : expression(to, left);
  const type = to.on.typeOf(left);
  const other = to.on.typeOf(right);
  if (sign === '??') return `${place} ??= ${copied(to, right)}`;
  if (sign === '.') {
    if (
      types.only(type, types.STRING) &&
      !(types.shows(other, types.BYTES) && !types.shows(other, types.STRING))
    ) {
      return `${place} += ${joined(to, right.kind === 'bin' || right.kind === 'encapsed' ? right : wrapped(right))}`;
    }
    return `${place} = ${to.php('concat')}(${place}, ${expression(to, right)})`;
  }
  const numbers = types.INT | types.FLOAT;
  if (['+', '-', '*'].includes(sign) && types.only(type, numbers) && types.only(other, numbers)) {
    return `${place} ${sign}= ${expression(to, right)}`;
  }
  return `${place} = ${arithmetic(to, sign, left, right, place)}`;
}

/** A single expression as something that `.` joins. */
function wrapped(node: ast.Expression): ast.Expression {
  if (node.kind === 'string' || node.kind === 'nowdoc') return node;
  return {
    kind: 'encapsed',
    type: 'string',
    raw: '',
    loc: node.loc,
    value: [{ kind: 'encapsedpart', expression: node, syntax: null, curly: true, loc: node.loc }],
  };
}

/** Whether an element can only be reached by functions. */
function isComputed(to: FileEmitter, node: ast.OffsetLookup): boolean {
  const kind = kindOf(to.on.typeOf(node.what));
  if (kind === 'list') return !node.offset;
  return !(
    (kind === 'record' || kind === 'native') &&
    node.offset &&
    typeof literalKey(node.offset) === 'string'
  );
}

function elementPlace(to: FileEmitter, node: ast.OffsetLookup): string {
  const base = container(to, node.what);
  const key = node.offset ? literalKey(node.offset) : null;
  if (typeof key === 'string') return `${base}${memberAccess(key)}`;
  return `${base}[${node.offset ? expression(to, node.offset) : ''}]`;
}

function computedElement(
  to: FileEmitter,
  left: ast.OffsetLookup,
  sign: string,
  right: ast.Expression,
  isStatement: boolean,
): string {
  const old = quietRead(to, left);
  let value: string;
  if (sign === '??') value = `${old} ?? ${copied(to, right)}`;
  else if (sign === '.') value = `${to.php('concat')}(${old}, ${expression(to, right)})`;
  else {
    const numbers = types.INT | types.FLOAT | types.NULL;
    const plain =
      types.only(to.on.typeOf(left), numbers) && types.only(to.on.typeOf(right), types.INT | types.FLOAT);
    value =
      plain && ['+', '-', '*'].includes(sign)
        ? `(${old} ?? 0) ${sign} ${expression(to, right)}`
        : arithmetic(to, sign, left, right, old);
  }
  return elementWrite(to, left, value, isStatement);
}

export function increment(to: FileEmitter, node: ast.Pre | ast.Post, isStatement: boolean): string {
  const sign = node.type === '+' ? '++' : '--';
  const { what } = node;
  const type = to.on.typeOf(what);
  const plain = types.only(type, types.INT | types.FLOAT);
  if (what.kind === 'offsetlookup' && isComputed(to, what)) {
    const one = `(${quietRead(to, what)} ?? 0) ${node.type} 1`;
    const value =
      plain || types.only(type, types.INT | types.FLOAT | types.NULL)
        ? one
        : `${to.php(node.type === '+' ? 'increment' : 'decrement')}(${quietRead(to, what)})`;
    if (isStatement) return elementWrite(to, what, value, true);
    const written = elementWrite(to, what, value, false);
    return node.kind === 'pre' ? written : `(${written} ${node.type === '+' ? '-' : '+'} 1)`;
  }
  const place = what.kind === 'offsetlookup' ? elementPlace(to, what) : expression(to, what);
  if (plain) return node.kind === 'pre' && !isStatement ? `${sign}${place}` : `${place}${sign}`;
  const next = `${place} = ${to.php(node.type === '+' ? 'increment' : 'decrement')}(${place})`;
  if (isStatement || node.kind === 'pre') return isStatement ? next : `(${next})`;
  return `[${place}, (${next})][0]`;
}

/** `$a = &$b`: possible where both are boxed; otherwise somebody has to look. */
export function referenceAssignment(to: FileEmitter, node: ast.AssignRef): string {
  const { left, right } = node;
  if (types.only(to.on.typeOf(right), types.OBJECT) || right.kind === 'new')
    return `${expression(to, left)} = ${expression(to, right)}`;
  if (types.only(to.on.typeOf(right), types.ARRAY)) {
    to.find(
      node,
      'note',
      'both variables are one array, also when one is assigned a new one in PHP',
      'Assign to the place itself.',
    );
    return `${expression(to, left)} = ${right.kind === 'offsetlookup' ? container(to, right) : expression(to, right)}`;
  }
  to.find(
    node,
    'person',
    'a reference makes two names for one variable',
    'Use one name, or an object that holds the value.',
  );
  return `${expression(to, left)} = ${expression(to, right)}`;
}

/** `[$a, 'k' => $b] = …` as TypeScript's own destructuring. */
function destructuring(to: FileEmitter, left: ast.List | ast.ArrayNode, right: ast.Expression): string {
  const source = patternSource(to, left, right);
  return `${source.pattern} = ${source.value}`;
}

/** The pattern and what it takes apart. */
export function patternSource(
  to: FileEmitter,
  left: ast.List | ast.ArrayNode,
  right: ast.Expression,
): { pattern: string; value: string } {
  const defaults = defaultsOf(to, right);
  const value = defaults ? defaults.source : right;
  const type = to.on.typeOf(value);
  return {
    pattern: pattern(to, left, type, defaults?.values ?? null),
    value: takenApart(to, left, value, type),
  };
}

/** `explode(…) + [1 => '']`: what stands for elements that are missing. */
function defaultsOf(
  to: FileEmitter,
  right: ast.Expression,
): { source: ast.Expression; values: Map<string, string> } | null {
  if (right.kind !== 'bin' || right.type !== '+' || right.right.kind !== 'array') return null;
  const values = new Map<string, string>();
  let next = 0;
  for (const item of right.right.items) {
    if (item.kind === 'variadic' || (item.kind === 'entry' && item.unpack)) return null;
    const entry = item.kind === 'entry' ? item : null;
    const key = entry?.key ? literalKey(entry.key) : next;
    if (key === null) return null;
    if (typeof key === 'number') next = key + 1;
    values.set(String(key), expression(to, entry ? entry.value : (item as ast.Expression)));
  }
  return { source: right.left, values };
}

const hasKeys = (node: ast.List | ast.ArrayNode): boolean =>
  node.items.some((item) => item?.kind === 'entry' && item.key !== null);

function takenApart(
  to: FileEmitter,
  left: ast.List | ast.ArrayNode,
  value: ast.Expression,
  type: types.Type,
): string {
  const kind = kindOf(type);
  const text = expression(to, value);
  if (hasKeys(left)) return kind === 'record' || kind === 'native' ? text : `${to.php('toRecord')}(${text})`;
  const bytes = type.array && types.shows(type.array.element, types.BYTES);
  if (kind === 'list' || kind === 'native') return bytes ? text : text;
  return `${to.php('values')}(${text})`;
}

/** A pattern; its variables may be new or not. */
export function pattern(
  to: FileEmitter,
  node: ast.List | ast.ArrayNode,
  type: types.Type,
  defaults: Map<string, string> | null,
): string {
  const keyed = hasKeys(node);
  let index = 0;
  const parts = node.items.map((item) => {
    if (item?.kind !== 'entry') {
      index++;
      return '';
    }
    const key = item.key ? literalKey(item.key) : index++;
    const inner = item.value;
    const element = typeof key === 'string' ? types.fieldOf(type, key) : types.elementOf(type);
    let target: string;
    if (inner.kind === 'list' || inner.kind === 'array') target = pattern(to, inner, element, null);
    else if (inner.kind === 'variable' && typeof inner.name === 'string') {
      const variable = to.on.variables.find(to.fn, inner.name);
      target = variable.boxed ? expression(to, inner) : variableName(to, inner.name);
    } else target = expression(to, inner);
    const standard = defaults?.get(String(key));
    if (standard !== undefined) target += ` = ${standard}`;
    if (!keyed) return target;
    if (key === null) return `[${item.key ? expression(to, item.key) : "''"}]: ${target}`;
    return target === key ? target : `${literalKeyText(String(key))}: ${target}`;
  });
  return keyed ? `{ ${parts.filter((part) => part !== '').join(', ')} }` : `[${parts.join(', ')}]`;
}
