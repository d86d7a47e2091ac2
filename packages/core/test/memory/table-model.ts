import { Buffer } from 'node:buffer';
import type { TableInput, TableValue } from '../../src/memory/table/row-image.js';
import { Table } from '../../src/memory/table.js';

export type Values = { id?: TableInput; score?: TableInput; name?: TableInput };
type Row = { id: TableValue; score: TableValue; name: TableValue };

/** The longest name of `makeTable`, in bytes. */
export const NAME = 16;

export function makeTable(rows = 64): Table {
  const table = new Table(rows);
  table.column('id', Table.TYPE_INT);
  table.column('score', Table.TYPE_FLOAT);
  table.column('name', Table.TYPE_STRING, NAME);
  table.create();
  return table;
}

/** What a table with the columns of `makeTable` must do, said with a Map. It takes values of the columns' own types only. */
export class TableModel {
  readonly rows = new Map<string, Row>();

  constructor(private readonly capacity: number) {}

  set(key: string, values: Values): boolean {
    if (!this.rows.has(key) && this.rows.size === this.capacity) return false;
    const row = this.rows.get(key) ?? { id: 0, score: 0, name: '' };
    this.rows.set(key, { ...row, ...stored(values) });
    return true;
  }

  add(key: string, values: Values): boolean {
    return !this.rows.has(key) && this.set(key, values);
  }

  update(key: string, values: Values): boolean {
    return this.rows.has(key) && this.set(key, values);
  }

  get(key: string): Row | false {
    return this.rows.get(key) ?? false;
  }

  getdel(key: string): Row | false {
    const row = this.get(key);
    this.rows.delete(key);
    return row;
  }

  del(key: string): boolean {
    return this.rows.delete(key);
  }

  cmpset(key: string, expected: Values, values: Values): boolean {
    return this.holds(key, expected) && this.set(key, values);
  }

  cmpdel(key: string, expected: Values): boolean {
    return this.holds(key, expected) && this.del(key);
  }

  incr(key: string, column: 'id' | 'score', by: number | bigint): TableValue | false {
    const old = this.rows.get(key)?.[column] ?? 0;
    const value = column === 'id' ? shown(BigInt(old as number) + BigInt(by)) : Number(old) + Number(by);
    return this.set(key, { [column]: value }) && value;
  }

  private holds(key: string, expected: Values): boolean {
    const row = this.rows.get(key);
    return (
      row !== undefined &&
      Object.entries(expected).every(([name, value]) =>
        Object.is(bytes(row[name as keyof Row]), bytes(value)),
      )
    );
  }
}

/** A value by its bytes: text and bytes are the same for a comparison, and so are 0 and 0n. */
const bytes = (value: unknown): unknown => {
  if (typeof value === 'string' || value instanceof Uint8Array)
    return Buffer.from(value as string).toString('hex');
  return typeof value === 'bigint' ? shown(value) : value;
};

export function shown(value: bigint): number | bigint {
  const wrapped = BigInt.asIntN(64, value);
  return wrapped <= BigInt(Number.MAX_SAFE_INTEGER) && wrapped >= BigInt(Number.MIN_SAFE_INTEGER)
    ? Number(wrapped)
    : wrapped;
}

function stored(values: Values): Partial<Row> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, storedValue(value)]));
}

function storedValue(value: TableInput): TableValue {
  if (typeof value === 'string') return cut(value);
  if (value instanceof Uint8Array) return Buffer.from(value.subarray(0, NAME));
  return typeof value === 'bigint' ? shown(value) : (value as number);
}

/** As many whole characters as fit. */
function cut(text: string): string {
  let result = '';
  for (const character of Buffer.from(text).toString()) {
    if (Buffer.byteLength(result + character) > NAME) break;
    result += character;
  }
  return result;
}
