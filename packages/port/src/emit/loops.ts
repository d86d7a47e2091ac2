import * as types from '../analyse/type.js';
import { contains } from '../analyse/variables.js';
import type * as ast from '../parse/ast.js';
import { kindOf } from './arrays.js';
import { assignment, increment } from './assignments.js';
import { trailing } from './comments.js';
import type { Declared } from './declarations.js';
import { pattern } from './destructuring.js';
import { condition, expression } from './expressions.js';
import type { FileEmitter } from './file-emitter.js';
import { block } from './statements.js';
import { variableName } from './variables.js';

/** The body of a loop in braces. */
function loopBody(to: FileEmitter, node: ast.Block | null, first = ''): string {
  to.breakable.push({ kind: 'loop', label: null });
  const children = node ? (node.kind === 'block' ? node.children : [node as ast.Statement]) : [];
  const text = `{\n${first}${block(to, children)}${node ? trailing(to, node) : ''}}`;
  const own = to.breakable.pop();
  own_label = own?.label ?? null;
  return text;
}

let own_label: string | null = null;

const labelled = (text: string): string => (own_label ? `${own_label}: ${text}` : text);

export function whileLoop(to: FileEmitter, node: ast.While): string {
  const outer = to.prelude;
  to.prelude = [];
  const test = condition(to, node.test);
  const needs = to.prelude;
  to.prelude = outer;
  if (needs.length > 0)
    return labelled2(
      to,
      (body) => `while (true) ${body}`,
      node.body,
      `${needs.join('\n')}\nif (!(${test})) break;\n`,
    );
  const text = loopBody(to, node.body);
  return labelled(`while (${test}) ${text}`);
}

function labelled2(
  to: FileEmitter,
  write: (body: string) => string,
  body: ast.Block | null,
  first: string,
): string {
  const text = loopBody(to, body, first);
  return labelled(write(text));
}

export function doLoop(to: FileEmitter, node: ast.Do): string {
  const text = loopBody(to, node.body);
  const label = own_label;
  const test = condition(to, node.test);
  return `${label ? `${label}: ` : ''}do ${text} while (${test});`;
}

export function forLoop(to: FileEmitter, node: ast.For): string {
  const heads = to.plans.get(to.fn)?.heads.get(node);
  const step = (item: ast.Expression): string => {
    if (item.kind === 'assign') return assignment(to, item, true);
    if (item.kind === 'pre' || item.kind === 'post') return increment(to, item, true);
    return expression(to, item);
  };
  const init = node.init.map(step).join(', ');
  const test = node.test
    .map((item, i) => (i === node.test.length - 1 ? condition(to, item) : expression(to, item)))
    .join(', ');
  const increments = node.increment.map(step).join(', ');
  const text = loopBody(to, node.body);
  return labelled(`for (${heads && heads.size > 0 ? 'let ' : ''}${init}; ${test}; ${increments}) ${text}`);
}

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
  const text = loopBody(to, node.body);
  return labelled(`for${waits} (${head}) ${text}`);
}

/** Whether it is a generator that is gone over, and whether it yields pairs. */
function generatorKind(type: types.Type): 'keyed' | 'plain' | null {
  if (!type.classes.includes('Generator') || type.functions.length === 0) return null;
  return type.functions.some((each) => each.yieldsKeys) ? 'keyed' : 'plain';
}

const orEmpty = (_type: types.Type, source: string): string => source;

const elementType = (type: types.Type): types.Type => types.elementOf(type);

function isAsyncGenerator(to: FileEmitter, node: ast.Expression): boolean {
  const target = node.kind === 'call' ? to.on.targets.get(node) : null;
  return target?.kind === 'user' && target.functions.some((each) => each.isGenerator && each.waits);
}

const PAIRS = new Set(['Swoole\\Table', 'Swoole\\Coroutine\\Context']);
const SINGLE = new Set([
  'Swoole\\Connection\\Iterator',
  'Swoole\\Timer\\Iterator',
  'Swoole\\Coroutine\\Iterator',
]);

/** Whether an object of Swoole can be gone over by JavaScript itself. */
const isIterable = (type: types.Type): boolean =>
  !type.array && type.classes.length > 0 && type.classes.every((name) => PAIRS.has(name) || SINGLE.has(name));

function iterableValues(to: FileEmitter, type: types.Type, source: string): string {
  return type.classes.some((name) => PAIRS.has(name)) ? `${to.php('values')}(${source})` : source;
}

