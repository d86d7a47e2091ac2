import { describe, expect, it } from 'vitest';
import { _array, ArrayObject, Exception, StringObject } from '../../src/index.ts';

// What is expected was asked of Swoole 6.2.1.
describe('an ArrayObject', () => {
  it('keeps the order of its keys, integers too, and takes text that is an integer for one', () => {
    const array = _array<number>();
    for (const [key, value] of [
      [5, 1],
      ['b', 2],
      ['3', 3],
      ['03', 4],
    ] as const)
      array.set(key, value);
    expect([...array]).toEqual([
      [5, 1],
      ['b', 2],
      [3, 3],
      ['03', 4],
    ]);
    expect(array.exists('5')).toBe(true);
  });

  it('gives text and arrays with methods, and throws for a key that it does not have', () => {
    const array = _array({ text: 'words', list: [1, 2], none: null });
    expect(array.get('text')).toBeInstanceOf(StringObject);
    expect((array.get('list') as ArrayObject).toArray()).toEqual([1, 2]);
    expect(array.get('none')).toBeNull();
    expect(array.getOr('other')).toBeNull();
    expect(() => _array([]).get('nope')).toThrow(Exception.ArrayKeyNotExists);
    expect(() => _array([]).get('nope')).toThrow('nope');
  });

  it('does not use the key of a deleted value again, but that of a popped one', () => {
    const array = _array([1, 2]).delete(1);
    array.push(9);
    expect(array.toArray()).toEqual({ 0: 1, 2: 9 });
    const popped = _array([1, 2, 3]);
    expect(popped.pop()).toBe(3);
    popped.push(9);
    expect(popped.toArray()).toEqual([1, 2, 9]);
  });

  it('renumbers integer keys where PHP does', () => {
    const mixed = { b: 1, 5: 'x', a: 2 };
    const array = () => _array<unknown>(new Map(Object.entries(mixed)));
    expect([...array().slice(1)]).toEqual([
      ['b', 1],
      ['a', 2],
    ]);
    expect([...array().reverse()]).toEqual([
      ['a', 2],
      ['b', 1],
      [0, 'x'],
    ]);
    expect([...array().reverse(true)].at(-1)).toEqual([5, 'x']);
    expect(_array([1, 2, 3, 4]).insert(-1, 9).toArray()).toEqual([1, 2, 3, 9, 4]);
    expect(_array<unknown>({ k: 1 }).insert(0, [5]).toArray()).toEqual({ 0: [5], k: 1 });
  });

  it('is walked over by hand as by for', () => {
    const array = _array({ a: 1, b: 2 });
    expect([array.rewind(), array.key(), array.next(), array.key()]).toEqual([1, 'a', 2, 'b']);
    expect([array.next(), array.valid(), array.current(), array.key()]).toEqual([false, false, false, null]);
  });

  it('sorts text with numbers in it naturally, and by flags', () => {
    const files = ['img12', 'img10', 'IMG2', 'img1'];
    expect([..._array(files).natsort()].map(([, file]) => file)).toEqual(['IMG2', 'img1', 'img10', 'img12']);
    expect([..._array(files).natcasesort()].map(([, file]) => file)).toEqual([
      'img1',
      'IMG2',
      'img10',
      'img12',
    ]);
    expect(_array<unknown>(['10', 9, 2, 1]).sort(2).toArray()).toEqual([1, '10', 2, 9]);
    expect(_array<unknown>(['10', 9, 2, 1]).sort().toArray()).toEqual([1, 2, 9, '10']);
    expect([..._array([3, 1, 2]).asort()]).toEqual([
      [1, 1],
      [2, 2],
      [0, 3],
    ]);
    expect(
      _array([3, 1, 2])
        .usort((a, b) => b - a)
        .toArray(),
    ).toEqual([3, 2, 1]);
    expect([..._array({ b: 1, a: 2 }).uksort((a, b) => (a < b ? -1 : 1))][0]).toEqual(['a', 2]);
    expect(_array([3, 1, 2]).shuffle().sort().toArray()).toEqual([1, 2, 3]);
  });

  it('compares as PHP does, strictly unless told otherwise', () => {
    const array = _array<unknown>([1, '1', true, 'x']);
    expect(array.keys('1').toArray()).toEqual([0, 1, 2]);
    expect(array.keys('1', true).toArray()).toEqual([1]);
    expect([array.search('x'), array.search('y'), array.lastIndexOf('y')]).toEqual([3, false, null]);
    expect(_array<unknown>(['a', 'A']).unique(10).toArray()).toEqual(['a']);
    expect(_array([1, 2, 1, 3]).remove(1, true, true).toArray()).toEqual({ 1: 2, 3: 3 });
    expect(_array<unknown>([[1, { a: 2 }]]).contains([1, { a: 2 }])).toBe(true);
  });

  it('maps and filters with the arguments that PHP gives', () => {
    expect(
      _array([1, 2])
        .map((a, b) => `${a}${b}`, [7, 8, 9])
        .toArray(),
    ).toEqual(['17', '28', 'null9']);
    expect(
      _array({ a: 1, b: 2 })
        .filter((key) => key === 'b', 2)
        .toArray(),
    ).toEqual({ b: 2 });
    expect(
      _array({ a: 1, b: 2 })
        .filter((value, key) => value === 1 && key === 'a', 1)
        .count(),
    ).toBe(1);
    expect(
      _array(['1', '2'])
        .map((value: unknown, ...others) => [value, others.length])
        .toArray(),
    ).toEqual([
      ['1', 0],
      ['2', 0],
    ]);
    expect([_array<unknown>([1, [2], '3x']).sum(), _array([]).product()]).toEqual([4, 1]);
  });

  it('reads and writes what PHP serializes, but no objects', () => {
    const text = 'a:5:{i:0;d:1.5;i:1;b:1;i:2;N;i:3;s:2:"ż";i:4;a:0:{}}';
    expect(_array<unknown>([1.5, true, null, 'ż', []]).serialize()).toBe(text);
    expect(new ArrayObject().unserialize(text).toArray()).toEqual([1.5, true, null, 'ż', []]);
    expect(new ArrayObject().unserialize('i:5;').toArray()).toEqual([5]);
    for (const bad of [
      'garbage',
      'O:8:"stdClass":0:{}',
      's:9:"short";',
      'a:99999999:{',
      `${'a:1:{i:0;'.repeat(5000)}N;`,
    ])
      expect(new ArrayObject().unserialize(bad).toArray(), bad.slice(0, 20)).toEqual([false]);
  });

  it('throws where PHP throws', () => {
    expect(() => _array([1]).chunk(0)).toThrow('array_chunk(): Argument #2 ($length) must be greater than 0');
    expect(() => _array([]).randomGet()).toThrow('array_rand(): Argument #1 ($array) cannot be empty');
  });
});
