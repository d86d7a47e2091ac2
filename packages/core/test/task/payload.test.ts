import { deserialize, serialize } from 'node:v8';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { setWarningHandler } from '../../src/index.js';
import { pack, unpack } from '../../src/task/payload.js';
import { isPlain } from '../../src/task/plain.js';

const copy = (data: unknown) => unpack(structuredClone(pack(data, 'test()')) as never);

describe('data on its way to another thread', () => {
  test('arrives as V8 would clone it, whatever it is', () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withSparseArray: true,
      withNullPrototype: true,
    });
    fc.assert(
      fc.property(anything, (data) => {
        expect(copy(data)).toStrictEqual(deserialize(serialize(data)));
      }),
      { numRuns: 2000 },
    );
  });

  test('keeps what JSON would lose: shared objects, circles, undefined, -0, NaN, properties of arrays, keys like __proto__', () => {
    const shared = { a: 1 };
    const both = copy([shared, shared]) as unknown[];
    expect(both[0]).toBe(both[1]);
    const circle: { self?: unknown } = {};
    circle.self = circle;
    const turned = copy(circle) as typeof circle;
    expect(turned.self).toBe(turned);
    expect(copy({ u: undefined })).toStrictEqual({ u: undefined });
    expect(copy([-0, Number.NaN, Number.POSITIVE_INFINITY])).toStrictEqual([
      -0,
      Number.NaN,
      Number.POSITIVE_INFINITY,
    ]);
    expect((copy('ab'.match(/b/)) as RegExpMatchArray).index).toBe(1);
    const odd = JSON.parse('{"__proto__":{"x":1}}');
    expect(Object.keys(copy(odd) as object)).toEqual(['__proto__']);
    expect(copy('\ud800')).toBe('\ud800');
    expect(copy({ text: '\ud800' })).toEqual({ text: '\ud800' });
  });

  test('is copied at once: what the program does with it later does not matter', () => {
    const data = { list: [1, 2] };
    const bytes = Buffer.from('bytes');
    const payloads = [pack(data, 'test()'), pack(bytes, 'test()')];
    data.list.push(3);
    bytes[0] = 0;
    expect(payloads.map((payload) => unpack(payload as never))).toEqual([
      { list: [1, 2] },
      Buffer.from('bytes'),
    ]);
  });

  test('is refused with a warning when it cannot be cloned', () => {
    const warnings: string[] = [];
    setWarningHandler((_level, message) => {
      warnings.push(message);
      return true;
    });
    expect(pack({ f: () => 1 }, 'test()')).toBe(undefined);
    expect(warnings[0]).toMatch(
      /^test\(\): data cannot be sent to another worker: .* could not be cloned\.$/s,
    );
    setWarningHandler(null);
  });

  test('goes as JSON only while that is small', () => {
    expect(isPlain({ id: 1, list: ['a', null, true, 1.5] })).toBe(true);
    expect(isPlain(Array.from({ length: 100 }, () => ({})))).toBe(false);
    expect(isPlain(new Array(2000).fill(1))).toBe(false);
    expect(isPlain(new Date())).toBe(false);
  });
});
