import { RuntimeException } from '../../errors/exceptions.js';
import { toInt, toStr } from '../../value/convert.js';
import { type Driver, DriverError, type Result } from '../pdo/driver.js';
import { openMysql } from '../pdo/mysql.js';
import { mysqli_result } from './result.js';
import { mysqli_stmt } from './statement.js';

export const MYSQLI_REPORT_OFF = 0;
export const MYSQLI_REPORT_ERROR = 1;
export const MYSQLI_REPORT_STRICT = 2;
export const MYSQLI_REPORT_ALL = 255;

let report = MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT;

/** Whether failures are thrown (the default) or only give false. */
export function mysqli_report(flags: number): true {
  report = flags;
  return true;
}

/** What mysqli throws. */
export class mysqli_sql_exception extends RuntimeException {
  static override readonly phpName: string = 'mysqli_sql_exception';
  sqlstate = '00000';

  getSqlState(): string {
    return this.sqlstate;
  }
}

/**
 * PHP's mysqli, on mysql2 (`npm install mysql2`). The connection is made at the first statement; `await mysqli_connect(…)` makes it at once.
 * What talks to the server gives a promise; what was found is read without waiting.
 */
export class mysqli {
  static readonly phpName: string = 'mysqli';
  errno = 0;
  error = '';
  sqlstate = '00000';
  connect_errno = 0;
  connect_error: string | null = null;
  insert_id: number | string = 0;
  affected_rows: number | string = 0;
  #driver: Promise<Driver> | null = null;
  #where: Parameters<typeof openMysql>[0] | null = null;

  constructor(
    hostname: unknown = null,
    username: unknown = null,
    password: unknown = null,
    database: unknown = null,
    port: unknown = null,
    socket: unknown = null,
  ) {
    if (hostname !== null) this.#place(hostname, username, password, database, port, socket);
  }

  #place(
    hostname: unknown,
    username: unknown,
    password: unknown,
    database: unknown,
    port: unknown,
    socket: unknown,
  ): void {
    this.#where = {
      ...(socket === null
        ? { host: toStr(hostname).replace(/^p:/, ''), port: port === null ? 3306 : toInt(port) }
        : { socketPath: toStr(socket) }),
      user: toStr(username),
      password: toStr(password),
      ...(database === null ? {} : { database: toStr(database) }),
    };
  }

  /** Makes the connection; false, or a mysqli_sql_exception, when that fails. */
  async real_connect(
    hostname: unknown = null,
    username: unknown = null,
    password: unknown = null,
    database: unknown = null,
    port: unknown = null,
    socket: unknown = null,
  ): Promise<boolean> {
    if (hostname !== null) this.#place(hostname, username, password, database, port, socket);
    try {
      await this.#connected();
      return true;
    } catch (error) {
      return this.failed(error);
    }
  }

  #connected(): Promise<Driver> {
    if (this.#where === null) throw new mysqli_sql_exception('mysqli object is not fully initialized');
    this.#driver ??= openMysql(this.#where);
    return this.#driver.catch((error: unknown) => {
      this.#driver = null;
      if (error instanceof DriverError) {
        this.connect_errno = Number(error.code);
        this.connect_error = error.message;
      }
      throw error;
    });
  }

  /** @internal Runs a statement and keeps its numbers; null when it failed and failures are not thrown. */
  async run(sql: string, params: unknown[]): Promise<Result | null> {
    try {
      const result = await (await this.#connected()).run(sql, params);
      Object.assign(this, {
        errno: 0,
        error: '',
        sqlstate: '00000',
        affected_rows: result.affected,
        insert_id: Number(result.lastId),
      });
      return result;
    } catch (error) {
      this.failed(error);
      return null;
    }
  }

  /** @internal */
  protected failed(error: unknown): false {
    if (!(error instanceof DriverError)) throw error;
    Object.assign(this, {
      errno: Number(error.code),
      error: error.message,
      sqlstate: error.state,
      affected_rows: -1,
    });
    if ((report & MYSQLI_REPORT_STRICT) === 0) return false;
    throw Object.assign(new mysqli_sql_exception(error.message, Number(error.code), error), {
      sqlstate: error.state,
    });
  }

  /** Runs a statement: what it found, or true when it finds nothing; false on failure. */
  async query(query: unknown, _result_mode = 0): Promise<mysqli_result | boolean> {
    const result = await this.run(toStr(query), []);
    if (result === null) return false;
    return result.columns.length === 0 ? true : new mysqli_result(result);
  }

  real_query(query: unknown): Promise<mysqli_result | boolean> {
    return this.query(query);
  }

  /** A statement with places `?`; what is wrong with it shows when it is executed. */
  prepare(query: unknown): mysqli_stmt {
    return new mysqli_stmt(this, toStr(query));
  }

  async begin_transaction(_flags = 0, _name: unknown = null): Promise<boolean> {
    return (await this.run('START TRANSACTION', [])) !== null;
  }

  async commit(_flags = 0, _name: unknown = null): Promise<boolean> {
    return (await this.run('COMMIT', [])) !== null;
  }

  async rollback(_flags = 0, _name: unknown = null): Promise<boolean> {
    return (await this.run('ROLLBACK', [])) !== null;
  }

  async autocommit(enable: boolean): Promise<boolean> {
    return (await this.run(`SET autocommit=${enable ? 1 : 0}`, [])) !== null;
  }

  async select_db(database: unknown): Promise<boolean> {
    return (await this.run(`USE \`${toStr(database).replaceAll('`', '``')}\``, [])) !== null;
  }

  async set_charset(charset: unknown): Promise<boolean> {
    return (await this.run(`SET NAMES ${this.#name(charset)}`, [])) !== null;
  }

  #name(value: unknown): string {
    return toStr(value).replace(/[^A-Za-z0-9_]/g, '');
  }

  async ping(): Promise<boolean> {
    return (await this.run('SELECT 1', [])) !== null;
  }

  /** Text for a place between quotes. */
  real_escape_string(string: unknown): string {
    return toStr(string).replace(
      /[\0\n\r\\'"\x1a]/g,
      (char) => `\\${{ '\0': '0', '\n': 'n', '\r': 'r', '\x1a': 'Z' }[char] ?? char}`,
    );
  }

  escape_string(string: unknown): string {
    return this.real_escape_string(string);
  }

  async close(): Promise<true> {
    const driver = this.#driver;
    this.#driver = null;
    await (await driver)?.close();
    return true;
  }
}
