import { table } from '../table.js';
import type { Global, Node, Program, Variable } from './ast.js';
import { childrenOf, walk } from './walk.js';

/** What the tool calls them, as PHP's superglobals are called. */
const COMMAND_LINE = table({ argv: '_ARGV', argc: '_ARGC' });

/** Makes `$argv` and `$argc` of a file's own text, and where they are global, superglobals: they are the same in every file. */
export function readCommandLine(program: Program): void {
  visit(program, true);
}

function visit(node: Node, global: boolean): void {
  let here = global;
  if (node.kind === 'function' || node.kind === 'method') here = declaresGlobal(node);
  else if (node.kind === 'closure') {
    here = (global && node.uses.some(isMeant)) || declaresGlobal(node);
    if (here) node.uses = node.uses.filter((use) => !isMeant(use));
  } else if (node.kind === 'global') node.items = node.items.filter((item) => !isMeant(item));
  for (const child of childrenOf(node)) visit(child, here);
  if (here && node.kind === 'variable' && isMeant(node)) node.name = COMMAND_LINE[String(node.name)] ?? '';
}

const isMeant = ({ name }: Pick<Variable, 'name'>): boolean =>
  typeof name === 'string' && name in COMMAND_LINE;

function declaresGlobal(node: Node): boolean {
  let found = false;
  walk(node, (child) => {
    if (child.kind === 'global') found ||= (child as Global).items.some(isMeant);
    return child === node || !/^(?:function|method|closure|class)$/.test(child.kind);
  });
  return found;
}
