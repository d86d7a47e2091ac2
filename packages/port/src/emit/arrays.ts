import type { ArrayKind, ArrayShape } from '../analyse/array-shape.js';
import * as shape from '../analyse/array-shape.js';
import { memberName } from '../analyse/infer-statements.js';
import { literalKey } from '../analyse/keys.js';
import type { Type } from '../analyse/type.js';
import * as types from '../analyse/type.js';
import type * as ast from '../parse/ast.js';
import { copied } from './copies.js';
import { condition, expression } from './expressions.js';
import type { FileEmitter } from './file-emitter.js';
import { propertyName } from './members.js';
import { literalKeyText, memberAccess } from './names.js';
import { textOf } from './strings.js';
import { arrayText } from './type-text.js';

/** What an expression holds as an array: `any` when it may be something else. */
export function kindOf(type: Type): ArrayKind {
  return type.array && !(type.kinds & (types.MIXED | types.OBJECT)) ? type.array.kind : 'any';
}

export function arrayLiteral(to: FileEmitter, node: ast.ArrayNode): string {
  const made = to.on.shapeAt(node);
  const { kind } = made;
  if (node.items.length === 0) return emptyArray(to, made);
  const isList = node.items.every(
    (item) =>
      item.kind !== 'entry' || (!item.key && !item.unpack) || (item.unpack && !isKeyed(to, item.value)),
  );
  if (!isList && node.items.some((item) => item.kind === 'entry' && item.unpack && !isRecord(to, item.value)))
    return spreadLiteral(to, node);
  if (kind === 'php' || (kind === 'any' && made.did(shape.ODD_LITERAL))) return phpArray(to, node, isList);
  if (kind === 'map' || made.did(shape.INT_KEY_LITERAL)) return mapLiteral(to, node);
  if (isList) return `[${node.items.map((item) => listItem(to, item)).join(', ')}]`;
  let next = 0;
  const items = node.items.map((item) => {
    if (item.kind === 'entry' && (item.key || item.unpack)) return recordItem(to, item);
    return item.kind === 'variadic' ? recordItem(to, item) : `${next++}: ${listItem(to, item)}`;
  });
  return `{ ${items.join(', ')} }`;
}

/** Whether what is spread may have keys of its own. */
function isKeyed(to: FileEmitter, node: ast.Expression): boolean {
  const type = to.on.typeOf(node);
  return kindOf(type) !== 'list' && !types.only(type, types.OBJECT);
}

const isRecord = (to: FileEmitter, node: ast.Expression): boolean => kindOf(to.on.typeOf(node)) === 'record';

/** A literal with arrays spread in it whose keys are not known. */
function spreadLiteral(to: FileEmitter, node: ast.ArrayNode): string {
  const parts: string[] = [];
  let own: ast.ArrayNode['items'] = [];
  const flush = () => {
    const keyed = own.some((item) => item.kind === 'entry' && item.key);
    if (own.length > 0)
      parts.push(
        keyed
          ? `${to.php('PhpArray')}.fromEntries(${pairsOf(to, { ...node, items: own })})`
          : `[${own.map((item) => listItem(to, item)).join(', ')}]`,
      );
    own = [];
  };
  for (const item of node.items) {
    if (item.kind !== 'entry' || !item.unpack) {
      own.push(item);
      continue;
    }
    flush();
    parts.push(expression(to, item.value));
  }
  flush();
  return `${to.php('spread')}<${elementText(to, to.on.shapeAt(node))}>(${parts.join(', ')})`;
}

export function emptyArray(to: FileEmitter, made: ArrayShape): string {
  switch (made.kind) {
    case 'map':
      return 'new Map()';
    case 'php':
      return `new ${to.php('PhpArray')}()`;
    case 'record':
      return '{}';
    case 'any':
    case 'native':
      if (made.did(shape.TEXT_KEY_SET | shape.OTHER_KEY_SET | shape.INT_KEY_SET | shape.FIELD_SET)) {
        return made.did(shape.FIELD_SET) &&
          !made.did(shape.TEXT_KEY_SET | shape.OTHER_KEY_SET | shape.INT_KEY_SET | shape.PUSHED)
          ? '{}'
          : `new ${to.php('PhpArray')}()`;
      }
      return made.kind === 'native' && made.did(shape.FIELD_READ) && !made.did(shape.PUSHED) ? '{}' : '[]';
    default:
      return '[]';
  }
}

