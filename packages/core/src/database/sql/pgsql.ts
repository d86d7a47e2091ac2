import type { Client, QueryResult } from 'pg';
import { loadPeer } from '../load-peer.js';
import type { PDOConfig } from '../pdo-config.js';
import { ATTR_TIMEOUT } from './attributes.js';
import type { SqlConnection, SqlResult, SqlValue } from './connection.js';
import { placeholdersOf } from './placeholders.js';
import { valuesOf } from './values.js';

/** PostgreSQL's numbers of types. */
const [BOOL, BYTEA, INT8, INT2, INT4, FLOAT4, FLOAT8] = [16, 17, 20, 21, 23, 700, 701];
const BINARY = 'binary';

/** As PDO: numbers and truth as such, bytes as bytes, all else as the text that the server sends. */
function parserOf(oid: number): (text: string) => unknown {
  switch (oid) {
    case BOOL:
      return (text) => text === 't';
    case INT2:
    case INT4:
    case FLOAT4:
    case FLOAT8:
      return Number;
    case INT8:
      return (text) => (Number.isSafeInteger(Number(text)) ? Number(text) : text);
    case BYTEA:
      return (text) => Buffer.from(text.slice(2), 'hex');
    default:
      return (text) => text;
  }
}

/** PostgreSQL by the package `pg`. */
export class PgsqlConnection implements SqlConnection {
  readonly #client: Client;

  private constructor(client: Client) {
    this.#client = client;
  }

  static async open(config: PDOConfig): Promise<PgsqlConnection> {
    const pg = loadPeer<typeof import('pg')>('pg', 'PDOPool with the driver pgsql');
    const timeout = Number(config.getOptions()[ATTR_TIMEOUT] ?? 0);
    const client = new pg.Client({
      host: config.getUnixSocket() ?? config.getHost(),
      port: config.getPort(),
      database: config.getDbname(),
      user: config.getUsername(),
      password: config.getPassword(),
      ...(timeout > 0 ? { connectionTimeoutMillis: timeout * 1000 } : {}),
    });
    // What was running tells of a lost connection itself.
    client.on('error', () => {});
    await client.connect();
    return new PgsqlConnection(client);
  }

  async run(sql: string, values: ReadonlyMap<number | string, SqlValue>): Promise<SqlResult> {
    const { pieces, names } = placeholdersOf(sql, false);
    // A name that stands twice is one parameter.
    const own = [...new Set(names)];
    const text = pieces.reduce((left, right, i) => `${left}$${own.indexOf(names[i - 1] ?? '') + 1}${right}`);
    const answer = (await this.#client.query({
      text,
      ...(own.length === 0 ? {} : { values: valuesOf(own, values) }),
      rowMode: 'array',
      types: {
        getTypeParser: (oid: number, format?: string) =>
          format === BINARY ? (bytes: unknown) => bytes : parserOf(oid),
      },
    })) as QueryResult<never> | QueryResult<never>[];
    const last = Array.isArray(answer) ? answer.at(-1) : answer;
    return {
      columns: last?.fields.map(({ name }) => name) ?? [],
      rows: last?.rows ?? [],
      affected: last?.rowCount ?? 0,
    };
  }

  async lastInsertId(name: string | null): Promise<string> {
    const { rows } =
      name === null
        ? await this.run('SELECT LASTVAL()', new Map())
        : await this.run('SELECT CURRVAL(?)', new Map([[1, name]]));
    return String(rows[0]?.[0]);
  }

  quote(text: string): string {
    return this.#client.escapeLiteral(text);
  }

  setIdle(idle: boolean): void {
    const socket = this.#client as unknown as { ref(): void; unref(): void };
    if (idle) socket.unref();
    else socket.ref();
  }

  close(): void {
    void this.#client.end().catch(() => {});
  }
}
