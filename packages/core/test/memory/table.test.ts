import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { swoole_last_error } from '../../src/errors/last-error.js';
import { setWarningHandler } from '../../src/errors/warnings.js';
import type { TableStats } from '../../src/memory/table/contents.js';
import { Table } from '../../src/memory/table.js';
import { makeTable, NAME, TableModel, type Values } from './table-model.js';

let warnings: string[] = [];
beforeEach(() => {
  warnings = [];
  setWarningHandler((_level, message) => warnings.push(message));
});
afterEach(() => {
  setWarningHandler(null);
});

const key = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...'abcdefgh', 'żółć', '\0', '漢字', 'a\0', '1') },
  fc.string({ unit: 'binary', minLength: 1, maxLength: 10 }),
  fc.nat(200).map((n) => `key ${n}`),
);
const long = fc.oneof(fc.maxSafeInteger(), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.nat(3));
const float = fc.double({ noNaN: true });
const name = fc.oneof(
  fc.string({ maxLength: NAME + 4 }),
  fc.string({ unit: 'grapheme', maxLength: NAME + 4 }),
  fc.string({ unit: 'binary', maxLength: NAME + 4 }),
  fc.uint8Array({ maxLength: NAME + 4 }),
  fc.constantFrom('', 'x', 'a\0b'),
);
const values: fc.Arbitrary<Values> = fc.record({ id: long, score: float, name }, { requiredKeys: [] });
const some = values.filter((each) => Object.keys(each).length > 0);

type Subject = Pick<Table, 'set'> &
  Record<'incr', (key: string, column: 'id' | 'score', by: number | bigint) => unknown>;
type Step = [name: string, run: (subject: Table | TableModel) => unknown];
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(key, values).map(([k, v]): Step => ['set', (on) => on.set(k, v)]),
  fc.tuple(key, values).map(([k, v]): Step => ['add', (on) => on.add(k, v)]),
  fc.tuple(key, values).map(([k, v]): Step => ['update', (on) => on.update(k, v)]),
  fc.tuple(key, some, values).map(([k, e, v]): Step => ['cmpset', (on) => on.cmpset(k, e, v)]),
  fc.tuple(key, some).map(([k, e]): Step => ['cmpdel', (on) => on.cmpdel(k, e)]),
  fc.tuple(key, long).map(([k, by]): Step => ['incr id', (on) => (on as Subject).incr(k, 'id', by)]),
  fc.tuple(key, float).map(([k, by]): Step => ['incr score', (on) => (on as Subject).incr(k, 'score', by)]),
  key.map((k): Step => ['get', (on) => on.get(k)]),
  key.map((k): Step => ['getdel', (on) => on.getdel(k)]),
  key.map((k): Step => ['del', (on) => on.del(k)]),
);

/** 64 rows and Swoole's 12 for conflicts. */
const CAPACITY = 76;

