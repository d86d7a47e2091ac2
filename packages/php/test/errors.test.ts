import * as Swoole from 'swoole-ts';
import { afterEach, describe, expect, it } from 'vitest';
import {
  caught,
  E_USER_WARNING,
  E_WARNING,
  Exception,
  get_class,
  InvalidArgumentException,
  LogicException,
  PhpError,
  PhpTypeError,
  RuntimeException,
  restore_error_handler,
  set_error_handler,
  silence,
  Throwable,
  trigger_error,
  unserialize,
} from '../src/index.js';

describe('exceptions', () => {
  it('catch the exceptions of the library as PHP would', () => {
    const error = new Swoole.Exception('no', 5);
    expect([
      error instanceof Exception,
      error instanceof Throwable,
      error instanceof RuntimeException,
      error instanceof PhpError,
    ]).toEqual([true, true, false, false]);
    const argument = new Swoole.InvalidArgumentException('bad');
    expect([
      argument instanceof InvalidArgumentException,
      argument instanceof LogicException,
      argument instanceof Exception,
    ]).toEqual([true, true, true]);
    expect([get_class(error), caught(error).getCode(), caught(error)]).toEqual([
      'Swoole\\Exception',
      5,
      error,
    ]);
    expect(caught(error).getLine()).toBeGreaterThan(0);
  });

  it('catch the errors of JavaScript as errors of PHP', () => {
    const error = new globalThis.TypeError('x is not a function');
    expect([
      error instanceof PhpTypeError,
      error instanceof PhpError,
      error instanceof Throwable,
      error instanceof Exception,
    ]).toEqual([true, true, true, false]);
    expect([get_class(caught<object>(error)), caught(error).getMessage()]).toEqual([
      'TypeError',
      'x is not a function',
    ]);
    expect(caught(error)).toBe(caught(error));
  });

  it('keep code, previous error and their own classes apart', () => {
    class Own extends RuntimeException {}
    const error = new Own('a', 3, new Exception('b'));
    expect([error.getCode(), caught<Exception>(error.getPrevious()).getMessage(), get_class(error)]).toEqual([
      3,
      'b',
      'Own',
    ]);
    expect(new RuntimeException('x') instanceof Own).toBe(false);
    expect(String(error.getTraceAsString()).endsWith('{main}')).toBe(true);
  });
});

describe('set_error_handler', () => {
  afterEach(() => {
    restore_error_handler();
  });

  it('gets the warnings of functions, of the program, and of the library', () => {
    const seen: [number, string][] = [];
    set_error_handler((level, message) => {
      seen.push([level, message]);
      return true;
    });
    trigger_error('own', E_USER_WARNING);
    unserialize('x');
    new Swoole.WebSocket.Server('127.0.0.1', 0).push(99, 'x');
    expect(seen.slice(0, 2)).toEqual([
      [E_USER_WARNING, 'own'],
      [8, 'unserialize(): Error at offset 0 of 1 bytes'],
    ]);
    expect(seen.slice(2).every(([level]) => level === E_WARNING)).toBe(true);
    expect(seen.length).toBe(3);
  });

  it('gives back the handler before, and is asked inside of @ as well', () => {
    const first = (): boolean => true;
    expect(set_error_handler(first)).toBe(null);
    expect(set_error_handler(null)).toBe(first);
    restore_error_handler();
    expect(silence(() => unserialize('x'))).toBe(false);
  });
});
