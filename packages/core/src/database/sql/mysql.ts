import type { Connection, FieldPacket, ResultSetHeader } from 'mysql2/promise';
import { loadPeer } from '../load-peer.js';
import type { PDOConfig } from '../pdo-config.js';
import { ATTR_TIMEOUT } from './attributes.js';
import type { SqlConnection, SqlResult, SqlValue } from './connection.js';
import { placeholdersOf } from './placeholders.js';
import { valuesOf } from './values.js';

/** MySQL and MariaDB by the package `mysql2`, with prepared statements of the server. */
export class MysqlConnection implements SqlConnection {
  readonly #connection: Connection;
  #insertId = '0';

  private constructor(connection: Connection) {
    this.#connection = connection;
    // What was running tells of a lost connection itself.
    connection.on('error', () => {});
  }

  static async open(config: PDOConfig): Promise<MysqlConnection> {
    const { createConnection } = loadPeer<typeof import('mysql2/promise')>(
      'mysql2/promise',
      'PDOPool with the driver mysql',
    );
    const timeout = Number(config.getOptions()[ATTR_TIMEOUT] ?? 0);
    const socket = config.getUnixSocket();
    const connection = await createConnection({
      ...(config.hasUnixSocket() && socket !== null
        ? { socketPath: socket }
        : { host: config.getHost(), port: config.getPort() }),
      ...(timeout > 0 ? { connectTimeout: timeout * 1000 } : {}),
      database: config.getDbname(),
      user: config.getUsername(),
      password: config.getPassword(),
      charset: config.getCharset(),
      rowsAsArray: true,
      dateStrings: true,
      jsonStrings: true,
      supportBigNumbers: true,
      // As PDO: rows that an UPDATE finds but leaves as they are do not count.
      flags: ['-FOUND_ROWS'],
    });
    return new MysqlConnection(connection);
  }

  async run(sql: string, values: ReadonlyMap<number | string, SqlValue>): Promise<SqlResult> {
    const { pieces, names } = placeholdersOf(sql, true);
    const [rows, fields] = (
      names.length === 0
        ? await this.#connection.query(pieces.join(''))
        : await this.#connection.execute(pieces.join('?'), valuesOf(names, values).map(parameter))
    ) as [ResultSetHeader | unknown[][], FieldPacket[] | undefined];
    if (!Array.isArray(rows)) {
      if (rows.insertId > 0) this.#insertId = String(rows.insertId);
      return { columns: [], rows: [], affected: rows.affectedRows };
    }
    return { columns: (fields ?? []).map(({ name }) => name), rows, affected: rows.length };
  }

  async lastInsertId(): Promise<string> {
    return this.#insertId;
  }

  quote(text: string): string {
    return this.#connection.escape(text);
  }

  setIdle(idle: boolean): void {
    const { stream } = this.#connection as unknown as { stream?: { ref?(): unknown; unref?(): unknown } };
    if (idle) stream?.unref?.();
    else stream?.ref?.();
  }

  close(): void {
    this.#connection.destroy();
  }
}

/** Bytes as mysql2 knows them. */
const parameter = (value: SqlValue): Exclude<SqlValue, Uint8Array> | Buffer =>
  value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : value;
