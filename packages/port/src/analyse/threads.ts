import type * as ast from '../parse/ast.js';
import { contains } from './variables.js';

/** Whether a file makes workers or processes that are threads here. */
export function usesThreads(program: ast.Program): boolean {
  return contains(program, (node) => {
    if (node.kind === 'entry' && node.key?.kind === 'string') {
      if (node.key.value === 'worker_num')
        return !(node.value.kind === 'number' && Number(node.value.value) === 1);
      return (
        node.key.value === 'task_worker_num' &&
        !(node.value.kind === 'number' && Number(node.value.value) === 0)
      );
    }
    return (
      node.kind === 'new' &&
      node.what.kind === 'name' &&
      /(?:^|\\)(?:swoole_)?(?:Process|Pool)$/i.test(node.what.name)
    );
  });
}