function iterablePairs(to: FileEmitter, type: types.Type, source: string): string {
  if (type.classes.includes('Swoole\\Connection\\Iterator'))
    return `[...${source}].map((fd, i) => [i + 1, fd] as const)`;
  return type.classes.some((name) => PAIRS.has(name)) ? source : `${to.php('entries')}(${source})`;
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
  const text = loopBody(to, node.body, `${lines.join('\n')}\n`);
  return labelled(`for (const ${node.key ? `[${key}, ${value}]` : value} of ${over}) ${text}`);
}

/** `foreach ($list as &$item)`: the variable stands for the element itself. */
function foreachByReference(to: FileEmitter, node: ast.Foreach, value: ast.ByRef): string {
  const type = to.on.typeOf(node.source);
  const kind = kindOf(type);
  const source = expression(to, node.source);
  const { what } = value;
  if (what.kind !== 'variable' || typeof what.name !== 'string') {
    to.find(
      node,
      'person',
      'a foreach by reference over something that is no variable',
      'Write a loop over the keys.',
    );
    return '';
  }
  const variable = to.on.variables.find(to.fn, what.name);
  const key =
    node.key?.kind === 'variable' && typeof node.key.name === 'string'
      ? variableName(to, node.key.name)
      : to.temporary(kind === 'list' ? 'i' : 'key');
  const before = to.aliases.get(variable);
  const alias = kind === 'list' ? `${source}[${key}]` : kind === 'record' ? `${source}[${key}]` : null;
  if (alias !== null) {
    to.aliases.set(variable, `${alias}${'!'}`.replace(/!$/, ''));
    const keys = kind === 'list' ? `${source}.keys()` : `Object.keys(${source})`;
    const text = loopBody(to, node.body);
    const label = own_label;
    restore(to, variable, before);
    return `${label ? `${label}: ` : ''}for (const ${key} of ${keys}) ${text}`;
  }
  // The element is read before the body and written back after it.
  const name = variableName(to, what.name);
  to.breakable.push({ kind: 'loop', label: null });
  const inner = block(to, node.body?.children ?? []);
  const own = to.breakable.pop();
  const entry =
    kind === 'map' || kind === 'php'
      ? `${source}.set(${key}, ${name});`
      : `${to.php('put')}(${source}, ${key}, ${name});`;
  const over = kind === 'map' ? `[...${source}]` : `${to.php('entries')}(${source})`;
  const heads = to.plans.get(to.fn)?.heads.get(node);
  const declared = heads?.has(variable) ? 'let ' : '';
  const each = to.temporary('each');
  return `${own?.label ? `${own.label}: ` : ''}for (const [${key}, ${each}] of ${over}) {\n${declared}${name}: any = ${each};\ntry {\n${inner}} finally {\n${entry}\n}\n}`.replace(
    `${declared}${name}: any =`,
    declared ? `let ${name}: any =` : `${name} =`,
  );
}

function restore(
  to: FileEmitter,
  variable: Parameters<typeof to.aliases.set>[0],
  before: string | undefined,
): void {
  if (before === undefined) to.aliases.delete(variable);
  else to.aliases.set(variable, before);
}

/** `break` and `continue`, with labels for those that leave more than one loop. */
export function jump(to: FileEmitter, node: ast.Break | ast.Continue): string {
  const { level } = node;
  const count = level === null ? 1 : typeof level === 'number' ? level : Number(level.value);
  const { breakable } = to;
  const target = breakable[breakable.length - count];
  const innermost = breakable[breakable.length - 1];
  if (!target) return '';
  if (node.kind === 'break') {
    if (count === 1) return 'break;';
    return `break ${labelOf(to, target)};`;
  }
  // continue in a switch is break; what it leads out of is the loop around it.
  if (count === 1 && innermost?.kind === 'switch') return 'break;';
  if (target.kind === 'switch') return `break ${labelOf(to, target)};`;
  const between = breakable.slice(breakable.length - count + 1);
  return between.some((one) => one.kind === 'loop') ? `continue ${labelOf(to, target)};` : 'continue;';
}

function labelOf(to: FileEmitter, target: { kind: string; label: string | null }): string {
  target.label ??= to.temporary(target.kind === 'loop' ? 'loop' : 'choice');
  return target.label;
}
