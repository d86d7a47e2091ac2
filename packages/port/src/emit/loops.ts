import type * as ast from '../parse/ast.js';
import { assignment, increment } from './assignments.js';
import { condition, expression } from './expressions.js';
import type { FileEmitter } from './file-emitter.js';
import { labelled, loopBody } from './loop-body.js';

export function whileLoop(to: FileEmitter, node: ast.While): string {
  const outer = to.prelude;
  to.prelude = [];
  const test = condition(to, node.test);
  const needs = to.prelude;
  to.prelude = outer;
  const first = needs.length > 0 ? `${needs.join('\n')}\nif (!(${test})) break;\n` : '';
  const { text, label } = loopBody(to, node.body, first);
  return labelled(label, `while (${first === '' ? test : 'true'}) ${text}`);
}

export function doLoop(to: FileEmitter, node: ast.Do): string {
  const { text, label } = loopBody(to, node.body);
  const test = condition(to, node.test);
  return labelled(label, `do ${text} while (${test});`);
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
  const { text, label } = loopBody(to, node.body);
  return labelled(
    label,
    `for (${heads && heads.size > 0 ? 'let ' : ''}${init}; ${test}; ${increments}) ${text}`,
  );
}
