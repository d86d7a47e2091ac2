import { describe, expect, it } from 'vitest';
import { swoole_table } from '../../src/functions/table.js';

describe('swoole_table()', () => {
  it('makes the columns that the text names', () => {
    const table = swoole_table(100, ' id:i, score : float ,name:string: 20 ');
    table.set('a', { id: '7', score: 1.5, name: 'x'.repeat(30) });
    expect(table.get('a')).toEqual({ id: 7, score: 1.5, name: 'x'.repeat(24) });
    expect(table.stats()).toMatchObject({ total_slice_num: 32 });
  });

  it.each([
    ['a:x', 'unknown field type[x]'],
    ['a:s', 'need to give string length'],
    ['a:s:-1', 'invalid string length[-1]'],
  ])('refuses %s', (fields, message) => {
    expect(() => swoole_table(64, fields)).toThrow(message);
  });
});
