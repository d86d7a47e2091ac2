import { toFloat, toInt } from '../../value/convert.js';
import { type AnyArray, items } from '../../value/kinds.js';
import { Ref } from '../../value/ref.js';
import type { Result } from '../pdo/driver.js';
import type { mysqli } from './mysqli.js';
import { mysqli_result } from './result.js';

/** A statement of mysqli with places. */
export class mysqli_stmt {
  static readonly phpName: string = 'mysqli_stmt';
  errno = 0;
  error = '';
  affected_rows: number | string = 0;
  insert_id: number | string = 0;
  num_rows = 0;
  readonly #link: mysqli;
  readonly #sql: string;
  #types = '';
  #bound: unknown[] = [];
  #into: Ref<unknown>[] = [];
  #result: Result | null = null;
  #next = 0;

  constructor(link: mysqli, sql: string) {
    this.#link = link;
    this.#sql = sql;
  }

  /** Binds values, or Refs to variables, by letters: `i` int, `d` float, `s` string, `b` bytes. */
  bind_param(types: string, ...vars: unknown[]): boolean {
    this.#types = types;
    this.#bound = vars;
    return true;
  }

  /** Runs the statement. @param params values for the places, instead of bound ones @returns false on failure */
  async execute(params: AnyArray | null = null): Promise<boolean> {
    const values =
      params === null ? this.#bound.map((value, i) => cast(value, this.#types[i] ?? 's')) : items(params);
    this.#result = await this.#link.run(this.#sql, values);
    this.#next = 0;
    const { errno, error, affected_rows, insert_id } = this.#link;
    Object.assign(this, { errno, error, affected_rows, insert_id, num_rows: this.#result?.rows.length ?? 0 });
    return this.#result !== null;
  }

  /** What was found; false when the statement finds nothing. */
  get_result(): mysqli_result | false {
    return this.#result === null || this.#result.columns.length === 0
      ? false
      : new mysqli_result(this.#result);
  }

  /** Binds Refs that `fetch()` fills. */
  bind_result(...vars: Ref<never>[] | Ref<unknown>[]): boolean {
    this.#into = vars as Ref<unknown>[];
    return true;
  }

  /** Fills the bound Refs with the next row; null when there is none. */
  fetch(): true | null {
    const row = this.#result?.rows[this.#next++];
    if (row === undefined) return null;
    this.#into.forEach((box, i) => {
      box.value = row[i] ?? null;
    });
    return true;
  }

  store_result(): boolean {
    return this.#result !== null;
  }

  free_result(): void {}

  close(): true {
    return true;
  }
}

function cast(value: unknown, type: string): unknown {
  const plain = value instanceof Ref ? (value.value as unknown) : value;
  if (plain === null || plain === undefined) return null;
  return type === 'i' ? toInt(plain) : type === 'd' ? toFloat(plain) : plain;
}
