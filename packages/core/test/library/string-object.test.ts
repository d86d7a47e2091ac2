import { describe, expect, it } from 'vitest';
import { _mbstring, _string } from '../../src/index.ts';

// What is expected was asked of Swoole 6.2.1.
describe('a StringObject', () => {
  const hello = _string('Hello');

  it('turns into text in JavaScript and under the name that PHP has for it', () => {
    expect([`${hello}`, hello.toString(), hello.__toString(), _mbstring('żółw').__toString()]).toEqual([
      'Hello',
      'Hello',
      'Hello',
      'żółw',
    ]);
  });

  it('counts in bytes', () => {
    expect([hello.substr(10), hello.substr(-10, 3), hello.substr(1, -10)].map(String)).toEqual([
      '',
      'Hel',
      '',
    ]);
    expect([hello.char(5), hello.char(6), hello.char(-1)]).toEqual(['', '', 'o']);
    expect([hello.indexOf(''), hello.lastIndexOf('l', -3), hello.lastIndexOf('l', 3)]).toEqual([0, 2, 3]);
    expect(_string('żółw').indexOf('ł')).toBe(4);
  });

  it('splits as explode() does', () => {
    const parts = (limit?: number) => _string('a,b,c').split(',', limit).toArray();
    expect([parts(), parts(2), parts(0), parts(-1)]).toEqual([
      ['a', 'b', 'c'],
      ['a', 'b,c'],
      ['a,b,c'],
      ['a', 'b'],
    ]);
    expect(_string('').split(',').toArray()).toEqual(['']);
    expect(_string('').chunk(2).toArray()).toEqual([]);
  });

  it('trims what it is told to, with ranges', () => {
    expect(String(_string('xayax').trim('x'))).toBe('aya');
    expect(String(_string('abcxcba').trim('a..c'))).toBe('x');
    expect(String(_string('\0\v x').trim())).toBe('x');
  });

  it('changes the case of ASCII letters only', () => {
    expect(String(_string('AbÄ').lower())).toBe('abÄ');
    expect(String(_string('abä').upper())).toBe('ABä');
  });

  it('changes itself by append() alone', () => {
    const text = _string('a');
    expect(String(text.append('b'))).toBe('ab');
    expect(String(text)).toBe('ab');
    const count = { value: 0 };
    expect(String(_string('aXbX').replace('X', '', count))).toBe('ab');
    expect(count.value).toBe(2);
  });

  it('throws where PHP throws', () => {
    expect(() => hello.indexOf('l', 99)).toThrow(
      'strpos(): Argument #3 ($offset) must be contained in argument #1 ($haystack)',
    );
    expect(() => hello.split('')).toThrow('explode(): Argument #1 ($separator) cannot be empty');
    expect(() => hello.repeat(-1)).toThrow(
      'str_repeat(): Argument #2 ($times) must be greater than or equal to 0',
    );
    expect(() => hello.chunk(0)).toThrow('str_split(): Argument #2 ($length) must be greater than 0');
    expect(() => hello.chunkSplit(0)).toThrow('chunk_split(): Argument #2 ($length) must be greater than 0');
  });
});

describe('a MultibyteStringObject', () => {
  const turtles = _mbstring('żółwż');

  it('counts in characters', () => {
    expect([turtles.length(), turtles.indexOf('w'), turtles.ipos('ÓŁ')]).toEqual([5, 3, 1]);
    expect([turtles.lastIndexOf('ż'), turtles.lastIndexOf('ż', -2)]).toEqual([4, 0]);
    expect([turtles.substr(1, 2), turtles.substr(-2)].map(String)).toEqual(['ół', 'wż']);
    expect(turtles.chunk(2).toArray()).toEqual(['żó', 'łw', 'ż']);
    expect(_mbstring('👍a').length()).toBe(2);
    expect(_mbstring('👍a').indexOf('a')).toBe(1);
  });

  it('stays one, and knows UTF-8 only', () => {
    expect(turtles.append('!').length()).toBe(6);
    expect(() => turtles.indexOf('w', 0, 'nope')).toThrow(
      'mb_strpos(): Argument #4 ($encoding) must be a valid encoding, "nope" given',
    );
  });
});
