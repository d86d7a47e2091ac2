import { constants } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import {
  SWOOLE_STRERROR_DNS,
  SWOOLE_STRERROR_GAI,
  SWOOLE_STRERROR_SWOOLE,
} from '../../src/constants/strerror.js';
import * as numbers from '../../src/errors/numbers.js';
import { swoole_strerror } from '../../src/errors/strerror.js';

const platform = Object.getOwnPropertyDescriptor(process, 'platform') as PropertyDescriptor;
afterEach(() => {
  Object.defineProperty(process, 'platform', platform);
});

describe('swoole_strerror', () => {
  it('says what the recordings say', () => {
    expect(swoole_strerror(503, SWOOLE_STRERROR_SWOOLE)).toBe('PHP fatal error');
    expect(swoole_strerror(8505, SWOOLE_STRERROR_SWOOLE)).toBe('Websocket pack failed');
    expect(swoole_strerror(0)).toBe('Success');
  });

  it('has a text for every one of its own numbers, whatever the type', () => {
    for (const number of Object.values(numbers)) {
      const text = swoole_strerror(number, SWOOLE_STRERROR_SWOOLE);
      expect(text).not.toMatch(/^Unknown error/);
      expect(swoole_strerror(number)).toBe(text);
    }
  });

  it('knows the system errors', () => {
    expect(swoole_strerror(constants.errno.EADDRINUSE)).toBe('Address already in use');
    expect(swoole_strerror(constants.errno.ECONNREFUSED, SWOOLE_STRERROR_SWOOLE)).toBe('Connection refused');
    expect(swoole_strerror(constants.errno.ENOENT)).toBe('No such file or directory');
  });

  it('goes by the name of the error where numbers are not those of Linux', () => {
    Object.defineProperty(process, 'platform', { ...platform, value: 'darwin' });
    expect(swoole_strerror(constants.errno.ECONNRESET)).toBe('Connection reset by peer');
    expect(swoole_strerror(5555)).toBe('Unknown error 5555');
  });

  it('knows the errors of name look-ups', () => {
    expect(swoole_strerror(-2, SWOOLE_STRERROR_GAI)).toBe('Name or service not known');
    expect(swoole_strerror(77, SWOOLE_STRERROR_GAI)).toBe('Unknown error');
    expect(swoole_strerror(1, SWOOLE_STRERROR_DNS)).toBe('Unknown host');
    expect(swoole_strerror(-1, SWOOLE_STRERROR_DNS)).toBe('Resolver internal error');
    expect(swoole_strerror(9, SWOOLE_STRERROR_DNS)).toBe('Unknown resolver error');
  });

  it('admits what it does not know', () => {
    expect(swoole_strerror(41)).toBe('Unknown error 41');
    expect(swoole_strerror(-3)).toBe('Unknown error -3');
    expect(swoole_strerror(12345, SWOOLE_STRERROR_SWOOLE)).toBe('Unknown error 12345');
  });
});
