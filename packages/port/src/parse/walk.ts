import type { Node } from './ast.js';

const NOT_CHILDREN = new Set([
  'loc',
  'leadingComments',
  'trailingComments',
  'comments',
  'errors',
  'attrGroups',
  'tokens',
]);

/** Whether the value is a node of the tree. */
export function isNode(value: unknown): value is Node {
  return (
    typeof value === 'object' && value !== null && typeof (value as { kind?: unknown }).kind === 'string'
  );
}

/** The nodes right below a node, in the order of the source. */
export function childrenOf(node: Node): Node[] {
  const found: Node[] = [];
  for (const [key, value] of Object.entries(node)) {
    if (NOT_CHILDREN.has(key)) continue;
    if (isNode(value)) found.push(value);
    else if (Array.isArray(value)) for (const item of value) if (isNode(item)) found.push(item);
  }
  return found;
}

/**
 * Visits a node and all below it, parents first.
 * @param visit gives false to leave out what is below the node
 */
export function walk(node: Node, visit: (node: Node) => boolean | undefined): void {
  if (visit(node) === false) return;
  for (const child of childrenOf(node)) walk(child, visit);
}

const OWN_SCOPE = new Set([
  'function',
  'closure',
  'arrowfunc',
  'method',
  'class',
  'interface',
  'trait',
  'enum',
]);

/** Visits a node and all below it that runs in the same function: not what is inside functions and classes in it. */
export function walkScope(node: Node, visit: (node: Node) => boolean | undefined): void {
  walk(node, (child) => {
    if (visit(child) === false) return false;
    return child === node || !OWN_SCOPE.has(child.kind);
  });
}
