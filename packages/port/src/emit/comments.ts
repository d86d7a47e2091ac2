import type * as ast from '../parse/ast.js';
import type { FileEmitter } from './file-emitter.js';

/** The comments in front of a node, each written once. */
export function leading(to: FileEmitter, node: ast.Node): string {
  const comments = 'leadingComments' in node ? (node.leadingComments ?? []) : [];
  return comments.map((comment) => written(to, comment)).join('');
}

function written(to: FileEmitter, comment: ast.Comment): string {
  if (to.writtenComments.has(comment.offset)) return '';
  to.writtenComments.add(comment.offset);
  const text = commentText(comment);
  const gap = blankBefore(to, comment.offset) ? '\n' : '';
  return `${gap}${text}\n`;
}

/** A comment as TypeScript has it. */
export function commentText(comment: ast.Comment): string {
  const value = comment.value.trim();
  if (value.startsWith('#')) return `//${value.slice(1)}`;
  if (comment.kind === 'commentline' || value.startsWith('//')) return value.replace(/\?>\s*$/, '').trimEnd();
  return value.startsWith('/**') ? docText(value) : value;
}

/** A doc comment without the types, which the code itself tells. */
function docText(value: string): string {
  const lines = value
    .split('\n')
    .map((line) => line.trim())
    .map((line) => line.replace(/^(\/?\*+\s*)?@param\s+(?:[^\s$]+\s+)?(?:\.\.\.|&)?\$(\w+)/, '$1@param $2'))
    .map((line) =>
      line.replace(/^(\/?\*+\s*)?@returns?\s+(?:static|self|\$this|[^\s*]+)(?=\s|$)/, '$1@returns'),
    )
    .map((line) => line.replace(/^(\/?\*+\s*)?@throws\s+\\?(\S+)/, '$1@throws $2'))
    .filter((line) => !/^\*?\s*@(?:var|package|author|property|method)\b(?!.*\*\/$)/.test(line))
    .filter((line) => !/^\*\s*@(?:param \w+|returns)\s*$/.test(line));
  if (lines.length === 1) {
    const [only = ''] = lines;
    return /@(?:var|param|returns?)\b/.test(only) ? '' : only;
  }
  const inner = lines.slice(1, -1).filter((line) => line !== '*');
  if (inner.length === 0 && /^\/\*\*$/.test(lines[0] ?? '')) return '';
  return lines.map((line, i) => (i === 0 ? line : ` ${line}`)).join('\n');
}

/** Whether a blank line stands in front of a place in the source. */
export function blankBefore(to: FileEmitter, offset: number): boolean {
  const before = to.file.parsed.text.slice(Math.max(0, offset - 400), offset);
  return /\n[ \t]*\n[ \t]*$/.test(before);
}

/** The comments behind a node on its last line, and those at the end of a block. */
export function trailing(to: FileEmitter, node: ast.Node): string {
  const comments = 'trailingComments' in node ? (node.trailingComments ?? []) : [];
  return comments.map((comment) => written(to, comment)).join('');
}

/** A comment that stands on the same line behind the statement. */
export function sameLine(to: FileEmitter, node: ast.Node, next: ast.Node | undefined): string {
  const comments = next && 'leadingComments' in next ? (next.leadingComments ?? []) : [];
  const own = 'trailingComments' in node ? (node.trailingComments ?? []) : [];
  const candidate = [...own, ...comments][0];
  if (!candidate || to.writtenComments.has(candidate.offset)) return '';
  const between = to.file.parsed.text.slice(node.loc.end.offset, candidate.offset);
  if (between.includes('\n') || candidate.offset < node.loc.end.offset) return '';
  to.writtenComments.add(candidate.offset);
  return ` ${commentText(candidate)}`;
}