function listItem(to: FileEmitter, item: ast.ArrayNode['items'][number]): string {
  if (item.kind === 'variadic') return spread(to, item.what);
  if (item.kind !== 'entry') return copied(to, item);
  return item.unpack ? spread(to, item.value) : copied(to, item.value);
}

/** `...values` of an array of any kind. */
export function spread(to: FileEmitter, node: ast.Expression): string {
  const kind = kindOf(to.on.typeOf(node));
  if (kind === 'list') return `...${expression(to, node)}`;
  if (kind === 'map') return `...${expression(to, node)}.values()`;
  return `...${to.php('values')}(${expression(to, node)})`;
}

function recordItem(to: FileEmitter, item: ast.ArrayNode['items'][number]): string {
  if (item.kind !== 'entry')
    return item.kind === 'variadic' ? `...${expression(to, item.what)}` : expression(to, item);
  if (item.unpack) return `...${expression(to, item.value)}`;
  const key = item.key ? literalKey(item.key) : null;
  const value = copied(to, item.value);
  if (key === null) return `[${item.key ? textKey(to, item.key) : "''"}]: ${value}`;
  const text = literalKeyText(String(key));
  return item.value.kind === 'variable' && text === value ? text : `${text}: ${value}`;
}

function textKey(to: FileEmitter, node: ast.Expression): string {
  return types.only(to.on.typeOf(node), types.STRING | types.INT) ? expression(to, node) : textOf(to, node);
}

function pairsOf(to: FileEmitter, node: ast.ArrayNode): string {
  let next = 0;
  const all = node.items.map((item) => {
    if (item.kind === 'variadic') return `...${to.php('entries')}(${expression(to, item.what)})`;
    if (item.kind !== 'entry') return `[${next++}, ${copied(to, item)}]`;
    if (item.unpack) return `...${to.php('entries')}(${expression(to, item.value)})`;
    if (!item.key) return `[${next++}, ${copied(to, item.value)}]`;
    const key = literalKey(item.key);
    if (typeof key === 'number') next = Math.max(next, key + 1);
    return `[${key === null ? expression(to, item.key) : JSON.stringify(key)}, ${copied(to, item.value)}]`;
  });
  return `[${all.join(', ')}]`;
}

function phpArray(to: FileEmitter, node: ast.ArrayNode, isList: boolean): string {
  const made = to.on.shapeAt(node);
  const type = `<${elementText(to, made)}>`;
  if (isList)
    return `${to.php('PhpArray')}.of${type}(${node.items.map((item) => listItem(to, item)).join(', ')})`;
  return `${to.php('PhpArray')}.fromEntries${type}(${pairsOf(to, node)})`;
}

function elementText(to: FileEmitter, made: ArrayShape): string {
  const text = arrayText(to, made);
  return /<(.*)>$/.exec(text)?.[1] ?? 'any';
}

function mapLiteral(to: FileEmitter, node: ast.ArrayNode): string {
  const made = to.on.shapeAt(node);
  const type = made.kind === 'map' ? arrayText(to, made).slice('Map'.length) : '<number, any>';
  return `new Map${type}(${pairsOf(to, node)})`;
}

/** Whether what is before `[…]` or `->` may be missing. */
function mayBeMissing(to: FileEmitter, node: ast.Expression): boolean {
  const type = to.on.typeOf(node);
  return (type.kinds & (types.NULL | types.FALSE | types.MIXED)) !== 0 || node.kind === 'offsetlookup';
}

/** `base[key]` in PHP, read. */
export function elementRead(to: FileEmitter, node: ast.OffsetLookup): string {
  if (!node.offset) {
    to.find(node, 'person', '[] is used for reading', 'Name the key.');
    return 'undefined';
  }
  return read(
    to,
    node,
    expression(to, node.what),
    mayBeMissing(to, node.what) && node.what.kind !== 'variable',
  );
}

/** Reads that PHP makes without a warning: those of `??`, `isset` and `empty`. Missing is null or undefined. */
export function quietRead(to: FileEmitter, node: ast.Expression): string {
  switch (node.kind) {
    case 'offsetlookup':
      return node.offset
        ? read(to, node, quietRead(to, node.what), mayBeMissing(to, node.what))
        : expression(to, node);
    case 'propertylookup':
    case 'nullsafepropertylookup': {
      const name = memberName(node);
      const base = quietRead(to, node.what);
      if (name === null) return expression(to, node);
      const dot = mayBeMissing(to, node.what) ? '?' : '';
      const access = memberAccess(propertyName(to, node.what, name));
      return access.startsWith('.') ? `${base}${dot}${access}` : `${base}${dot ? '?.' : ''}${access}`;
    }
    default:
      return expression(to, node);
  }
}

