import type { Argument, Call, Expression, Statement } from './ast.js';

const DECLARATIONS: ReadonlySet<string> = new Set(['function', 'class', 'interface', 'trait']);

/**
 * A statement of a file that declares something unless it is there, without the question: `if (!function_exists('f')) { function f() … }`,
 * `if (!defined('C')) { define('C', 1); … }`, `defined('C') or define('C', 1);`. In one program nobody else does.
 */
export function withoutAsking(node: Statement): Statement | Statement[] {
  if (node.kind === 'expressionstatement') {
    const { expression: either } = node;
    if (either.kind !== 'bin' || !/^(?:or|\|\|)$/.test(either.type)) return node;
    const asked = constantOf(either.left, 'defined');
    if (asked !== null && constantOf(either.right, 'define') === asked) node.expression = either.right;
    return node;
  }
  if (node.kind !== 'if' || node.alternate) return node;
  const { test } = node;
  if (test.kind !== 'unary' || test.type !== '!') return node;
  const body = node.body?.kind === 'block' ? node.body.children : node.body ? [node.body] : [];
  const [first] = body;
  if (!first || !(declaresOnly(test.what, body) || defines(test.what, body))) return node;
  first.leadingComments = [...(node.leadingComments ?? []), ...(first.leadingComments ?? [])];
  return body;
}

const declaresOnly = (asked: Expression, body: readonly Statement[]): boolean =>
  nameOf(asked, /^\\?(?:function|class|interface|trait)_exists$/i) !== null &&
  body.every(({ kind }) => DECLARATIONS.has(kind));

function defines(asked: Expression, body: readonly Statement[]): boolean {
  const name = constantOf(asked, 'defined');
  return (
    name !== null &&
    body.some((each) => each.kind === 'expressionstatement' && constantOf(each.expression, 'define') === name)
  );
}

/** The name of the constant that a call of `define()` or `defined()` is about. */
const constantOf = (node: Expression, called: string): string | null =>
  textOf(nameOf(node, new RegExp(`^\\\\?${called}$`, 'i'))?.arguments[0]);

function nameOf(node: Expression, pattern: RegExp): Call | null {
  return node.kind === 'call' && node.what.kind === 'name' && pattern.test(node.what.name) ? node : null;
}

const textOf = (node: Argument | undefined): string | null => (node?.kind === 'string' ? node.value : null);
