import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRanges } from '../../../src/http/static/ranges.js';

/** As the transcript http-static-ranges tells it, for a file of 26 bytes: [first, last], null for 416. */
const recorded: Array<[string, Array<[number, number]> | null]> = [
  ['bytes=0-0', [[0, 0]]],
  ['bytes=0-4', [[0, 4]]],
  ['bytes=20-', [[20, 25]]],
  ['bytes=-5', [[21, 25]]],
  ['bytes=0-', [[0, 25]]],
  ['bytes=25-99', [[25, 25]]],
  ['bytes=-99', [[0, 25]]],
  ['bytes=26-', []],
  ['bytes=30-40', []],
  ['bytes=5-2', []],
  [
    'bytes=0-1,4-5',
    [
      [0, 1],
      [4, 5],
    ],
  ],
  [
    'bytes=0-1, 24-',
    [
      [0, 1],
      [24, 25],
    ],
  ],
  [
    'bytes=0-3,2-6',
    [
      [0, 3],
      [2, 6],
    ],
  ],
  ['bytes=', null],
  ['bytes=a-b', null],
  ['bytes=1', null],
  ['items=0-1', []],
  ['BYTES=0-1', [[0, 1]]],
];

describe('a Range header', () => {
  it.each(recorded)('%s', (header, expected) => {
    const ranges = parseRanges(header, 26);
    expect(ranges?.map((r) => [r.offset, r.offset + r.length - 1]) ?? null).toEqual(expected);
  });

  it.each([
    ['bytes=30-40,0-1', 1],
    ['bytes=0-1,', 1],
    ['bytes= 0 - 1 ', 1],
    ['bytes=-0', 0],
  ])('%s has %d satisfiable parts', (header, count) => {
    expect(parseRanges(header, 26)).toHaveLength(count);
  });

  it.each([
    'bytes=0-1,x',
    'bytes=0-1;2-3',
    'bytes=--1',
    'bytes=-',
    'bytes=0-1,,4-5',
    'bytes=99999999999999999999-',
  ])('%s cannot be read', (header) => expect(parseRanges(header, 26)).toBeNull());

  it('has no satisfiable part in an empty file', () => {
    for (const header of ['bytes=0-', 'bytes=0-0', 'bytes=-5']) expect(parseRanges(header, 0)).toEqual([]);
  });

  it('that asks for more than the file in sum means the whole file', () => {
    expect(parseRanges('bytes=0-,0-,0-', 26)).toEqual([]);
    expect(parseRanges('bytes=0-12,13-25', 26)).toHaveLength(2);
  });

  it('never leads out of the file', () => {
    const part = fc.oneof(
      fc.tuple(fc.nat(60), fc.nat(60)).map(([a, b]) => `${a}-${b}`),
      fc.nat(60).map((a) => `${a}-`),
      fc.nat(60).map((a) => `-${a}`),
      fc.string({ maxLength: 6 }),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), fc.nat(50), (parts, size) => {
        const ranges = parseRanges(`bytes=${parts.join(',')}`, size) ?? [];
        let total = 0;
        for (const { offset, length } of ranges) {
          expect(offset).toBeGreaterThanOrEqual(0);
          expect(length).toBeGreaterThan(0);
          expect(offset + length).toBeLessThanOrEqual(size);
          total += length;
        }
        expect(total).toBeLessThanOrEqual(size);
      }),
    );
  });
});
