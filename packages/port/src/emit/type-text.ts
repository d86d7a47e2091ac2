import type { ArrayShape } from '../analyse/array-shape.js';
import type { Type } from '../analyse/type.js';
import * as types from '../analyse/type.js';
import type { FileEmitter } from './file-emitter.js';
import { literalKeyText, safeName } from './names.js';

const MOST_PARTS = 5;
const MOST_FIELDS = 8;

/** A type as TypeScript writes it; `any` where nothing is known. */
export function typeText(to: FileEmitter, type: Type, depth = 0): string {
  const { kinds } = type;
  if (kinds === 0 || kinds & types.MIXED || depth > 4) return 'any';
  const parts: string[] = [];
  if (kinds & types.NUMBER) parts.push('number');
  if (kinds & types.BIGINT) parts.push('bigint');
  if (kinds & types.STRING) parts.push('string');
  if (kinds & types.BYTES) parts.push('Buffer');
  if ((kinds & types.BOOL) === types.BOOL) parts.push('boolean');
  else if (kinds & types.BOOL) parts.push(kinds & types.TRUE ? 'true' : 'false');
  if (kinds & types.ARRAY) parts.push(type.array ? arrayText(to, type.array, depth) : 'any');
  if (kinds & types.FN)
    parts.push(
      parts.length > 0 || kinds & (types.NULL | types.OBJECT)
        ? '((...args: any[]) => any)'
        : '(...args: any[]) => any',
    );
  if (kinds & types.OBJECT) {
    if (type.classes.length === 0) parts.push('any');
    else parts.push(...type.classes.map((name) => classType(to, name)));
  }
  if (kinds & types.NULL) parts.push('null');
  if (parts.includes('any') || parts.length > MOST_PARTS) return 'any';
  return [...new Set(parts)].join(' | ');
}

/** The name of a class where a type is expected. */
export function classType(to: FileEmitter, name: string): string {
  const own = to.on.symbols.class(name);
  if (own) {
    if (!own.jsName) return 'any';
    if (own.node.kind === 'trait')
      return to.owner?.jsName && to.owner.node.kind === 'class' ? safeName(to.owner.jsName) : 'any';
    return to.fromProgram(own.file, safeName(own.jsName));
  }
  if (name.startsWith('php:')) return to.on.api.hasPhp(name.slice(4)) ? to.php(name.slice(4)) : 'any';
  const api = to.on.api.class(name);
  if (api) return apiType(to, api.path);
  const simple = name.replace(/^\\/, '');
  if (simple === 'Throwable') return to.php('Throwable');
  if (simple === 'Generator') return 'Iterable<any>';
  return to.on.api.phpClass(simple) ? to.php(simple) : 'any';
}

export function arrayText(to: FileEmitter, array: ArrayShape, depth = 0): string {
  const element = (): string => typeText(to, array.element, depth + 1);
  switch (array.kind) {
    case 'list': {
      const text = element();
      return /[ |&]/.test(text) && text !== 'any' ? `(${text})[]` : `${text}[]`;
    }
    case 'map':
      return `Map<${array.did(2 | 32768) ? 'number' : 'string'}, ${element()}>`;
    case 'php':
      return `${to.php('PhpArray')}<${element()}>`;
    case 'record': {
      const { fields } = array;
      if (fields.size === 0 || fields.size > MOST_FIELDS || array.did(16384 | 4 | 65536 | 2048))
        return `Record<string, ${element()}>`;
      const all = [...fields].map(
        ([key, type]) => `${literalKeyText(key)}: ${typeText(to, type, depth + 1)}`,
      );
      return `{ ${all.join('; ')} }`;
    }
    default:
      return 'any';
  }
}

/** A class of swoole-ts as a type; the classes within the servers of `swoole-ts/legacy` are values only. */
export function apiType(to: FileEmitter, path: string): string {
  const text = `${to.imports.swoole()}.${path}`;
  return to.library === 'swoole-ts/legacy' && path.startsWith('Server.')
    ? `InstanceType<typeof ${text}>`
    : text;
}
