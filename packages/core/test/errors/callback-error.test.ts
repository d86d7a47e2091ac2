import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { reportCallbackError, setCallbackErrorHandler } from '../../src/errors/callback-error.js';

interface Ended {
  code: unknown;
  stdout: string;
  stderr: string;
}

const folder = fileURLToPath(new URL('../../src/errors/', import.meta.url));

/** Runs a program that imports from src/errors, in a process of its own. */
function program(text: string): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '-e', text],
      { cwd: folder },
      (error, stdout, stderr) => resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
}

describe('an error that leaves a callback', () => {
  it('ends the process with 255 and tells why on stderr', async () => {
    const ended = await program(`
      import { reportCallbackError } from './callback-error.ts';
      reportCallbackError(new RangeError('nobody catches this'));
      console.log('not reached');`);
    expect(ended.code).toBe(255);
    expect(ended.stdout).toBe('');
    expect(ended.stderr).toMatch(/^PHP Fatal error: {2}Uncaught RangeError: nobody catches this\n {4}at /);
  });

  it('may be anything that was thrown', async () => {
    const ended = await program(`
      import { reportCallbackError } from './callback-error.ts';
      reportCallbackError({ reason: 'just so' });`);
    expect([ended.code, ended.stderr]).toEqual([255, "PHP Fatal error:  Uncaught { reason: 'just so' }\n"]);
  });

  it('goes to the handler when there is one', () => {
    const seen: unknown[] = [];
    setCallbackErrorHandler((error) => seen.push(error));
    const error = new Error('x');
    reportCallbackError(error);
    setCallbackErrorHandler(null);
    expect(seen).toEqual([error]);
  });
});

describe('exit() where nothing of Swoole runs', () => {
  it.each([
    ['exit(3)', 3, ''],
    ["exit('leaving')", 0, 'leaving'],
    ['exit()', 0, ''],
  ])('%s ends the process with %i', async (call, code, printed) => {
    const ended = await program(`
      import { exit, setExitFlags } from './exit.ts';
      setExitFlags(() => 0);
      ${call};
      console.log('not reached');`);
    expect([ended.code, ended.stdout]).toEqual([code, printed]);
  });
});
