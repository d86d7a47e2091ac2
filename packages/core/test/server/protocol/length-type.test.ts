import { describe, expect, test } from 'vitest';
import { lengthType } from '../../../src/server/protocol/length-type.js';

const bytes = Buffer.from('00f1f2f3f4f5f6f7f8', 'hex');

describe('the types of a length', () => {
  // What PHP's unpack() makes of f1f2f3f4f5f6f7f8, on a little-endian machine for the letters of the machine's order.
  test.each([
    ['c', 1, -15],
    ['C', 1, 0xf1],
    ['s', 2, -3343],
    ['S', 2, 0xf2f1],
    ['n', 2, 0xf1f2],
    ['v', 2, 0xf2f1],
    ['l', 4, -185339151],
    ['L', 4, 0xf4f3f2f1],
    ['N', 4, 0xf1f2f3f4],
    ['V', 4, 0xf4f3f2f1],
  ])('%s reads %i bytes', (letter, size, value) => {
    const type = lengthType(letter);
    expect(type?.size).toBe(size);
    expect(type?.read(bytes, 1)).toBe(value);
  });

  test.each(['q', 'Q', 'J', 'P'])('%s reads 8 bytes, exactly up to 2 ** 53', (letter) => {
    const type = lengthType(letter);
    expect(type?.size).toBe(8);
    const length = Buffer.alloc(9);
    if (letter === 'J') length.writeBigUInt64BE(9007199254740991n, 1);
    else length.writeBigUInt64LE(9007199254740991n, 1);
    expect(type?.read(length, 1)).toBe(9007199254740991);
  });

  test('are those that Swoole takes, and no other', () => {
    const all = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
    expect(all.filter((letter) => lengthType(letter)).join('')).toBe('CJLNPQSVclnqsv');
    expect(lengthType('constructor')).toBeUndefined();
  });
});
