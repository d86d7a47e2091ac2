/** What a statement may be given for a placeholder. */
export type SqlValue = string | number | bigint | boolean | null | Uint8Array | Date;

/** What a statement gave. */
export interface SqlResult {
  /** The names of the columns; none for a statement that gives no rows. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  /** How many rows it changed, or gave. */
  readonly affected: number;
}

/** A connection to a database, whatever the database. */
export interface SqlConnection {
  /** Runs one statement; its placeholders are `?`, or `:name` for named ones. */
  run(sql: string, values: ReadonlyMap<number | string, SqlValue>): Promise<SqlResult>;
  /** The id of the last row that was inserted, or the last value of a sequence. */
  lastInsertId(name: string | null): Promise<string>;
  /** A text as it may stand in a statement, with its quotes. */
  quote(text: string): string;
  /** Whether it may keep the program from ending. */
  setIdle(idle: boolean): void;
  close(): void;
}
