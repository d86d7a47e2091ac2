import type * as ast from '../parse/ast.js';
import { memberName } from './infer-statements.js';

/** What turns the hooks on that make sleep() give way to others, or can: coroutines by run(), servers, pools, and the runtime's own switches. */
const HOOKS = /(?:Server|Scheduler|Pool|Runtime)$|(?:^|\\)run$/i;

/** Functions that hold everything up where no hook makes them wait for themselves alone. */
export const SLEEPS: ReadonlySet<string> = new Set(['sleep', 'usleep']);

/** Whether a program with this may make sleep() give way. */
export function mayHookSleep(node: ast.Node): boolean {
  if (node.kind === 'string') return node.value === 'hook_flags';
  return (node.kind === 'name' || node.kind === 'useitem') && HOOKS.test(node.name);
}

/** The functions that a node makes the callbacks of a timer. A timer is where it shows that the thread is held up: its ticks are late. */
export function timerCallbacks(node: ast.Node): ast.Node[] {
  if (node.kind !== 'call') return [];
  const { what } = node;
  const isTimer =
    what.kind === 'name'
      ? /^\\?swoole_timer_(?:tick|after)$/i.test(what.name)
      : what.kind === 'staticlookup' &&
        what.what.kind === 'name' &&
        /Timer$/i.test(what.what.name) &&
        /^(?:tick|after)$/i.test(memberName(what) ?? '');
  return isTimer ? node.arguments.filter(({ kind }) => kind === 'closure' || kind === 'arrowfunc') : [];
}
