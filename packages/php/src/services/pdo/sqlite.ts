import { loadPeer } from '../peer.js';
import { type Driver, DriverError, type Result } from './driver.js';

/** What better-sqlite3, node:sqlite and node-sqlite3-wasm have in common. */
interface Database {
  prepare(sql: string): Statement;
  exec(sql: string): unknown;
  close(): void;
}

interface Statement {
  /** better-sqlite3: whether it gives rows. */
  readonly reader?: boolean;
  raw?(on: boolean): Statement;
  columns?(): { name: string }[];
  /** node-sqlite3-wasm: the statement must be given up. */
  finalize?(): void;
  all(...params: unknown[]): unknown[];
  run(...params: unknown[]): { changes: number | bigint; lastInsertRowid: number | bigint };
}

type Open = new (path: string) => Database;

/** SQLite by better-sqlite3, by node:sqlite where Node has it, or by node-sqlite3-wasm. */
export async function openSqlite(path: string): Promise<Driver> {
  const packages = ['better-sqlite3', 'node:sqlite', 'node-sqlite3-wasm'] as const;
  const { name, module } = await loadPeer<Open & { DatabaseSync?: Open; Database?: Open }>(
    'PDO with SQLite',
    ...packages,
  );
  const Class = module.DatabaseSync ?? module.Database ?? module;
  const database = attempt(() => new Class(path === '' ? ':memory:' : path), 14);
  // node-sqlite3-wasm takes its values as one list.
  const spread = (params: unknown[]): unknown[] => (name === 'node-sqlite3-wasm' ? [params] : params);
  return {
    mark: () => '?',
    close: async () => database.close(),
    run: async (sql, params) => attempt(() => execute(database, sql, spread(params.map(toSqlite))), 1),
  };
}

const toSqlite = (value: unknown): unknown => (typeof value === 'boolean' ? Number(value) : (value ?? null));

const GIVES_ROWS =
  /^\s*(?:--[^\n]*\s+|\/\*[\s\S]*?\*\/\s*)*(?:select|with|values|pragma|explain)\b|\breturning\b/i;

function execute(database: Database, sql: string, params: unknown[]): Result {
  const statements = split(sql);
  const last = statements.pop() ?? sql;
  for (const before of statements) database.exec(before);
  const statement = database.prepare(last);
  try {
    if (!(statement.reader ?? GIVES_ROWS.test(last))) {
      const { changes, lastInsertRowid } = statement.run(...params);
      return { columns: [], rows: [], affected: Number(changes), lastId: String(lastInsertRowid) };
    }
    statement.raw?.(true);
    const rows = statement.all(...params);
    const columns = statement.columns?.().map((column) => column.name) ?? Object.keys(rows[0] ?? {});
    const shown = rows.map((row) => (Array.isArray(row) ? (row as unknown[]) : Object.values(row as object)));
    return { columns, rows: shown, affected: 0, lastId: '' };
  } finally {
    statement.finalize?.();
  }
}

/** Several statements in one text: all but the last are run as they are. */
function split(sql: string): string[] {
  if (/\bTRIGGER\b/i.test(sql)) return [sql];
  const parts = sql.match(/(?:'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|[^;'"-]|-)+/g) ?? [sql];
  const wanted = parts.filter((part) => part.replace(/--[^\n]*/g, '').trim() !== '');
  return wanted.length === 0 ? [sql] : wanted;
}

/** The numbers of SQLite by what its messages begin with; the packages do not agree on how to tell them. */
const NUMBERS: readonly (readonly [message: RegExp, number: number])[] = [
  [/constraint failed/i, 19],
  [/database is locked/i, 5],
  [/readonly database/i, 8],
  [/unable to open/i, 14],
  [/datatype mismatch/i, 20],
  [/not a database/i, 26],
];

function attempt<T>(work: () => T, otherwise: number): T {
  try {
    return work();
  } catch (error) {
    const { message } = error as Error;
    const number = NUMBERS.find(([pattern]) => pattern.test(message))?.[1] ?? otherwise;
    throw new DriverError(number === 19 ? '23000' : 'HY000', number, message);
  }
}
