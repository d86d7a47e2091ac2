import { describe, expect, it } from 'vitest';
import {
  asCallable,
  callableOf,
  count,
  isset,
  json_encode,
  ksort,
  strlen,
  takingFirst,
  withoutHoles,
} from '../src/index.js';

describe('a callable that PHP writes as a string or an array', () => {
  it('comes back as it was written, from the function that stands for it alone', () => {
    const byName = asCallable('strlen', strlen);
    expect([byName('four'), callableOf(byName), callableOf(strlen), callableOf(null)]).toEqual([
      4,
      'strlen',
      strlen,
      null,
    ]);
    const list = [new Date(0), 'getTime'] as const;
    expect(callableOf(asCallable(list, list[0].getTime.bind(list[0])))).toBe(list);
  });
});

it('takingFirst() leaves out what PHP would not give', () => {
  const all = (...args: unknown[]): unknown[] => args;
  expect([takingFirst(2, all)(1, 2, 3), takingFirst(2, all)(1)]).toEqual([[1, 2], [1]]);
});

it('a list with holes is an array without these keys', () => {
  const results: unknown[] = new Array(4);
  results[2] = null;
  results[0] = 'first';
  const found = withoutHoles(results);
  // As PHP prints and counts [0 => 'first', 2 => null].
  expect([json_encode(found), count(found), isset(found, 2), ksort(found)]).toEqual([
    '{"0":"first","2":null}',
    2,
    false,
    true,
  ]);
  const whole = ['a', undefined];
  expect([withoutHoles(whole), withoutHoles(false)]).toEqual([whole, false]);
  expect(withoutHoles(whole)).toBe(whole);
});