function read(to: FileEmitter, node: ast.OffsetLookup, base: string, optional: boolean): string {
  if (!node.offset) return 'undefined';
  const type = to.on.typeOf(node.what);
  const key = literalKey(node.offset);
  const kind = kindOf(type);
  to.unsigned.add(node.offset);
  const key_ = (): string => expression(to, node.offset as ast.Expression);
  const q = optional ? '?.' : '';
  if (type.kinds & types.OBJECT && !type.array) return objectElement(to, type, base, key_(), optional);
  if (types.shows(type, types.STRING | types.BYTES) && !type.array)
    return `${to.php('at')}(${base}, ${key_()})`;
  switch (kind) {
    case 'list':
      return `${base}${q}[${key_()}]`;
    case 'record':
    case 'native':
      if (typeof key === 'string') {
        const access = memberAccess(key);
        return access.startsWith('.') ? `${base}${optional ? '?' : ''}${access}` : `${base}${q}${access}`;
      }
      return kind === 'native' && typeof key === 'number'
        ? `${base}${q}[${key}]`
        : `${to.php('at')}(${base}, ${key_()})`;
    case 'map':
    case 'php':
      return `${base}${optional ? '?' : ''}.get(${key_()})${kind === 'map' && !optional && isCalledOn(to, node) ? '!' : ''}`;
    default:
      return `${to.php('at')}(${base}, ${key_()})`;
  }
}

/** Marks an element of a Map that the program takes for there. */
function isCalledOn(to: FileEmitter, node: ast.OffsetLookup): boolean {
  return to.on.targets.size > 0 && node.kind === 'offsetlookup';
}

/** Objects of Swoole whose elements are properties here. */
export const isPlainObject = (type: Type): boolean => type.classes.includes('Swoole\\Coroutine\\Context');

function objectElement(to: FileEmitter, type: Type, base: string, key: string, optional: boolean): string {
  if (isPlainObject(type)) return `${base}${optional ? '?.' : ''}[${key}]`;
  const own = type.classes.some(
    (name) => to.on.symbols.class(name) || to.on.api.class(name)?.member('offsetGet'),
  );
  return own ? `${base}${optional ? '?' : ''}.offsetGet(${key})` : `${to.php('at')}(${base}, ${key})`;
}

/** Whether a place is there and not null. */
export function issetTest(to: FileEmitter, node: ast.Expression): string {
  if (node.kind === 'offsetlookup' && node.offset) {
    const type = to.on.typeOf(node.what);
    const kind = kindOf(type);
    const key = expression(to, node.offset);
    const base = quietRead(to, node.what);
    const q = mayBeMissing(to, node.what) ? '?' : '';
    if (isPlainObject(type)) return `(${key} in ${base})`;
    if (type.kinds & types.OBJECT && !type.array) {
      const has = type.classes.some(
        (name) => to.on.symbols.class(name) || to.on.api.class(name)?.member('offsetExists'),
      );
      return has ? `${base}.offsetExists(${key})` : `${to.php('isset')}(${base}, ${key})`;
    }
    if (kind === 'map' && !q) {
      return types.may(types.elementOf(type), types.NULL)
        ? `${base}.get(${key}) != null`
        : `${base}.has(${key})`;
    }
    if (
      kind === 'any' ||
      ((kind === 'record' || kind === 'native') && typeof literalKey(node.offset) !== 'string')
    ) {
      return `${to.php('isset')}(${base}, ${key})`;
    }
  }
  return `${quietRead(to, node)} != null`;
}

export function emptyTest(to: FileEmitter, node: ast.Expression): string {
  const type = to.on.typeOf(node);
  const read_ = quietRead(to, node);
  if (node.kind === 'variable' || node.kind === 'propertylookup') return `!(${condition(to, node)})`;
  if (types.only(type, types.BOOL | types.INT | types.OBJECT | types.NULL)) return `!${read_}`;
  return `!${to.php('toBool')}(${read_})`;
}
