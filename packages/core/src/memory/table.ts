import { Error as SwooleError } from '../errors/error.js';
import { SWOOLE_ERROR_WRONG_OPERATION } from '../errors/numbers.js';
import type { Int64 } from './int64.js';
import { fatal, full, refuse, step, type TableKey, takeExpected, takeKey } from './table/arguments.js';
import { TableContents, type TableStats } from './table/contents.js';
import { TableIterator } from './table/iterator.js';
import { type ColumnDefinition, TYPE_FLOAT, TYPE_INT, TYPE_STRING } from './table/layout.js';
import type { TableInput, TableValue } from './table/row-image.js';
import { ABSENT, ANY, DONE, FULL, PRESENT } from './table/row-store.js';
import { conflictRows, memorySize, roundRows, stringSize } from './table/swoole-size.js';

/** A row of any table. */
export type TableRow = Record<string, TableValue>;
type Values<Row> = { [Name in keyof Row]?: TableInput };
type Sum<Row, Name extends keyof Row> = Extract<Row[Name], Int64>;

const COUNT_RECURSIVE = 1;

/**
 * Rows by key in memory that all threads share. Each call is complete before another thread sees anything of it, so no update is
 * lost and no row is half old and half new. The type argument names the columns: `new Swoole.Table<{ name: string }>(1024)`.
 *
 * A string column gives a string for what was set as text and a Buffer for bytes; an integer column a number, and a bigint
 * beyond 2^53. The table holds as many rows as it was asked for, and as many more as Swoole keeps for conflicts.
 * @see Swoole\Table
 */
export class Table<Row extends object = TableRow> implements Iterable<[key: string, row: Row]> {
  static readonly phpName = 'Swoole\\Table';
  static readonly TYPE_INT = TYPE_INT;
  static readonly TYPE_FLOAT = TYPE_FLOAT;
  static readonly TYPE_STRING = TYPE_STRING;

  /** The number of rows, a power of two; null before `create()`. */
  size: number | null = null;
  /** The bytes that it takes in Swoole; null before `create()`. */
  memorySize: number | null = null;

  readonly #definitions = new Map<string, ColumnDefinition>();
  readonly #rows: number;
  readonly #conflicts: number;
  #contents: TableContents | null = null;
  #destroyed = false;
  #walk: TableIterator | null = null;

  /**
   * @param table_size how many rows it must hold; rounded up to a power of two, at least 64
   * @param conflict_proportion how many more rows it may hold, as a part of its size, from 0.2 to 1
   * @see Swoole\Table::__construct
   */
  constructor(table_size: number, conflict_proportion = 0.2) {
    this.#rows = roundRows(table_size);
    this.#conflicts = conflictRows(this.#rows, conflict_proportion);
  }

