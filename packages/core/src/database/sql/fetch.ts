// PHP's ways to fetch rows, PDO::FETCH_*.
export const FETCH_ASSOC = 2;
export const FETCH_NUM = 3;
export const FETCH_BOTH = 4;
export const FETCH_OBJ = 5;
export const FETCH_BOUND = 6;
export const FETCH_COLUMN = 7;
const FETCH_FUNC = 10;
const FETCH_KEY_PAIR = 12;
const FETCH_GROUP = 0x10000;
const FETCH_UNIQUE = 0x30000;

type Row = readonly unknown[];

/** One row. @throws RangeError for a way that makes objects of PHP's classes */
export function fetchRow(
  columns: readonly string[],
  row: Row,
  mode: number,
  params: readonly unknown[],
): unknown {
  switch (mode) {
    case FETCH_ASSOC:
    case FETCH_OBJ:
      return Object.fromEntries(columns.map((name, i) => [name, row[i]]));
    case FETCH_NUM:
      return [...row];
    case FETCH_BOTH:
      return Object.fromEntries([...row.entries(), ...columns.map((name, i) => [name, row[i]] as const)]);
    case FETCH_COLUMN:
      return row[Number(params[0] ?? 0)];
    case FETCH_FUNC:
      return (params[0] as (...values: unknown[]) => unknown)(...row);
    default:
      throw new RangeError(`Fetch mode ${mode} is not supported`);
  }
}

/** All rows: a list, or an object where the mode makes keys of a column. */
export function fetchAll(
  columns: readonly string[],
  rows: readonly Row[],
  mode: number,
  params: readonly unknown[],
): unknown {
  if (mode === FETCH_KEY_PAIR) return Object.fromEntries(rows.map(([key, value]) => [String(key), value]));
  if (mode < FETCH_GROUP) return rows.map((row) => fetchRow(columns, row, mode, params));
  const unique = (mode & FETCH_UNIQUE) === FETCH_UNIQUE;
  const own = mode & 0xffff || FETCH_BOTH;
  const grouped: Record<string, unknown> = {};
  for (const [key, ...row] of rows) {
    const value = fetchRow(columns.slice(1), row, own, params);
    if (unique) grouped[String(key)] = value;
    else grouped[String(key)] = [...((grouped[String(key)] as unknown[] | undefined) ?? []), value];
  }
  return grouped;
}
