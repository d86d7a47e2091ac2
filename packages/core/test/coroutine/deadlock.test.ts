import { expect, it } from 'vitest';
import { run } from '../server/program.js';

it('is told at the end, as Swoole tells it, and run() comes back', async () => {
  const { code, stdout, stderr } = await run('deadlock').ended;
  expect(stderr).toBe('');
  expect(stdout).toBe(`
 =================================================================
  [FATAL ERROR]: all coroutines (count: 2) are asleep - deadlock!
 =================================================================

  [Coroutine-3]
 -----------------------------------------------------------------
#0 Swoole\\Coroutine\\Channel->pop()

  [Coroutine-2]
 -----------------------------------------------------------------
#0 Swoole\\Coroutine::yield()

 =================================================================
run true
`);
  expect(code).toBe(0);
});
