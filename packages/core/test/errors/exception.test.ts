import { describe, expect, it } from 'vitest';
import { SWOOLE_EXIT_IN_COROUTINE, SWOOLE_EXIT_IN_SERVER } from '../../src/constants/coroutine.js';
import { Error as SwooleError } from '../../src/errors/error.js';
import { Exception } from '../../src/errors/exception.js';
import { exit, setExitFlags } from '../../src/errors/exit.js';
import { ExitException } from '../../src/errors/exit-exception.js';

class BadCommand extends Exception {}

describe('Swoole.Exception', () => {
  it('carries message, code and the previous error as in PHP', () => {
    const inner = new RangeError('inner');
    const outer = new Exception('outer', 2, inner);
    expect([outer.getMessage(), outer.getCode(), outer.getPrevious()]).toEqual(['outer', 2, inner]);
    expect([outer.message, outer.code, outer.cause]).toEqual(['outer', 2, inner]);
    expect(new Exception().getPrevious()).toBeNull();
    expect(new Exception().code).toBe(0);
  });

  it('is an Error whose stack begins with its Swoole name', () => {
    const error = new Exception('no room');
    expect(error).toBeInstanceOf(Error);
    expect(error.stack?.split('\n')[0]).toBe('Swoole\\Exception: no room');
    expect(error.getTraceAsString()).toMatch(/^ {4}at /);
  });

  it('keeps the difference between a class and its subclasses', () => {
    expect(new BadCommand('x') instanceof Exception).toBe(true);
    expect(new Exception('x') instanceof BadCommand).toBe(false);
    expect(new BadCommand('x') instanceof BadCommand).toBe(true);
    expect(new ExitException(1, 0) instanceof Exception).toBe(true);
    expect(new Exception('x') instanceof ExitException).toBe(false);
    expect(new SwooleError('x') instanceof Exception).toBe(false);
    expect(new RangeError('x') instanceof Exception).toBe(false);
    expect(new SwooleError('x').name).toBe('Swoole\\Error');
    for (const other of [null, undefined, 'x', 1])
      expect((other as unknown) instanceof Exception).toBe(false);
  });

  it('is recognised by a second copy of the package', async () => {
    const query = '?copy=2';
    const copy = (await import(/* @vite-ignore */ `../../src/errors/exit-exception.ts${query}`)) as {
      ExitException: typeof ExitException;
    };
    expect(copy.ExitException).not.toBe(ExitException);
    const thrown: unknown = new copy.ExitException(3, 0);
    expect(thrown instanceof ExitException).toBe(true);
    expect(thrown instanceof Exception).toBe(true);
  });
});

describe('Swoole.exit', () => {
  function caught(run: () => never): ExitException {
    try {
      return run();
    } catch (error) {
      if (error instanceof ExitException) return error;
      throw error;
    }
  }

  it('throws the status it was given, and says where it was called', () => {
    setExitFlags(() => SWOOLE_EXIT_IN_SERVER | SWOOLE_EXIT_IN_COROUTINE);
    const number = caught(() => exit(3));
    expect([number.message, number.getStatus(), number.getFlags()]).toEqual(['swoole exit', 3, 6]);
    expect(caught(() => exit('leaving')).getStatus()).toBe('leaving');
    expect(caught(() => exit()).getStatus()).toBeNull();
  });
});
