import { Exception } from '../errors/exception.js';
import { DetectsLostConnections } from './detects-lost-connections.js';
import { PDOStatementProxy } from './pdo-statement-proxy.js';
import { ATTR_ERRMODE, ERRMODE_EXCEPTION } from './sql/attributes.js';
import type { SqlConnection, SqlResult, SqlValue } from './sql/connection.js';

const NOTHING: ReadonlyMap<number | string, SqlValue> = new Map();

/**
 * A connection with the methods of PHP's PDO, which connects again when it was lost. What fails throws the error of the package that
 * speaks to the database.
 * @see Swoole\Database\PDOProxy
 */
export class PDOProxy {
  static readonly phpName = 'Swoole\\Database\\PDOProxy';
  readonly #open: () => Promise<SqlConnection>;
  readonly #attributes = new Map<number, unknown>([[ATTR_ERRMODE, ERRMODE_EXCEPTION]]);
  #connection: SqlConnection | null = null;
  #round = 0;
  #transactions = 0;

  /** @param constructor_ opens a connection, at the first call that needs one @see Swoole\Database\PDOProxy::__construct */
  constructor(constructor_: () => Promise<SqlConnection>) {
    this.#open = constructor_;
  }

  /** How often it has connected again. @see Swoole\Database\PDOProxy::getRound */
  getRound(): number {
    return this.#round;
  }

  /** Connects again; attributes stay. @throws what connecting throws @see Swoole\Database\PDOProxy::reconnect */
  async reconnect(): Promise<void> {
    this.close();
    this.#connection = await this.#open();
    this.#round++;
  }

  /** Sets one of PHP's `PDO::ATTR_*`. @returns true @see Swoole\Database\PDOProxy::setAttribute */
  setAttribute(attribute: number, value: unknown): boolean {
    this.#attributes.set(attribute, value);
    return true;
  }

  /** One of PHP's `PDO::ATTR_*`, null for one that is not set. */
  getAttribute(attribute: number): unknown {
    return this.#attributes.get(attribute) ?? null;
  }

  /** Whether a transaction is open. @see Swoole\Database\PDOProxy::inTransaction */
  inTransaction(): boolean {
    return this.#transactions > 0;
  }

  /** Forgets that a transaction is open. @see Swoole\Database\PDOProxy::reset */
  reset(): void {
    this.#transactions = 0;
  }

  /** A statement to be executed, with `?` or `:name` where values go. Nothing is sent before `execute()`. */
  prepare(query: string): PDOStatementProxy {
    return new PDOStatementProxy(query, this);
  }

  /** Runs a statement that gives rows. @param fetchMode how its rows are fetched, one of PHP's `PDO::FETCH_*` */
  async query(query: string, fetchMode?: number, ...params: unknown[]): Promise<PDOStatementProxy> {
    const statement = this.prepare(query);
    if (fetchMode !== undefined) statement.setFetchMode(fetchMode, ...params);
    await statement.execute();
    return statement;
  }

  /** Runs a statement. @returns how many rows it changed */
  async exec(statement: string): Promise<number> {
    const { columns, affected } = await this.run(statement, NOTHING);
    return columns.length > 0 ? 0 : affected;
  }

  /** Begins a transaction. @throws Exception when one is open */
  async beginTransaction(): Promise<boolean> {
    if (this.inTransaction()) throw new Exception('There is already an active transaction');
    await this.run('START TRANSACTION', NOTHING);
    this.#transactions++;
    return true;
  }

  /** Ends the transaction: its changes stay. @throws Exception when none is open */
  commit(): Promise<boolean> {
    return this.#endTransaction('COMMIT');
  }

  /** Ends the transaction: its changes are undone. @throws Exception when none is open */
  rollBack(): Promise<boolean> {
    return this.#endTransaction('ROLLBACK');
  }

  /** The id of the last row that was inserted. @param name with PostgreSQL the name of the sequence */
  async lastInsertId(name: string | null = null): Promise<string> {
    return (await this.#connected()).lastInsertId(name);
  }

  /** A text with quotes around it, as it may stand in a statement. Placeholders are better. @throws Exception before it has connected */
  quote(string: string): string {
    if (this.#connection === null) throw new Exception('There is no connection');
    return this.#connection.quote(string);
  }

  /** Ends the connection; the next call that needs one connects again. */
  close(): void {
    this.#connection?.close();
    this.#connection = null;
  }

  /** @internal Connects now. */
  async connect(): Promise<void> {
    await this.#connected();
  }

  /** @internal Runs a statement, once more on a new connection when the connection is lost outside of a transaction. */
  async run(sql: string, values: ReadonlyMap<number | string, SqlValue>): Promise<SqlResult> {
    const connection = await this.#connected();
    try {
      return await connection.run(sql, values);
    } catch (error) {
      if (this.inTransaction() || !DetectsLostConnections.causedByLostConnection(error)) throw error;
      await this.reconnect();
      return (await this.#connected()).run(sql, values);
    }
  }

  /** @internal Undoes what the last user has left open. A connection that cannot is replaced. */
  async leaveTransaction(): Promise<void> {
    if (!this.inTransaction()) return;
    await this.rollBack().catch(() => this.reconnect());
  }

  /** @internal */
  setIdle(idle: boolean): void {
    this.#connection?.setIdle(idle);
  }

  async #connected(): Promise<SqlConnection> {
    this.#connection ??= await this.#open();
    return this.#connection;
  }

  async #endTransaction(sql: string): Promise<boolean> {
    if (!this.inTransaction()) throw new Exception('There is no active transaction');
    try {
      await this.run(sql, NOTHING);
    } finally {
      this.#transactions--;
    }
    return true;
  }
}
