import { describe, expect, it } from 'vitest';
import { run } from '../server/program.js';

describe('what leaves a coroutine', () => {
  it('ends the program with 255, after its deferred functions', async () => {
    const { code, stdout, stderr } = await run('coroutine-end', { END: 'error' }).ended;
    expect([code, stdout]).toEqual([255, 'deferred\n']);
    expect(stderr).toContain('Uncaught Error: nobody catches this');
  });

  it('ends it with the status of exit(), and tells nothing', async () => {
    const { code, stdout, stderr } = await run('coroutine-end', { END: 'exit' }).ended;
    expect([code, stdout, stderr]).toEqual([3, 'deferred\n', '']);
  });
});
