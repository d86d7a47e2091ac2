import type * as ast from '../parse/ast.js';

/** A key that is written out, as PHP normalises it; null for a computed one. */
export function literalKey(node: ast.Expression): string | number | null {
  if (node.kind === 'string')
    return /^(?:0|-?[1-9]\d{0,14})$/.test(node.value) ? Number(node.value) : node.value;
  if (node.kind === 'number') return Math.trunc(Number(node.value));
  if (node.kind === 'unary' && node.type === '-' && node.what.kind === 'number')
    return -Math.trunc(Number(node.what.value));
  if (node.kind === 'boolean') return node.value ? 1 : 0;
  if (node.kind === 'identifier') return node.name;
  return null;
}
