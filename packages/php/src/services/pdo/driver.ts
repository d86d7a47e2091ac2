/** What a statement gave. */
export interface Result {
  columns: string[];
  rows: unknown[][];
  affected: number;
  lastId: string;
}

/** A connection to a database. */
export interface Driver {
  /** What a place in a statement looks like. */
  mark(number: number): string;
  run(sql: string, params: unknown[]): Promise<Result>;
  close(): Promise<void>;
}

/** An error of the database, in parts. */
export class DriverError extends Error {
  constructor(
    readonly state: string,
    readonly code: number | string,
    message: string,
  ) {
    super(message);
  }
}
