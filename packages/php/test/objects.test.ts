import { expect, it } from 'vitest';
import {
  floats,
  get_debug_type,
  get_object_vars,
  gettype,
  sleep_blocking,
  usleep_blocking,
} from '../src/index.js';

it('an object has the properties that its class names for PHP, then its own others', () => {
  class Response {
    static readonly phpProperties = { fd: 'fd', header: 'headers' };
    fd = 3;
    mine = 'yes';
    get headers() {
      return { a: 'b' };
    }
  }
  expect(Object.entries(get_object_vars(new Response()))).toEqual([
    ['fd', 3],
    ['header', { a: 'b' }],
    ['mine', 'yes'],
  ]);
});

it('a whole number that is meant as a float is one for those who ask for types, and a number for arithmetic', () => {
  const info = floats({ at: 0, later: 1.5, count: 2 }, 'at', 'later', 'none');
  expect([get_debug_type(info.at), gettype(info.later), gettype(info.count)]).toEqual([
    'float',
    'double',
    'integer',
  ]);
  expect(info.later - info.at).toBe(1.5);
  expect(floats(false as { at: number } | false, 'at')).toBe(false);
});

it('sleep that blocks holds up all that would run meanwhile, for as long as it says', async () => {
  let fired = 0;
  const timer = setInterval(() => fired++, 5);
  const begun = performance.now();
  usleep_blocking(50_000);
  expect(performance.now() - begun).toBeGreaterThanOrEqual(49);
  expect(sleep_blocking(0)).toBe(0);
  expect(fired).toBe(0);
  clearInterval(timer);
  expect(() => usleep_blocking(-1)).toThrow(
    'usleep(): Argument #1 ($microseconds) must be greater than or equal to 0',
  );
});