  /**
   * Adds a column, before `create()`.
   * @param type one of `TYPE_INT` (64 bits), `TYPE_FLOAT` and `TYPE_STRING`
   * @param size for strings their longest length in bytes, rounded up to a multiple of 8; longer ones are cut
   * @returns false for an unknown type, a name that is taken, and a string column without a size
   * @see Swoole\Table::column
   */
  column(name: string, type: number, size = 0): boolean {
    if (type === TYPE_STRING && !(size >= 1))
      return refuse('column', 'the length of string type values has to be more than zero');
    if (this.#contents !== null) return refuse('column', 'unable to add column after table has been created');
    if (type !== TYPE_INT && type !== TYPE_FLOAT && type !== TYPE_STRING) return false;
    if (this.#definitions.has(name)) return false;
    const bytes = type === TYPE_STRING ? stringSize(Math.trunc(size)) : 8;
    this.#definitions.set(name, { name, type, size: bytes });
    return true;
  }

  /**
   * Takes the memory. Before `start()` it is memory that all workers share, so every worker must create the same tables.
   * @throws Swoole.Error when it is created already, or when there is not so much memory
   * @see Swoole\Table::create
   */
  create(): boolean {
    if (this.#destroyed) return this.#gone();
    const columns = [...this.#definitions.values()];
    if (this.#contents !== null) throw fatal('create', 'unable to allocate memory');
    try {
      this.#contents = new TableContents(columns, this.#rows, this.#conflicts);
    } catch (error) {
      if (error instanceof RangeError) throw fatal('create', 'unable to allocate memory');
      throw error;
    }
    this.size = this.#rows;
    this.memorySize = memorySize(this.#rows, this.#conflicts, columns);
    return true;
  }

  /** Lets go of the memory; other threads keep theirs. Afterwards the table cannot be used. @see Swoole\Table::destroy */
  destroy(): boolean {
    this.#open('destroy');
    this.#contents = null;
    this.#walk = null;
    this.#destroyed = true;
    return true;
  }

  /**
   * Sets columns of a row, which is made if there is none. Columns that are not named stay as they are, or are empty and 0 in a
   * new row; names that are no columns are ignored.
   * @returns false for an impossible key, and when the table is full
   * @see Swoole\Table::set
   */
  set(key: TableKey, value: Values<Row>): boolean {
    const contents = this.#open('set');
    if (!takeKey(contents, 'set', key)) return false;
    contents.image.encode(value);
    return contents.rows.write(ANY, null) === DONE || full('set', key);
  }

  /**
   * Makes a row.
   * @returns false when there is one of this key, for an impossible key, and when the table is full
   * @see Swoole\Table::add
   */
  add(key: TableKey, values: Values<Row>): boolean {
    const contents = this.#open('add');
    if (!takeKey(contents, 'add', key)) return false;
    contents.image.encode(values);
    const result = contents.rows.write(ABSENT, null);
    return result === FULL ? full('add', key) : result === DONE;
  }

  /**
   * Sets columns of a row that exists.
   * @returns false when there is none, and for an impossible key
   * @see Swoole\Table::update
   */
  update(key: TableKey, values: Values<Row>): boolean {
    const contents = this.#open('update');
    if (!takeKey(contents, 'update', key)) return false;
    contents.image.encode(values);
    return contents.rows.write(PRESENT, null) === DONE;
  }

  /**
   * Sets columns of a row if other columns, or the same ones, hold what is expected.
   * @param expected columns and their values, at least one
   * @returns false when there is no such row, when it holds something else, and for an impossible key
   * @see Swoole\Table::cmpset
   */
  cmpset(key: TableKey, expected: Values<Row>, values: Values<Row>): boolean {
    const contents = this.#open('cmpset');
    if (!takeKey(contents, 'cmpset', key) || !takeExpected(contents, 'cmpset', expected)) return false;
    contents.image.encode(values);
    return contents.rows.write(PRESENT, contents.expected) === DONE;
  }

  /**
   * A row as an object of its own, or one column of it.
   * @returns false when there is no such row or column, and for an impossible key
   * @see Swoole\Table::get
   */
  get(key: TableKey, field?: null): Row | false;
  get<Name extends keyof Row>(key: TableKey, field: Name): Row[Name] | false;
  get(key: TableKey, field: PropertyKey | null = null): unknown {
    const contents = this.#open('get');
    if (!takeKey(contents, 'get', key)) return false;
    if (field === null) return contents.rows.read(null) && contents.image.decode();
    const column = contents.layout.byName.get(field as string);
    return column !== undefined && contents.rows.read(column) && contents.image.value(column);
  }

  /**
   * Deletes a row and gives what it held, or one column of it.
   * @returns false when there is no such row or column, and for an impossible key
   * @see Swoole\Table::getdel
   */
  getdel(key: TableKey, field?: null): Row | false;
  getdel<Name extends keyof Row>(key: TableKey, field: Name): Row[Name] | false;
  getdel(key: TableKey, field: PropertyKey | null = null): unknown {
    const contents = this.#open('getdel');
    if (!takeKey(contents, 'getdel', key)) return false;
    const column = field === null ? null : contents.layout.byName.get(field as string);
    if (column === undefined || !contents.rows.remove(true, null)) return false;
    return column === null ? contents.image.decode() : contents.image.value(column);
  }

  /** Whether there is a row; false for an impossible key too. @see Swoole\Table::exist */
  exist(key: TableKey): boolean {
    return this.#has('exist', key);
  }

  /** Whether there is a row; false for an impossible key too. @see Swoole\Table::exists */
  exists(key: TableKey): boolean {
    return this.#has('exists', key);
  }

  #has(method: string, key: TableKey): boolean {
    const contents = this.#open(method);
    return takeKey(contents, method, key) && contents.rows.has();
  }

  /** Deletes a row; false when there is none, and for an impossible key. @see Swoole\Table::del */
  del(key: TableKey): boolean {
    return this.#remove('del', key);
  }

  /** Deletes a row; false when there is none, and for an impossible key. @see Swoole\Table::delete */
  delete(key: TableKey): boolean {
    return this.#remove('delete', key);
  }

  #remove(method: string, key: TableKey): boolean {
    const contents = this.#open(method);
    return takeKey(contents, method, key) && contents.rows.remove(false, null);
  }

  /**
   * Deletes a row if columns hold what is expected.
   * @param expected columns and their values, at least one
   * @returns false when there is no such row, when it holds something else, and for an impossible key
   * @see Swoole\Table::cmpdel
   */
  cmpdel(key: TableKey, expected: Values<Row>): boolean {
    const contents = this.#open('cmpdel');
    if (!takeKey(contents, 'cmpdel', key) || !takeExpected(contents, 'cmpdel', expected)) return false;
    return contents.rows.remove(false, contents.expected);
  }

  /**
   * Adds to a column of numbers; a row that does not exist is made and begins with 0. Integers go round at 64 bits.
   * @returns the new value; false for a string or unknown column, an impossible key, and when the table is full
   * @see Swoole\Table::incr
   */
  incr<Name extends keyof Row>(
    key: TableKey,
    column: Name,
    incrby: number | bigint = 1,
  ): Sum<Row, Name> | false {
    return this.#count('incr', key, column as string, incrby) as Sum<Row, Name> | false;
  }

  /**
   * Subtracts from a column of numbers; a row that does not exist is made and begins with 0. Integers go round at 64 bits.
   * @returns the new value; false for a string or unknown column, an impossible key, and when the table is full
   * @see Swoole\Table::decr
   */
  decr<Name extends keyof Row>(
    key: TableKey,
    column: Name,
    incrby: number | bigint = 1,
  ): Sum<Row, Name> | false {
    return this.#count('decr', key, column as string, incrby) as Sum<Row, Name> | false;
  }

  #count(method: 'incr' | 'decr', key: TableKey, name: string, by: number | bigint): Int64 | false {
    const contents = this.#open(method);
    if (!takeKey(contents, method, key)) return false;
    const column = contents.layout.byName.get(name);
    if (column === undefined) return refuse(method, `column[${name}] does not exist`);
    if (column.type === TYPE_STRING)
      return refuse(method, `can't execute '${method}' on a string type column`);
    const value = contents.rows.add(column, step(column, by, method === 'decr'));
    return value ?? refuse(method, 'unable to allocate memory');
  }

  /**
   * How many rows there are.
   * @param mode 1, PHP's COUNT_RECURSIVE, counts columns
   * @see Swoole\Table::count
   */
  count(mode = 0): number {
    if (this.#contents === null) return 0;
    return this.#contents.rows.count() * (mode === COUNT_RECURSIVE ? this.#definitions.size : 1);
  }

  /** The number of rows it was made for; 0 when it is destroyed. @see Swoole\Table::getSize */
  getSize(): number {
    return this.#destroyed ? 0 : this.#rows;
  }

  /** The bytes that it takes in Swoole; 0 before `create()` and when it is destroyed. @see Swoole\Table::getMemorySize */
  getMemorySize(): number {
    return (this.#contents === null ? null : this.memorySize) ?? 0;
  }

  /** Counts of this table, by all threads; false when it is not created. @see Swoole\Table::stats */
  stats(): TableStats | false {
    return this.#contents === null ? false : this.#contents.stats();
  }

  /** Walks over `[key, row]`, in no promised order; the table may be changed meanwhile. Walks do not disturb each other. */
  *[Symbol.iterator](): IterableIterator<[key: string, row: Row]> {
    const walk = this.#start('rewind');
    while (walk.forward()) yield [walk.key!, walk.row as Row];
  }

  /** Begins the table's own walk, goes to its first row. @see Swoole\Table::rewind */
  rewind(): void {
    this.#walk = this.#start('rewind');
    this.#walk.forward();
  }

  /** Whether the walk has not come to its end. @see Swoole\Table::valid */
  valid(): boolean {
    this.#open('valid');
    return this.#walk !== null && this.#walk.row !== null;
  }

  /** Goes to the next row of the walk. @see Swoole\Table::next */
  next(): void {
    this.#walk ??= this.#start('next');
    this.#walk.forward();
  }

  /** The row that the walk is at, null at its end. @see Swoole\Table::current */
  current(): Row | null {
    this.#open('current');
    return this.#walk?.row ? ({ ...this.#walk.row } as Row) : null;
  }

  /** The key of the row that the walk is at, null at its end. @see Swoole\Table::key */
  key(): string | null {
    this.#open('key');
    return this.#walk?.key ?? null;
  }

  #start(method: string): TableIterator {
    const { rows, key, image } = this.#open(method);
    return new TableIterator(rows, key, image);
  }

  #open(method: string): TableContents {
    if (this.#contents !== null) return this.#contents;
    if (this.#destroyed) this.#gone();
    throw fatal(method, 'table is not created or has been destroyed');
  }

  #gone(): never {
    throw new SwooleError('must call constructor first', SWOOLE_ERROR_WRONG_OPERATION);
  }
}
