import { resolve } from '../../functions/callable.js';
import { toInt, toStr } from '../../value/convert.js';
import { type AnyArray, pairs } from '../../value/kinds.js';
import type { Mixed } from '../../value/mixed.js';
import { PhpArray } from '../../value/php-array.js';
import { Ref } from '../../value/ref.js';
import { DriverError, type Result } from './driver.js';
import { fetchRow } from './fetch.js';
import { PDO } from './pdo.js';
import { prepare } from './placeholders.js';

/** A statement of PDO, and what it found. */
export class PDOStatement {
  static readonly phpName: string = 'PDOStatement';
  readonly queryString: string;
  readonly #pdo: PDO;
  readonly #bound = new Map<number | string, unknown>();
  #result: Result = { columns: [], rows: [], affected: 0, lastId: '' };
  #next = 0;
  #mode: number | null = null;
  #args: unknown[] = [];
  #error: [string, number | string | null, string | null] = ['', null, null];

  constructor(pdo: PDO, sql: string) {
    this.#pdo = pdo;
    this.queryString = sql;
  }

  /** Binds a value: places count from 1, names are with or without a colon. */
  bindValue(param: unknown, value: unknown, type: number = PDO.PARAM_STR): boolean {
    this.#bound.set(placeOf(param), type === PDO.PARAM_INT && value !== null ? toInt(value) : value);
    return true;
  }

  /** Binds a variable: what it holds when the statement is executed counts. */
  bindParam(param: unknown, variable: Ref<never> | Ref<unknown>, _type: number = PDO.PARAM_STR): boolean {
    this.#bound.set(placeOf(param), variable);
    return true;
  }

  /** Runs the statement. @param params values for the places, instead of bound ones @returns false on failure */
  async execute(params: AnyArray | null = null): Promise<boolean> {
    const given =
      params === null
        ? this.#bound
        : new Map(
            pairs(params).map(([key, value]) => [
              typeof key === 'number' ? key : key.replace(/^:/, ''),
              value,
            ]),
          );
    const result = await this.#pdo.run(
      (driver) => {
        const { sql, places } = prepare(this.queryString, (number) => driver.mark(number));
        return { sql, params: places.map((place) => valueAt(given, place)) };
      },
      (info) => {
        this.#error = info;
      },
    );
    if (result === null) return false;
    this.#result = result;
    this.#next = 0;
    return true;
  }

  /** How `fetch` and `fetchAll` show rows, `PDO.FETCH_*`. */
  setFetchMode(mode: number, ...args: unknown[]): true {
    this.#mode = mode;
    this.#args = args;
    return true;
  }

  #modeOf(mode: number): number {
    return mode === PDO.FETCH_DEFAULT
      ? (this.#mode ?? toInt(this.#pdo.getAttribute(PDO.ATTR_DEFAULT_FETCH_MODE)))
      : mode;
  }

  /** The next row, false when there is none. */
  fetch(mode: number = PDO.FETCH_DEFAULT): Mixed {
    const row = this.#result.rows[this.#next];
    if (row === undefined) return false;
    this.#next++;
    return fetchRow(this.#result.columns, row, this.#modeOf(mode), this.#args);
  }

  /** All rows that are left. */
  fetchAll(mode: number = PDO.FETCH_DEFAULT, ...args: unknown[]): Mixed {
    const { columns } = this.#result;
    const rows = this.#result.rows.slice(this.#next);
    this.#next = this.#result.rows.length;
    const full = this.#modeOf(mode);
    const own = args.length > 0 ? args : this.#args;
    const plain = full & 0xffff;
    if ((full & PDO.FETCH_GROUP) !== 0) return group(columns, rows, full, own);
    if (plain === PDO.FETCH_KEY_PAIR)
      return PhpArray.fromEntries(rows.map(([key, value]) => [key, value] as const));
    if (plain === PDO.FETCH_FUNC) {
      const call = resolve(own[0], 'PDOStatement::fetchAll', 2);
      return rows.map((row) => call(...row));
    }
    return rows.map((row) => fetchRow(columns, row, plain, own));
  }

  /** One column of the next row, false when there is none. */
  fetchColumn(column = 0): Mixed {
    const row = this.#result.rows[this.#next];
    if (row === undefined) return false;
    this.#next++;
    return row[column] ?? null;
  }

  /** The next row as an object, false when there is none. */
  fetchObject(class_: unknown = null, constructorArgs: unknown[] = []): Mixed {
    const row = this.#result.rows[this.#next];
    if (row === undefined) return false;
    this.#next++;
    return class_ === null
      ? fetchRow(this.#result.columns, row, PDO.FETCH_OBJ, [])
      : fetchRow(this.#result.columns, row, PDO.FETCH_CLASS, [class_, constructorArgs]);
  }

  /** How many rows were changed; with MySQL and PostgreSQL also how many were found. */
  rowCount(): number {
    return this.#result.affected;
  }

  columnCount(): number {
    return this.#result.columns.length;
  }

  closeCursor(): boolean {
    this.#next = this.#result.rows.length;
    return true;
  }

  errorCode(): string | null {
    return this.#error[0] === '' ? null : this.#error[0];
  }

  errorInfo(): [string, number | string | null, string | null] {
    return this.#error;
  }

  *[Symbol.iterator](): Iterator<Mixed> {
    for (let row: unknown = this.fetch(); row !== false; row = this.fetch()) yield row;
  }
}

const placeOf = (param: unknown): number | string =>
  typeof param === 'number' ? param - 1 : toStr(param).replace(/^:/, '');

function valueAt(given: ReadonlyMap<number | string, unknown>, place: number | string): unknown {
  if (!given.has(place))
    throw new DriverError('HY093', '', 'Invalid parameter number: parameter was not defined');
  const value = given.get(place);
  return value instanceof Ref ? value.value : value;
}

/** Rows by their first column: all of each (FETCH_GROUP), or the last of each (FETCH_UNIQUE). */
function group(columns: string[], rows: unknown[][], mode: number, args: unknown[]): PhpArray<unknown> {
  const out = new PhpArray<unknown>();
  const unique = (mode & PDO.FETCH_UNIQUE) === PDO.FETCH_UNIQUE;
  for (const [key, ...rest] of rows) {
    const shown = fetchRow(columns.slice(1), rest, mode & 0xffff, args);
    if (unique) out.set(key, shown);
    else if (out.has(key)) (out.get(key) as unknown[]).push(shown);
    else out.set(key, [shown]);
  }
  return out;
}