describe('Table', () => {
  it('does what a plain model does', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300, size: 'max' }), (steps) => {
        const table = makeTable();
        const model = new TableModel(CAPACITY);
        for (const [what, run] of steps) expect(run(table), what).toEqual(run(model));
        expect(table.count()).toBe(model.rows.size);
        expect(new Map(table)).toEqual(model.rows);
        for (const [k, row] of model.rows) {
          expect(table.exist(k)).toBe(true);
          expect(table.get(k, 'name')).toEqual(row.name);
          expect(table.get(k, 'id')).toBe(row.id);
        }
      }),
      { numRuns: 150 },
    );
  });

  it.each([64, 1024])(
    'holds %d rows and those that Swoole keeps for conflicts, whatever their keys',
    (size) => {
      const table = makeTable(size);
      const capacity = size + Math.floor(size * 0.2);
      for (let round = 0; round < 3; round++) {
        for (let i = 0; i < capacity; i++) expect(table.set(`${round}:${i}`, { id: i })).toBe(true);
        expect(table.set('one more', {})).toBe(false);
        expect(warnings.splice(0)).toEqual([
          "Swoole\\Table::set(): failed to set('one more'), unable to allocate memory",
        ]);
        expect([table.count(), table.exist('one more')]).toEqual([capacity, false]);
        expect(table.incr('one more', 'id')).toBe(false);
        expect(warnings.splice(0)).toEqual(['Swoole\\Table::incr(): unable to allocate memory']);
        for (let i = 0; i < capacity; i++) expect(table.del(`${round}:${i}`)).toBe(true);
        expect([table.count(), [...table]]).toEqual([0, []]);
      }
    },
  );

  it.each([
    [-1, 64 + 12],
    [0.5, 64 + 32],
    [1, 64 + 64],
    [7, 64 + 64],
  ])(
    'keeps as many rows more as the conflict proportion %d says, within Swoole’s limits',
    (proportion, capacity) => {
      const table = new Table(64, proportion);
      table.column('n', Table.TYPE_INT);
      table.create();
      let stored = 0;
      while (stored < 1000 && table.set(stored, {})) stored++;
      expect(stored).toBe(capacity);
      expect(table.stats()).toMatchObject({ available_slice_num: 0, total_slice_num: capacity - 64 });
    },
  );

  it('tells text from bytes, and copies the bytes it gives', () => {
    const table = makeTable();
    const bytes = Buffer.from([0, 255, 128, 65]);
    table.set('bytes', { name: bytes });
    table.set('text', { name: 'ÿ' });
    bytes.fill(1);
    const got = table.get('bytes', 'name');
    expect(got).toEqual(Buffer.from([0, 255, 128, 65]));
    (got as Buffer).fill(2);
    expect(table.get('bytes', 'name')).toEqual(Buffer.from([0, 255, 128, 65]));
    expect(table.get('text', 'name')).toBe('ÿ');
    expect(table.cmpset('bytes', { name: new Uint8Array([0, 255, 128, 65]) }, { name: 'now text' })).toBe(
      true,
    );
    expect(table.cmpset('bytes', { name: Buffer.from('now text') }, { name: new Uint8Array(0) })).toBe(true);
    expect(table.get('bytes', 'name')).toEqual(Buffer.alloc(0));
  });

  it('leaves a character out that does not fit wholly', () => {
    const table = makeTable();
    table.set('a', { name: 'fifteen bytes..é' });
    expect(table.get('a', 'name')).toBe('fifteen bytes..');
  });

  it('keeps long texts and bytes, whatever is in them', () => {
    const texts = fc.oneof(
      fc.string({ maxLength: 1500, size: 'max' }),
      fc.string({ unit: 'binary', maxLength: 500, size: 'max' }),
      fc.uint8Array({ maxLength: 2000, size: 'max' }),
    );
    const table = new Table(64);
    table.column('before', Table.TYPE_STRING, 2000);
    table.column('after', Table.TYPE_STRING, 2000);
    table.create();
    fc.assert(
      fc.property(texts, texts, texts, (a, b, c) => {
        const given = (value: string | Uint8Array) =>
          typeof value === 'string' ? value : Buffer.from(value);
        table.set('a', { before: a, after: b });
        expect(table.get('a')).toEqual({ before: given(a), after: given(b) });
        expect(table.cmpset('a', { after: b, before: a }, { after: c })).toBe(true);
        expect(table.getdel('a')).toEqual({ before: given(a), after: given(c) });
      }),
    );
  });

  it('compares with the whole of a value that is too long', () => {
    const table = makeTable();
    table.set('a', { name: 'x'.repeat(NAME + 1) });
    expect(table.cmpset('a', { name: 'x'.repeat(NAME + 1) }, { id: 1 })).toBe(false);
    expect(table.cmpset('a', { name: 'x'.repeat(NAME) }, { id: 1 })).toBe(true);
  });

  it('refuses an expectation of nothing, and of a column that does not exist', () => {
    const table = makeTable();
    table.set('a', { id: 1 });
    expect(table.cmpset('a', {}, { id: 2 })).toBe(false);
    expect(table.cmpdel('a', { colour: 1 })).toBe(false);
    expect(warnings).toEqual([
      'Swoole\\Table::cmpset(): expected values must not be empty',
      'Swoole\\Table::cmpdel(): column[colour] does not exist',
    ]);
    expect(swoole_last_error()).toBe(503);
    expect(table.get('a', 'id')).toBe(1);
  });

  // Each value as (int), (float) and (string) give it in PHP 8.2.
  it.each<[unknown, number | bigint, number, string]>([
    ['34abc', 34, 34, '34abc'],
    [' \t12 ', 12, 12, ' \t12 '],
    ['1e3', 1000, 1000, '1e3'],
    ['1.5e3x', 1500, 1500, '1.5e3x'],
    ['-.5e1z', -5, -5, '-.5e1z'],
    ['0x1A', 0, 0, '0x1A'],
    ['9999999999999999999', 2n ** 63n - 1n, 1e19, '9999999999999999'],
    ['-1e19', -(2n ** 63n), -1e19, '-1e19'],
    ['1e1000', 0, Number.POSITIVE_INFINITY, '1e1000'],
    [1e19, -8446744073709551616n, 1e19, '1.0E+19'],
    [-5.9, -5, -5.9, '-5.9'],
    [1e-7, 0, 1e-7, '1.0E-7'],
    [Number.NaN, 0, Number.NaN, 'NAN'],
    [true, 1, 1, '1'],
    [false, 0, 0, ''],
    [null, 0, 0, ''],
    [2n ** 64n + 5n, 5, 2 ** 64, '1844674407370955'],
    [Buffer.from('12'), 12, 12, '12'],
  ])('makes of %s what PHP makes of it', (value, int, float, text) => {
    const table = makeTable();
    table.set('a', { id: value, score: value, name: value } as Values);
    const row = table.get('a');
    expect(row && { ...row, name: String(row.name) }).toEqual({ id: int, score: float, name: text });
  });

  it('takes arrays as PHP does, and throws for objects before it changes anything', () => {
    const table = makeTable();
    table.set('a', { id: [7], score: [], name: [1] } as unknown as Values);
    expect(table.get('a')).toEqual({ id: 1, score: 0, name: 'Array' });
    expect(warnings).toEqual(['Array to string conversion']);
    expect(() => table.set('a', { id: 5, name: new Map() } as unknown as Values)).toThrow(TypeError);
    expect(table.get('a', 'id')).toBe(1);
  });

  it('takes only own values, whatever a column is called', () => {
    const table = new Table(64);
    for (const column of ['toString', 'constructor', '__proto__', '0'])
      table.column(column, Table.TYPE_STRING, 8);
    table.create();
    table.set('a', { toString: 'own' } as object);
    const row = table.get('a');
    expect(Object.entries(row)).toEqual([
      ['0', ''],
      ['toString', 'own'],
      ['constructor', ''],
      ['__proto__', ''],
    ]);
    table.set('a', JSON.parse('{"__proto__": "p"}'));
    expect(table.get('a', '__proto__')).toBe('p');
  });

  it('calls what converts a value before it locks the row', () => {
    const table = makeTable();
    const value = { toString: () => String(table.incr('a', 'id')) };
    table.set('a', { name: value } as unknown as Values);
    expect(table.get('a')).toEqual({ id: 1, score: 0, name: '1' });
  });

  it('walks past rows that are deleted and over rows that are changed, and walks are independent', () => {
    const table = makeTable();
    for (let i = 0; i < 40; i++) table.set(`k${i}`, { id: i });
    const pairs: string[] = [];
    for (const [a] of table) for (const [b] of table) pairs.push(`${a} ${b}`);
    expect(new Set(pairs).size).toBe(1600);
    const met: string[] = [];
    for (const [k, row] of table) {
      met.push(k);
      const other = `k${(Number(row.id) + 20) % 40}`;
      if (!met.includes(other)) table.del(other);
      table.set(k, { score: 1 });
    }
    expect(met.length).toBe(20);
    expect(table.count()).toBe(20);
  });

  it('gives copies: a changed row object changes nothing', () => {
    const table = makeTable();
    table.set('a', { id: 1 });
    const row = table.get('a');
    if (row) row.id = 2;
    table.rewind();
    const current = table.current();
    if (current) current.id = 3;
    expect([table.get('a', 'id'), table.current()?.id]).toEqual([1, 1]);
  });

  it('counts what happened', () => {
    const table = makeTable();
    for (let i = 0; i < 70; i++) table.set(`k${i}`, { id: i });
    table.incr('k1', 'id');
    table.update('k2', {});
    table.del('k3');
    expect(table.stats()).toMatchObject({
      num: 69,
      insert_count: 70,
      update_count: 2,
      delete_count: 1,
      total_slice_num: 12,
    });
    const stats = table.stats() as TableStats;
    // 70 keys in 64 places: at least six find theirs taken.
    expect(stats.conflict_count).toBeGreaterThanOrEqual(6);
    expect(stats.conflict_max_level).toBeGreaterThanOrEqual(1);
    expect([table.count(), table.count(1)]).toEqual([69, 69 * 3]);
  });

  // What Swoole 6.2's own formula gives for 64 bits: rows, their index, the pool and its slices.
  it.each([
    [64, 0.2, 64 * 8 + 76 * 96 + 48 + 12 * 24],
    [1000, 0.5, 1024 * 8 + 1536 * 96 + 48 + 512 * 24],
  ])('reports the memory that %d rows take in Swoole', (rows, proportion, bytes) => {
    const table = new Table(rows, proportion);
    table.column('n', Table.TYPE_INT, 1);
    expect([table.memorySize, table.getMemorySize()]).toEqual([null, 0]);
    table.create();
    expect([table.memorySize, table.getMemorySize()]).toEqual([bytes, bytes]);
  });

  it('throws where PHP ends: before create(), when it is created twice or too big, and after destroy()', () => {
    const table = new Table(64);
    expect(() => table.set('a', {})).toThrow(
      'Swoole\\Table::set(): table is not created or has been destroyed',
    );
    expect(table.stats()).toBe(false);
    table.column('n', Table.TYPE_INT);
    table.create();
    expect(() => table.create()).toThrow('Swoole\\Table::create(): unable to allocate memory');
    expect(table.destroy()).toBe(true);
    expect(() => table.get('a')).toThrow('must call constructor first');
    expect(() => table.create()).toThrow('must call constructor first');
    expect([table.count(), table.getSize(), table.getMemorySize(), table.stats()]).toEqual([0, 0, 0, false]);
    const huge = new Table(-1);
    huge.column('s', Table.TYPE_STRING, 2 ** 30);
    expect(huge.getSize()).toBe(2 ** 31);
    expect(() => huge.create()).toThrow('unable to allocate memory');
  });

  it('takes what PHP takes as a key', () => {
    const table = makeTable();
    table.set(5, { id: 1 });
    expect([table.get('5', 'id'), table.exist(5), table.del('5')]).toEqual([1, true, true]);
    expect(() => table.set({} as string, {})).toThrow(
      'Swoole\\Table::set(): Argument #1 ($key) must be of type string, array given',
    );
    expect([table.set('é'.repeat(31), {}), table.set('é'.repeat(32), {})]).toEqual([true, false]);
    expect(warnings).toEqual(['Swoole\\Table::set(): key length exceeds the limit of 63 bytes']);
  });
});
