import { loadPeer } from '../peer.js';
import { type Driver, DriverError, type Result } from './driver.js';

interface Connection {
  query(options: {
    sql: string;
    values: unknown[];
    rowsAsArray: true;
  }): Promise<[unknown, { name: string }[] | undefined]>;
  end(): Promise<void>;
}

export interface MysqlOptions {
  host?: string;
  port?: number;
  socketPath?: string;
  user: string;
  password: string;
  database?: string;
  charset?: string;
}

/** MySQL and MariaDB by `mysql2`. */
export async function openMysql(options: MysqlOptions): Promise<Driver> {
  const { module } = await loadPeer<{ createConnection(options: object): Promise<Connection> }>(
    'A connection to MySQL',
    'mysql2/promise',
  );
  const connection = await attempt(() =>
    module.createConnection({
      ...options,
      dateStrings: true,
      supportBigNumbers: true,
      multipleStatements: false,
    }),
  );
  return {
    mark: () => '?',
    close: () => connection.end(),
    run: (sql, params) =>
      attempt(async (): Promise<Result> => {
        const [answer, fields] = await connection.query({ sql, values: params, rowsAsArray: true });
        if (Array.isArray(answer))
          return {
            columns: (fields ?? []).map(({ name }) => name),
            rows: answer as unknown[][],
            affected: answer.length,
            lastId: '0',
          };
        const { affectedRows, insertId } = answer as { affectedRows: number; insertId: number | string };
        return { columns: [], rows: [], affected: affectedRows, lastId: String(insertId) };
      }),
  };
}

async function attempt<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const {
      sqlState = 'HY000',
      errno = 2002,
      message,
      code,
    } = error as { sqlState?: string; errno?: number; message: string; code?: string };
    throw new DriverError(
      sqlState.replace(/^#/, ''),
      code === 'ECONNREFUSED' ? 2002 : errno,
      code === 'ECONNREFUSED' ? 'Connection refused' : message,
    );
  }
}
