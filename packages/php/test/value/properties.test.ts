import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  array_merge,
  asort,
  bytes,
  compare,
  identical,
  json_decode,
  json_decode_array,
  json_encode,
  ksort,
  looseEq,
  mul,
  PhpArray,
  pack,
  serialize,
  sort,
  strcmp,
  strlen,
  strrev,
  sub,
  substr,
  text,
  toStr,
  unpack,
  unserialize_array,
  urldecode,
  urlencode,
  usort,
} from '../../src/index.js';

const runs = { numRuns: 200 };
const int = fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n }));
const key = fc.oneof(
  fc.integer({ min: 0, max: 20 }),
  fc.string({ maxLength: 3 }),
  fc.constantFrom('1', '01', '-1', '7'),
);
const binary = fc.uint8Array({ maxLength: 40 }).map((data) => Buffer.from(data));
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.string(),
    fc.array(tie('any'), { maxLength: 4 }).map((list) => PhpArray.of(...list)),
    fc.array(fc.tuple(key, tie('any')), { maxLength: 4 }).map((pairs) => PhpArray.fromEntries(pairs)),
  ),
})).any;

describe('properties of values', () => {
  it('bytes survive as text, and lengths, parts and reversal are those of the bytes', () => {
    fc.assert(
      fc.property(binary, fc.integer({ min: 0, max: 40 }), (data, at) => {
        const string = text(data);
        expect(bytes(string).equals(data)).toBe(true);
        expect(strlen(string)).toBe(data.length);
        expect(bytes(substr(string, 0, at) + substr(string, at)).equals(data)).toBe(true);
        expect(bytes(strrev(string)).equals(Buffer.from(data).reverse())).toBe(true);
        expect(urldecode(urlencode(string))).toBe(string);
      }),
      runs,
    );
  });

  it('strings compare as their bytes do', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'binary' }),
        (a, b) => Math.sign(strcmp(a, b)) === Buffer.compare(bytes(a), bytes(b)),
      ),
      runs,
    );
  });

  it('ints add, subtract and multiply exactly up to 64 bits', () => {
    const exact = (result: unknown, wanted: bigint): void => {
      if (wanted >= -(2n ** 63n) && wanted < 2n ** 63n) expect(BigInt(result as number)).toBe(wanted);
      else expect(result).toBe(Number(wanted));
    };
    fc.assert(
      fc.property(int, int, (a, b) => {
        exact(add(a, b), BigInt(a) + BigInt(b));
        exact(sub(a, b), BigInt(a) - BigInt(b));
        if (BigInt(a) * BigInt(b) < 2n ** 63n && BigInt(a) * BigInt(b) >= -(2n ** 63n))
          exact(mul(a, b), BigInt(a) * BigInt(b));
      }),
      runs,
    );
  });

  it('comparison is symmetric, and what is identical is equal', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(looseEq(a, b)).toBe(looseEq(b, a));
        expect(identical(a, a) && looseEq(a, a)).toBe(true);
        if (identical(a, b)) expect(compare(a, b)).toBe(0);
      }),
      runs,
    );
  });

  it('sorting keeps all elements, orders them, and leaves equal ones in place', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 })), (list) => {
        const tagged = list.map((n, i) => ({ n, i }));
        usort(tagged, (a: { n: number }, b: { n: number }) => a.n - b.n);
        tagged.slice(1).forEach(({ n, i }, at) => {
          const before = tagged[at] as { n: number; i: number };
          expect(before.n < n || (before.n === n && before.i < i)).toBe(true);
        });
        const sorted = [...list];
        sort(sorted);
        expect(sorted).toEqual(tagged.map(({ n }) => n));
        const kept = PhpArray.of(...list);
        asort(kept);
        expect(kept.entries()).toEqual(tagged.map(({ n, i }) => [i, n]));
        ksort(kept);
        expect(kept.values()).toEqual(list);
      }),
      runs,
    );
  });

  it('a PhpArray behaves as a list of pairs in which each key is looked for', () => {
    const command = fc.oneof(
      fc.tuple(fc.constant('set'), key, fc.integer()),
      fc.tuple(fc.constant('push'), fc.constant(0), fc.integer()),
      fc.tuple(fc.constant('delete'), key, fc.constant(0)),
    );
    fc.assert(
      fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
        const array = new PhpArray<number>();
        let model: [string, number][] = [];
        let next = 0;
        for (const [what, at, item] of commands) {
          const name = what === 'push' ? String(next) : String(at);
          if (what === 'delete') {
            array.delete(at);
            model = model.filter(([known]) => known !== name);
            continue;
          }
          if (what === 'push') array.push(item);
          else array.set(at, item);
          const known = model.find(([other]) => other === name);
          if (known === undefined) model.push([name, item]);
          else known[1] = item;
          if (/^\d+$/.test(name) && String(Number(name)) === name) next = Math.max(next, Number(name) + 1);
        }
        expect(array.entries().map(([name, item]) => [String(name), item])).toEqual(model);
      }),
      runs,
    );
  });

  it('values survive serialize, json and pack', () => {
    fc.assert(
      fc.property(
        value,
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        fc.double({ noNaN: true }),
        (any, n, d) => {
          expect(identical(unserialize_array(serialize(any)), any)).toBe(true);
          const encoded = json_encode(any);
          if (encoded !== false) expect(json_encode(json_decode_array(encoded))).toBe(encoded);
          expect(unpack('Na/Vb/Ec', pack('NVE', n, n, d))).toEqual({ a: n, b: n, c: d });
        },
      ),
      runs,
    );
  });

  it('JSON is read alike with the parser of the language and without it', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), fc.boolean(), (source, associative) => {
        // Any depth but the usual one is read by PHP's rules alone.
        expect(json_decode(source, associative)).toEqual(json_decode(source, associative, 500));
      }),
      runs,
    );
  });

  it('merging lists is concatenation', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.array(fc.integer()), (a, b) => {
        expect(array_merge(a, b)).toEqual([...a, ...b]);
      }),
      runs,
    );
  });

  it('an int is shown with its digits', () => {
    fc.assert(
      fc.property(int, (n) => toStr(n) === String(n)),
      runs,
    );
  });
});
