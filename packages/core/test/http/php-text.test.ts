import { describe, expect, it } from 'vitest';
import { phpText } from '../../src/http/php-text.js';

// php > echo value;
describe('phpText', () => {
  it.each<[unknown, string | null]>([
    ['text', 'text'],
    [0, '0'],
    [-7, '-7'],
    [1.5, '1.5'],
    [0.1 + 0.2, '0.3'],
    [1 / 3, '0.33333333333333'],
    [100_000.5, '100000.5'],
    [0.0001, '0.0001'],
    [0.00001, '1.0E-5'],
    [1.5e-7, '1.5E-7'],
    [123_456_789_012_345_680, '1.2345678901235E+17'],
    [Number.NaN, 'NAN'],
    [Number.POSITIVE_INFINITY, 'INF'],
    [Number.NEGATIVE_INFINITY, '-INF'],
    [9_223_372_036_854_775_807n, '9223372036854775807'],
    [true, '1'],
    [false, ''],
    [null, ''],
    [undefined, ''],
    [Buffer.from('bytes'), 'bytes'],
    [new URL('http://a.test/b'), 'http://a.test/b'],
    [['a'], null],
    [{ a: 1 }, null],
    [() => 1, null],
    [Object.create(null), null],
  ])('turns %o into %o', (value, text) => {
    expect(phpText(value)).toBe(text);
  });
});
