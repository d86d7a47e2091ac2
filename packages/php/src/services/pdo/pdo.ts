import { warn } from '../../errors/raise.js';
import { toInt, toStr } from '../../value/convert.js';
import { type AnyArray, pairs } from '../../value/kinds.js';
import type { Mixed } from '../../value/mixed.js';
import type { Driver, Result } from './driver.js';
import { DriverError } from './driver.js';
import { PDOException, pdoException } from './exception.js';
import { openMysql } from './mysql.js';
import { openPostgres } from './postgres.js';
import { openSqlite } from './sqlite.js';
import { PDOStatement } from './statement.js';

/**
 * PHP's PDO: SQLite (`npm install better-sqlite3`, or node:sqlite where Node has it), MySQL (`mysql2`) and PostgreSQL (`pg`).
 * The connection is made at the first statement, so what goes wrong with it shows there; `await PDO.connect(…)` makes it at once.
 * `query`, `exec`, `execute` and the transactions give promises; what was found is read without waiting.
 */
export class PDO {
  static readonly phpName: string = 'PDO';
  static readonly PARAM_NULL = 0;
  static readonly PARAM_INT = 1;
  static readonly PARAM_STR = 2;
  static readonly PARAM_LOB = 3;
  static readonly PARAM_BOOL = 5;
  static readonly FETCH_DEFAULT = 0;
  static readonly FETCH_LAZY = 1;
  static readonly FETCH_ASSOC = 2;
  static readonly FETCH_NUM = 3;
  static readonly FETCH_BOTH = 4;
  static readonly FETCH_OBJ = 5;
  static readonly FETCH_COLUMN = 7;
  static readonly FETCH_CLASS = 8;
  static readonly FETCH_FUNC = 10;
  static readonly FETCH_KEY_PAIR = 12;
  static readonly FETCH_GROUP = 65536;
  static readonly FETCH_UNIQUE = 196608;
  static readonly FETCH_PROPS_LATE = 1048576;
  static readonly ATTR_AUTOCOMMIT = 0;
  static readonly ATTR_TIMEOUT = 2;
  static readonly ATTR_ERRMODE = 3;
  static readonly ATTR_SERVER_VERSION = 4;
  static readonly ATTR_CASE = 8;
  static readonly ATTR_ORACLE_NULLS = 11;
  static readonly ATTR_PERSISTENT = 12;
  static readonly ATTR_DRIVER_NAME = 16;
  static readonly ATTR_STRINGIFY_FETCHES = 17;
  static readonly ATTR_DEFAULT_FETCH_MODE = 19;
  static readonly ATTR_EMULATE_PREPARES = 20;
  static readonly ERRMODE_SILENT = 0;
  static readonly ERRMODE_WARNING = 1;
  static readonly ERRMODE_EXCEPTION = 2;
  static readonly CASE_NATURAL = 0;
  static readonly MYSQL_ATTR_USE_BUFFERED_QUERY = 1000;
  static readonly MYSQL_ATTR_INIT_COMMAND = 1002;

