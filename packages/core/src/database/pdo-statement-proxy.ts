import type { PDOProxy } from './pdo-proxy.js';
import { ATTR_DEFAULT_FETCH_MODE, ATTR_STRINGIFY_FETCHES } from './sql/attributes.js';
import type { SqlResult, SqlValue } from './sql/connection.js';
import { FETCH_BOTH, FETCH_BOUND, fetchAll, fetchRow } from './sql/fetch.js';
import { sqlValue } from './sql/values.js';

/** A variable of PHP by reference. */
export interface BoundVariable {
  value: unknown;
}

const EMPTY: SqlResult = { columns: [], rows: [], affected: 0 };

/**
 * A statement with the methods of PHP's PDOStatement. Its rows are all there when `execute()` has ended, so that fetching waits for nothing.
 * @see Swoole\Database\PDOStatementProxy
 */
export class PDOStatementProxy {
  static readonly phpName = 'Swoole\\Database\\PDOStatementProxy';
  /** The text of the statement. */
  readonly queryString: string;
  readonly #parent: PDOProxy;
  readonly #attributes = new Map<number, unknown>();
  readonly #values = new Map<number | string, SqlValue>();
  readonly #variables = new Map<number | string, BoundVariable>();
  readonly #columns = new Map<number | string, BoundVariable>();
  #fetchMode: readonly [mode: number, ...params: unknown[]] | null = null;
  #result: SqlResult = EMPTY;
  #next = 0;

  /** @param object the text of the statement @see Swoole\Database\PDOStatementProxy::__construct */
  constructor(object: string, parent: PDOProxy) {
    this.queryString = object;
    this.#parent = parent;
  }

  /** Sets one of PHP's `PDO::ATTR_*` for this statement. @returns true @see Swoole\Database\PDOStatementProxy::setAttribute */
  setAttribute(attribute: number, value: unknown): boolean {
    this.#attributes.set(attribute, value);
    return true;
  }

  /** Sets how rows are fetched unless told otherwise. @param mode one of PHP's `PDO::FETCH_*` @returns true @see Swoole\Database\PDOStatementProxy::setFetchMode */
  setFetchMode(mode: number, ...params: unknown[]): boolean {
    this.#fetchMode = [mode, ...params];
    return true;
  }

  /** Sets the value of a placeholder. @param parameter its number from 1, or its name @returns true @see Swoole\Database\PDOStatementProxy::bindValue */
  bindValue(parameter: number | string, value: unknown): boolean {
    const name = nameOf(parameter);
    this.#variables.delete(name);
    this.#values.set(name, sqlValue(value));
    return true;
  }

  /**
   * Sets a variable for a placeholder: the value that it has when the statement is executed.
   * @param parameter its number from 1, or its name
   * @param variable an object with the value in `value`, for PHP's reference
   * @returns true
   * @see Swoole\Database\PDOStatementProxy::bindParam
   */
  bindParam(parameter: number | string, variable: BoundVariable): boolean {
    this.#variables.set(nameOf(parameter), variable);
    return true;
  }

  /**
   * Sets a variable that gets the value of a column with every row that is fetched with `PDO::FETCH_BOUND`.
   * @param column its number from 1, or its name
   * @param param an object whose `value` gets it, for PHP's reference
   * @returns true
   * @see Swoole\Database\PDOStatementProxy::bindColumn
   */
  bindColumn(column: number | string, param: BoundVariable): boolean {
    this.#columns.set(column, param);
    return true;
  }

  /**
   * Executes the statement.
   * @param params the values of the placeholders: a list, or an object with names; without them what was bound
   * @returns true
   * @throws the error of the database; InvalidArgumentException when there are more or fewer values than placeholders
   */
  async execute(
    params: readonly unknown[] | Readonly<Record<string, unknown>> | null = null,
  ): Promise<boolean> {
    const values = params === null ? this.#bound() : given(params);
    this.#next = 0;
    this.#result = EMPTY;
    const stringify = this.#attribute(ATTR_STRINGIFY_FETCHES);
    const result = await this.#parent.run(this.queryString, values);
    this.#result =
      stringify === true || stringify === 1 ? { ...result, rows: result.rows.map(asText) } : result;
    return true;
  }

  /** The next row, false behind the last. @param mode one of PHP's `PDO::FETCH_*`; 0 for the one that is set */
  fetch(mode = 0): unknown {
    const row = this.#result.rows[this.#next];
    if (row === undefined) return false;
    this.#next++;
    const [own, ...params] = this.#mode(mode);
    if (own === FETCH_BOUND) return this.#fillColumns(row);
    return fetchRow(this.#result.columns, row, own, params);
  }

  /** All rows that are left. @param mode one of PHP's `PDO::FETCH_*`; 0 for the one that is set */
  fetchAll(mode = 0, ...args: unknown[]): unknown {
    const rows = this.#result.rows.slice(this.#next);
    this.#next = this.#result.rows.length;
    const [own, ...params] = this.#mode(mode);
    return fetchAll(this.#result.columns, rows, own, args.length > 0 ? args : params);
  }

  /** One column of the next row, false behind the last. @param column from 0 */
  fetchColumn(column = 0): unknown {
    const row = this.#result.rows[this.#next];
    if (row === undefined) return false;
    this.#next++;
    return row[column];
  }

  /** How many rows it changed, or gave. */
  rowCount(): number {
    return this.#result.affected;
  }

  /** How many columns its rows have. */
  columnCount(): number {
    return this.#result.columns.length;
  }

  /** Forgets the rows that are left. @returns true */
  closeCursor(): boolean {
    this.#result = EMPTY;
    return true;
  }

  /** Walks over the rows that are left. */
  *[Symbol.iterator](): IterableIterator<unknown> {
    for (let row = this.fetch(); row !== false; row = this.fetch()) yield row;
  }

  #bound(): Map<number | string, SqlValue> {
    const values = new Map(this.#values);
    for (const [name, variable] of this.#variables) values.set(name, sqlValue(variable.value));
    return values;
  }

  #attribute(attribute: number): unknown {
    return this.#attributes.get(attribute) ?? this.#parent.getAttribute(attribute);
  }

  #mode(asked: number): readonly [mode: number, ...params: unknown[]] {
    if (asked !== 0) return [asked];
    if (this.#fetchMode !== null) return this.#fetchMode;
    return [Number(this.#attribute(ATTR_DEFAULT_FETCH_MODE) ?? FETCH_BOTH)];
  }

  #fillColumns(row: readonly unknown[]): true {
    for (const [column, variable] of this.#columns) {
      const at = typeof column === 'number' ? column - 1 : this.#result.columns.indexOf(column);
      variable.value = row[at] ?? null;
    }
    return true;
  }
}

const nameOf = (parameter: number | string): number | string =>
  typeof parameter === 'string' ? parameter.replace(/^:/, '') : parameter;

function given(
  params: readonly unknown[] | Readonly<Record<string, unknown>>,
): Map<number | string, SqlValue> {
  if (Array.isArray(params)) return new Map(params.map((value, i) => [i + 1, sqlValue(value)]));
  return new Map(Object.entries(params).map(([name, value]) => [nameOf(name), sqlValue(value)]));
}

const asText = (row: readonly unknown[]): unknown[] =>
  row.map((value) =>
    typeof value === 'number' ? String(value) : typeof value === 'boolean' ? (value ? '1' : '') : value,
  );
