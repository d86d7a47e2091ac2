import type { Mixed } from '../../value/mixed.js';
import type { Result } from '../pdo/driver.js';
import { fetchRow } from '../pdo/fetch.js';
import { PDO } from '../pdo/pdo.js';

export const MYSQLI_ASSOC = 1;
export const MYSQLI_NUM = 2;
export const MYSQLI_BOTH = 3;

/** What a statement of mysqli found. */
export class mysqli_result {
  static readonly phpName: string = 'mysqli_result';
  readonly num_rows: number;
  readonly field_count: number;
  readonly #result: Result;
  #next = 0;

  constructor(result: Result) {
    this.#result = result;
    this.num_rows = result.rows.length;
    this.field_count = result.columns.length;
  }

  #fetch(mode: number, otherwise: null | false = null): Mixed {
    const row = this.#result.rows[this.#next];
    if (row === undefined) return otherwise;
    this.#next++;
    return fetchRow(this.#result.columns, row, mode, []);
  }

  /** The next row by name, null when there is none. */
  fetch_assoc(): Mixed {
    return this.#fetch(PDO.FETCH_ASSOC);
  }

  fetch_row(): Mixed {
    return this.#fetch(PDO.FETCH_NUM);
  }

  /** @param mode `MYSQLI_ASSOC`, `MYSQLI_NUM` or `MYSQLI_BOTH` */
  fetch_array(mode = MYSQLI_BOTH): Mixed {
    return this.#fetch(
      mode === MYSQLI_ASSOC ? PDO.FETCH_ASSOC : mode === MYSQLI_NUM ? PDO.FETCH_NUM : PDO.FETCH_BOTH,
    );
  }

  fetch_object(): Mixed {
    return this.#fetch(PDO.FETCH_OBJ);
  }

  /** One column of the next row, false when there is none. */
  fetch_column(column = 0): Mixed {
    const row: unknown = this.#fetch(PDO.FETCH_NUM, false);
    return Array.isArray(row) ? row[column] : false;
  }

  /** All rows that are left. */
  fetch_all(mode = MYSQLI_NUM): Mixed[] {
    const rows: unknown[] = [];
    for (let row: unknown = this.fetch_array(mode); row !== null; row = this.fetch_array(mode))
      rows.push(row);
    return rows;
  }

  data_seek(offset: number): boolean {
    if (offset < 0 || offset >= this.num_rows) return false;
    this.#next = offset;
    return true;
  }

  free(): void {}
  close(): void {}
  free_result(): void {}

  *[Symbol.iterator](): Iterator<Mixed> {
    for (let row: unknown = this.fetch_assoc(); row !== null; row = this.fetch_assoc()) yield row;
  }
}
