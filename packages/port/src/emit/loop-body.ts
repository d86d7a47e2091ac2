import type * as ast from '../parse/ast.js';
import { trailing } from './comments.js';
import type { FileEmitter } from './file-emitter.js';
import { block } from './statements.js';

/** The body of a loop in braces, and the label that something in it leaves the loop by. */
export function loopBody(
  to: FileEmitter,
  node: ast.Block | null,
  first = '',
): { text: string; label: string | null } {
  to.breakable.push({ kind: 'loop', label: null });
  const children = node ? (node.kind === 'block' ? node.children : [node as ast.Statement]) : [];
  const text = `{\n${first}${block(to, children)}${node ? trailing(to, node) : ''}}`;
  return { text, label: to.breakable.pop()?.label ?? null };
}

export const labelled = (label: string | null, text: string): string => (label ? `${label}: ${text}` : text);

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