  readonly #attributes = new Map<number, unknown>([
    [PDO.ATTR_ERRMODE, PDO.ERRMODE_EXCEPTION],
    [PDO.ATTR_DEFAULT_FETCH_MODE, PDO.FETCH_BOTH],
  ]);
  readonly #open: () => Promise<Driver>;
  readonly #kind: string;
  #driver: Promise<Driver> | null = null;
  #inTransaction = false;
  #lastId = '0';
  #error: [string, number | string | null, string | null] = ['', null, null];

  /** @param dsn `sqlite:/path`, `sqlite::memory:`, `mysql:host=…;dbname=…;charset=…`, `pgsql:host=…;dbname=…` */
  constructor(
    dsn: unknown,
    username: unknown = null,
    password: unknown = null,
    options: AnyArray | null = null,
  ) {
    const [kind = '', ...rest] = toStr(dsn).split(':');
    const parts = rest.join(':');
    this.#kind = kind;
    this.#open = opener(kind, parts, toStr(username), toStr(password));
    for (const [key, value] of pairs(options ?? [])) this.#attributes.set(toInt(key), value);
  }

  /** A connection that is made already; a failure is thrown as PDOException. */
  static async connect(
    dsn: unknown,
    username: unknown = null,
    password: unknown = null,
    options: AnyArray | null = null,
  ): Promise<PDO> {
    const pdo = new PDO(dsn, username, password, options);
    await pdo.#connected();
    return pdo;
  }

  static getAvailableDrivers(): string[] {
    return ['mysql', 'pgsql', 'sqlite'];
  }

  #connected(): Promise<Driver> {
    this.#driver ??= this.#open().then(async (driver) => {
      const first = this.#attributes.get(PDO.MYSQL_ATTR_INIT_COMMAND);
      if (typeof first === 'string') await driver.run(first, []);
      return driver;
    });
    return this.#driver.catch((error: unknown) => {
      this.#driver = null;
      throw pdoException(error);
    });
  }

  /** @internal Runs a statement; null when it failed and errors are not thrown. */
  async run(
    make: (driver: Driver) => { sql: string; params: unknown[] },
    report: (info: [string, number | string | null, string | null]) => void,
  ): Promise<Result | null> {
    const driver = await this.#connected();
    try {
      const { sql, params } = make(driver);
      const result = await driver.run(sql, params);
      if (result.lastId !== '' && result.lastId !== '0') this.#lastId = result.lastId;
      report(['00000', null, null]);
      return result;
    } catch (error) {
      const exception = error instanceof PDOException ? error : pdoException(error);
      report(exception.errorInfo ?? ['HY000', null, exception.getMessage()]);
      const mode = this.#attributes.get(PDO.ATTR_ERRMODE);
      if (mode === PDO.ERRMODE_EXCEPTION || !(error instanceof DriverError)) throw exception;
      if (mode === PDO.ERRMODE_WARNING) warn(exception.getMessage());
      return null;
    }
  }

  readonly #report = (info: [string, number | string | null, string | null]): void => {
    this.#error = info;
  };

  /** A statement with places `?` or `:name`; what is wrong with it shows when it is executed. */
  prepare(query: unknown, _options: unknown = null): PDOStatement {
    return new PDOStatement(this, toStr(query));
  }

  /** Runs a statement and gives it with what it found; false on failure. */
  async query(
    query: unknown,
    fetchMode: number | null = null,
    ...args: unknown[]
  ): Promise<PDOStatement | false> {
    const statement = this.prepare(query);
    if (fetchMode !== null) statement.setFetchMode(fetchMode, ...args);
    const done = await statement.execute();
    this.#error = statement.errorInfo();
    return done ? statement : false;
  }

  /** Runs a statement and gives how many rows it changed; false on failure. */
  async exec(statement: unknown): Promise<number | false> {
    const result = await this.run(() => ({ sql: toStr(statement), params: [] }), this.#report);
    return result === null ? false : result.affected;
  }

  async beginTransaction(): Promise<boolean> {
    if (this.#inTransaction) throw new PDOException('There is already an active transaction');
    await this.exec(this.#kind === 'mysql' ? 'START TRANSACTION' : 'BEGIN');
    this.#inTransaction = true;
    return true;
  }

  async commit(): Promise<boolean> {
    return this.#end('COMMIT');
  }

  async rollBack(): Promise<boolean> {
    return this.#end('ROLLBACK');
  }

  async #end(how: string): Promise<boolean> {
    if (!this.#inTransaction) throw new PDOException('There is no active transaction');
    this.#inTransaction = false;
    return (await this.exec(how)) !== false;
  }

  inTransaction(): boolean {
    return this.#inTransaction;
  }

  /** The id of the row that was inserted last. With PostgreSQL ask `SELECT lastval()`. */
  lastInsertId(_name: unknown = null): string {
    return this.#lastId;
  }

  /** A string between quotes, for a statement. */
  quote(string: unknown, _type: number = PDO.PARAM_STR): string {
    const text = toStr(string);
    if (this.#kind !== 'mysql') return `'${text.replaceAll("'", "''").replaceAll('\0', '')}'`;
    return `'${text.replace(/[\0\n\r\\'"\x1a]/g, (char) => `\\${{ '\0': '0', '\n': 'n', '\r': 'r', '\x1a': 'Z' }[char] ?? char}`)}'`;
  }

  setAttribute(attribute: number, value: unknown): boolean {
    this.#attributes.set(attribute, value);
    return true;
  }

  getAttribute(attribute: number): Mixed {
    return attribute === PDO.ATTR_DRIVER_NAME ? this.#kind : (this.#attributes.get(attribute) ?? null);
  }

  errorCode(): string | null {
    return this.#error[0] === '' ? null : this.#error[0];
  }

  errorInfo(): [string, number | string | null, string | null] {
    return this.#error;
  }

  /** Ends the connection; PHP does that when the object is gone. */
  async close(): Promise<void> {
    const driver = this.#driver;
    this.#driver = null;
    await (await driver)?.close();
  }
}

function opener(kind: string, rest: string, user: string, password: string): () => Promise<Driver> {
  if (kind === 'sqlite') return () => openSqlite(rest);
  const parts = Object.fromEntries(
    rest.split(';').map((part) => part.split('=').map((piece) => piece.trim()) as [string, string]),
  );
  if (kind === 'mysql')
    return () =>
      openMysql({
        user,
        password,
        ...(parts.unix_socket
          ? { socketPath: parts.unix_socket }
          : { host: parts.host ?? 'localhost', port: Number(parts.port ?? 3306) }),
        ...(parts.dbname ? { database: parts.dbname } : {}),
        ...(parts.charset ? { charset: parts.charset } : {}),
      });
  if (kind === 'pgsql')
    return () =>
      openPostgres({
        host: parts.host ?? 'localhost',
        port: Number(parts.port ?? 5432),
        database: parts.dbname ?? parts.user ?? user,
        user: parts.user ?? user,
        password: parts.password ?? password,
      });
  throw new PDOException('could not find driver');
}
