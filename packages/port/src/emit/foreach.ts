import * as types from '../analyse/type.js';
import { contains } from '../analyse/variables.js';
import type * as ast from '../parse/ast.js';
import { kindOf } from './arrays.js';
import type { Declared } from './declarations.js';
import { pattern } from './destructuring.js';
import { expression } from './expressions.js';
import type { FileEmitter } from './file-emitter.js';
import { foreachByReference } from './foreach-by-reference.js';
import { generatorKind, isIterable, iterablePairs, iterableValues, orEmpty } from './foreach-sources.js';
import { labelled, loopBody } from './loop-body.js';
import { variableName } from './variables.js';

/** Whether the body of a loop changes what it goes over. */
function changesSource(to: FileEmitter, node: ast.Foreach): boolean {
  if (!node.body) return false;
  const { source } = node;
  if (source.kind === 'variable' && typeof source.name === 'string') {
    const variable = to.on.variables.find(to.fn, source.name);
    const { start, end } = node.body.loc;
    return variable.changes.some((offset) => offset >= start.offset && offset <= end.offset);
  }
  if (source.kind === 'propertylookup' || source.kind === 'staticlookup') {
    const property = expression(to, source);
    return contains(node.body, (child) => {
      if (child.kind === 'call' && to.on.targets.get(child)?.kind === 'user') return true;
      if (child.kind === 'unset')
        return child.variables.some((item) => expression(to, item).startsWith(property));
      return (
        child.kind === 'assign' &&
        child.left.kind === 'offsetlookup' &&
        expression(to, child.left.what).startsWith(property)
      );
    });
  }
  return false;
}

export function foreachLoop(to: FileEmitter, node: ast.Foreach): string {
  if (node.value.kind === 'byref') return foreachByReference(to, node, node.value);
  const type = to.on.typeOf(node.source);
  const kind = kindOf(type);
  const snapshot = changesSource(to, node);
  const heads: Declared = to.plans.get(to.fn)?.heads.get(node) ?? new Map();
  const source = expression(to, node.source);
  const names = [...heads.keys()];
  const keyword =
    names.length === 0 ? '' : [...heads.values()].some(({ constant }) => !constant) ? 'let ' : 'const ';
  const waits = isAsyncGenerator(to, node.source) ? ' await' : '';
  const keyInHead = !node.key || isInHead(to, node.key, heads);
  const valueInHead = isInHead(to, node.value, heads);
  const inner = elementType(type);
  if (!keyInHead || !valueInHead || names.some(({ boxed }) => boxed))
    return assigningLoop(to, node, source, kind, type, snapshot, heads);
  const value = targetText(to, node.value, inner);
  const unused = value;
  let head: string;
  const generator = generatorKind(type);
  if (generator && (generator === 'keyed' || !node.key)) {
    const parts = node.key
      ? `[${targetText(to, node.key, types.ANYTHING)}, ${value}]`
      : generator === 'keyed'
        ? `[, ${value}]`
        : value;
    head = `${keyword}${parts} of ${source}`;
  } else if (!node.key) {
    const over =
      kind === 'list'
        ? snapshot
          ? `[...${source}]`
          : source
        : kind === 'map'
          ? snapshot
            ? `[...${source}.values()]`
            : `${source}.values()`
          : kind === 'php'
            ? source
            : kind === 'record'
              ? `Object.values(${source})`
              : isIterable(type)
                ? iterableValues(to, type, source)
                : `${to.php('values')}(${orEmpty(type, source)})`;
    head = `${keyword}${unused} of ${over}`;
  } else {
    const key = targetText(to, node.key, types.ANYTHING);
    const over =
      kind === 'list'
        ? snapshot
          ? `[...${source}.entries()]`
          : `${source}.entries()`
        : kind === 'map'
          ? snapshot
            ? `[...${source}]`
            : source
          : kind === 'php'
            ? `${source}.entries()`
            : kind === 'record'
              ? `Object.entries(${source})`
              : isIterable(type)
                ? iterablePairs(to, type, source)
                : `${to.php('entries')}(${orEmpty(type, source)})`;
    head = `${keyword}[${key}, ${value}] of ${over}`;
  }
  const { text, label } = loopBody(to, node.body);
  return labelled(label, `for${waits} (${head}) ${text}`);
}

const elementType = (type: types.Type): types.Type => types.elementOf(type);

function isAsyncGenerator(to: FileEmitter, node: ast.Expression): boolean {
  const target = node.kind === 'call' ? to.on.targets.get(node) : null;
  return target?.kind === 'user' && target.functions.some((each) => each.isGenerator && each.waits);
}

/** Whether the loop declares all variables of a key or value. */
function isInHead(to: FileEmitter, node: ast.Expression, heads: Declared): boolean {
  if (node.kind === 'variable') {
    return typeof node.name === 'string' && heads.has(to.on.variables.find(to.fn, node.name));
  }
  if (node.kind !== 'list' && node.kind !== 'array') return false;
  return node.items.every((item) => item?.kind !== 'entry' || isInHead(to, item.value, heads));
}

function targetText(to: FileEmitter, node: ast.Expression, type: types.Type): string {
  if (node.kind === 'list' || node.kind === 'array') return pattern(to, node, type, null);
  return node.kind === 'variable' && typeof node.name === 'string'
    ? variableName(to, node.name)
    : expression(to, node);
}

/** A loop whose variables are used after it too: they get their values in the body. */
function assigningLoop(
  to: FileEmitter,
  node: ast.Foreach,
  source: string,
  kind: string,
  type: types.Type,
  snapshot: boolean,
  heads: Declared,
): string {
  const key = to.temporary('eachKey');
  const value = to.temporary('each');
  const lines: string[] = [];
  const put = (target: ast.Expression, from: string): void => {
    if (target.kind === 'list' || target.kind === 'array') {
      const text = pattern(to, target, elementType(type), null);
      lines.push(isInHead(to, target, heads) ? `const ${text} = ${from};` : `(${text} = ${from});`);
    } else if (target.kind === 'variable' && typeof target.name === 'string') {
      const variable = to.on.variables.find(to.fn, target.name);
      const name = variableName(to, target.name);
      if (heads.has(variable))
        lines.push(
          variable.boxed ? `const ${name} = ${to.php('ref')}<any>(${from});` : `let ${name} = ${from};`,
        );
      else lines.push(`${expression(to, target)} = ${from};`);
    } else lines.push(`${expression(to, target)} = ${from};`);
  };
  if (node.key) put(node.key, key);
  put(node.value, value);
  const over = node.key
    ? kind === 'list'
      ? `${source}.entries()`
      : kind === 'map'
        ? snapshot
          ? `[...${source}]`
          : source
        : kind === 'record'
          ? `Object.entries(${source})`
          : `${to.php('entries')}(${source})`
    : kind === 'list'
      ? snapshot
        ? `[...${source}]`
        : source
      : kind === 'map'
        ? `${source}.values()`
        : kind === 'record'
          ? `Object.values(${source})`
          : `${to.php('values')}(${source})`;
  const { text, label } = loopBody(to, node.body, `${lines.join('\n')}\n`);
  return labelled(label, `for (const ${node.key ? `[${key}, ${value}]` : value} of ${over}) ${text}`);
}
