import type * as ast from '../parse/ast.js';

/** The text of the doc comment before a node. */
export function commentOf(node: ast.Node): string | null {
  const comments = 'leadingComments' in node ? (node.leadingComments ?? []) : [];
  const last = comments[comments.length - 1];
  return last?.kind === 'commentblock' && last.value.startsWith('/**') ? last.value : null;
}

/** What a tag of a doc comment says: `@param int $x` for `param` and `x`. */
export function docTag(comment: string, tag: string, name?: string): string | null {
  const pattern = name
    ? new RegExp(`@${tag}\\s+([^\\s$]+(?:<[^>]*>)?)\\s+(?:\\.\\.\\.|&)?\\$${name}\\b`)
    : new RegExp(`@${tag}\\s+([^\\s<*]+(?:<[^>]*>)?(?:\\|[^\\s<*]+)*)`);
  return pattern.exec(comment)?.[1] ?? null;
}
