import type { VariableInfo } from '../analyse/program-model.js';
import * as types from '../analyse/type.js';
import type * as ast from '../parse/ast.js';
import { kindOf } from './arrays.js';
import { assignment, valueFor } from './assignments.js';
import { patternSource } from './destructuring.js';
import type { FileEmitter } from './file-emitter.js';
import { safeName } from './names.js';
import { typeText } from './type-text.js';

/** An assignment as a statement: the first one declares its variable. */
export function assignStatement(to: FileEmitter, node: ast.ExpressionStatement, inner: ast.Assign): string {
  const plan = to.plans.get(to.fn);
  const declares = plan?.at.get(node);
  const { left, right } = inner;
  if (left.kind === 'list' || left.kind === 'array') {
    const parts = patternSource(to, left, right);
    if (declares && declares.size > 0) {
      const changing = [...declares.values()].some(({ constant }) => !constant);
      return `${changing ? 'let' : 'const'} ${parts.pattern} = ${parts.value};`;
    }
    return parts.pattern.startsWith('{')
      ? `(${parts.pattern} = ${parts.value});`
      : `${parts.pattern} = ${parts.value};`;
  }
  if (!declares || declares.size === 0 || left.kind !== 'variable') {
    if (right.kind === 'assign' && inner.operator === '=' && left.kind === 'variable')
      return `${assignment(to, inner, true)};`;
    return `${assignment(to, inner, true)};`;
  }
  const [[variable, how] = []] = declares;
  if (!variable || !how) return '';
  const name = safeName(variable.jsName);
  const value = valueFor(to, left, right);
  if (variable.boxed) return `const ${name} = ${to.php('ref')}${refType(to, variable)}(${value});`;
  const keyword = how.constant ? 'const' : 'let';
  return `${variable.isShared && to.isTop(node) ? 'export ' : ''}${keyword} ${name}${annotation(to, variable, right, keyword)} = ${value};`;
}

function refType(to: FileEmitter, variable: VariableInfo): string {
  const text = typeText(to, variable.type);
  return `<${text}>`;
}

/** The type of a variable, where its first value does not tell it. */
function annotation(to: FileEmitter, variable: VariableInfo, right: ast.Expression, keyword: string): string {
  const type = variable.usedAsText
    ? types.join(types.without(variable.type, types.BYTES), types.kind(types.STRING))
    : variable.type;
  const first = to.on.typeOf(right);
  if (type.array && types.shows(first, types.ARRAY)) {
    if (right.kind === 'array') {
      const kind = kindOf(type);
      if (right.items.length === 0)
        return kind === 'any' && type.array.kind === 'any' ? ': any' : `: ${typeText(to, type)}`;
      if (kind === 'record' && type.array.did(16384 | 4)) return `: ${typeText(to, type)}`;
      if (kind === 'native' || kind === 'any')
        return variable.changes.length > 0 || keyword === 'let' ? ': any' : '';
      if (kind === 'list' && keyword === 'const' && variable.changes.length > 0)
        return `: ${typeText(to, type)}`;
    }
    if (keyword === 'const') return '';
  }
  if (keyword === 'const') return '';
  if (type.kinds & types.MIXED) return isMoreThan(type, first) ? ': any' : '';
  if (!isMoreThan(type, first)) return '';
  return `: ${typeText(to, type)}`;
}

const WIDE = [
  types.NUMBER | types.BIGINT,
  types.STRING,
  types.BOOL,
  types.BYTES,
  types.NULL,
  types.ARRAY,
  types.OBJECT,
  types.FN,
  types.MIXED,
];

/** Whether a variable holds more than its first value shows. */
function isMoreThan(type: types.Type, first: types.Type): boolean {
  if (WIDE.some((kinds) => type.kinds & kinds && !(first.kinds & kinds))) return true;
  return type.classes.some((name) => !first.classes.includes(name));
}
