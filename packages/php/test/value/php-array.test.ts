import { describe, expect, it } from 'vitest';
import { PhpArray, spread, toPhpArray } from '../../src/index.js';

describe('a PhpArray', () => {
  it('takes decimal strings, floats, booleans and null for the keys that PHP makes of them', () => {
    const array = new PhpArray<string>();
    for (const key of ['5', '05', '-3', '-0', 1.9, true, null, ' 1', '9223372036854775808'])
      array.set(key, `${key}`);
    expect(array.keys()).toEqual([5, '05', -3, '-0', 1, '', ' 1', '9223372036854775808']);
    expect(array.get(1)).toBe('true');
  });

  it('appends behind the greatest int key, which stays in force when the element goes', () => {
    const array = PhpArray.of('a');
    array.set(7, 'b');
    array.push('c');
    array.delete(8);
    array.push('d');
    expect(array.entries()).toEqual([
      [0, 'a'],
      [7, 'b'],
      [9, 'd'],
    ]);
  });

  it('is gone over as it was when the loop began', () => {
    const array = PhpArray.of(1, 2);
    const seen: number[] = [];
    for (const value of array) {
      seen.push(value);
      if (array.length < 10) array.push(value + 10);
    }
    expect(seen).toEqual([1, 2]);
    expect(array.length).toBe(4);
  });

  it('is copied with the arrays in it, while objects are shared', () => {
    const object = new Date(0);
    const array = PhpArray.fromEntries<unknown>([
      ['inner', PhpArray.of(1)],
      ['object', object],
    ]);
    const copy = array.copy();
    (copy.get('inner') as PhpArray<number>).push(2);
    expect((array.get('inner') as PhpArray<number>).length).toBe(1);
    expect(copy.get('object')).toBe(object);
  });
});

describe('spread() and toPhpArray()', () => {
  it('number int keys anew, and keep string keys', () => {
    const map = PhpArray.fromEntries<unknown>([
      [5, 'five'],
      ['a', 1],
    ]);
    expect(spread(['x'], map, { a: 2, b: 3 }, new Set(['y'])).entries()).toEqual([
      [0, 'x'],
      [1, 'five'],
      ['a', 2],
      ['b', 3],
      [2, 'y'],
    ]);
  });

  it('make a copy that may have any key of an array of any kind', () => {
    const list = [[1], 2];
    const made = toPhpArray<unknown>(list) as PhpArray;
    made.set('changed', true);
    (made.get(0) as number[]).push(9);
    expect(made.entries()).toEqual([
      [0, [1, 9]],
      [1, 2],
      ['changed', true],
    ]);
    expect(list).toEqual([[1], 2]);
    expect(toPhpArray(null)).toBe(null);
  });
});
