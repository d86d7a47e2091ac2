import { loadPeer } from '../peer.js';
import { type Driver, DriverError } from './driver.js';

interface Client {
  connect(): Promise<void>;
  query(query: { text: string; values: unknown[]; rowMode: 'array' }): Promise<Answer | Answer[]>;
  end(): Promise<void>;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

interface Answer {
  fields: { name: string }[];
  rows: unknown[][];
  rowCount: number | null;
}

/** PostgreSQL by `pg`. */
export async function openPostgres(options: {
  host: string;
  port: number;
  database: string;
  user: string;
  password: string;
}): Promise<Driver> {
  const { module } = await loadPeer<{ Client: new (options: object) => Client }>('PDO with PostgreSQL', 'pg');
  const client = new module.Client(options);
  // A connection that breaks while nothing is asked shows at the next statement.
  client.on('error', () => {});
  await attempt(() => client.connect());
  return {
    mark: (number) => `$${number}`,
    close: () => client.end(),
    run: (sql, params) =>
      attempt(async () => {
        const answers = await client.query({ text: sql, values: params, rowMode: 'array' });
        const { fields, rows, rowCount } = Array.isArray(answers) ? (answers.at(-1) as Answer) : answers;
        return { columns: fields.map(({ name }) => name), rows, affected: rowCount ?? 0, lastId: '' };
      }),
  };
}

async function attempt<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const {
      code = '08006',
      message,
      severity,
    } = error as { code?: string; message: string; severity?: string };
    throw new DriverError(
      /^[0-9A-Z]{5}$/.test(code) ? code : '08006',
      7,
      severity === undefined ? message : `${severity}:  ${message}`,
    );
  }
}
