import type { FunctionInfo } from '../analyse/program-model.js';
import type * as ast from '../parse/ast.js';
import { childrenOf } from '../parse/walk.js';
import { expression } from './expressions.js';
import type { FileEmitter } from './file-emitter.js';

/** Calls that every thread has to make, for they settle what the server is made of. */
const SETTLES =
  /^Swoole\\(?:\w+\\)*(?:Server(?:\\Port)?::(?:set|on|listen|addlistener|addProcess|addCommand|handle|setHandler)|Table::(?:column|create))$/i;

/**
 * What a statement prints is printed by the first thread alone, but a call within it that settles what the server is made of is one for
 * all threads: it is put before the statement, and what it gave stands in its place.
 */
export function settleBefore(to: FileEmitter, node: ast.Node): void {
  if (!to.inModule || !to.on.hasThreads) return;
  for (const child of childrenOf(node)) {
    if (child.kind === 'closure' || child.kind === 'arrowfunc') continue;
    if (child.kind !== 'call' || !settles(to, child)) {
      settleBefore(to, child);
      continue;
    }
    const name = to.temporary('settled');
    to.prelude.push(`const ${name} = ${expression(to, child)};`);
    to.standIns.set(child, name);
  }
}

function settles(to: FileEmitter, node: ast.Call, seen = new Set<FunctionInfo>()): boolean {
  const target = to.on.targets.get(node);
  if (target?.kind === 'api') return SETTLES.test(target.name);
  if (target?.kind !== 'user') return false;
  return target.functions.some((info) => {
    if (!info.node?.body || seen.has(info)) return false;
    seen.add(info);
    return callsIn(info.node.body).some((call) => settles(to, call, seen));
  });
}

function callsIn(node: ast.Node): ast.Call[] {
  const inner = childrenOf(node).flatMap(callsIn);
  return node.kind === 'call' ? [node, ...inner] : inner;
}
