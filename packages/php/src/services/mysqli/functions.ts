import type { Mixed } from '../../value/mixed.js';
import { mysqli } from './mysqli.js';
import { MYSQLI_BOTH, MYSQLI_NUM, type mysqli_result } from './result.js';
import type { mysqli_stmt } from './statement.js';

/** A connection that is made already; false, or a mysqli_sql_exception, when that fails. */
export async function mysqli_connect(
  hostname: unknown = 'localhost',
  username: unknown = null,
  password: unknown = null,
  database: unknown = null,
  port: unknown = null,
  socket: unknown = null,
): Promise<mysqli | false> {
  const link = new mysqli();
  return (await link.real_connect(hostname, username, password, database, port, socket)) ? link : false;
}

export function mysqli_query(mysql: mysqli, query: unknown): Promise<mysqli_result | boolean> {
  return mysql.query(query);
}
export function mysqli_prepare(mysql: mysqli, query: unknown): mysqli_stmt {
  return mysql.prepare(query);
}
export function mysqli_fetch_assoc(result: mysqli_result): Mixed {
  return result.fetch_assoc();
}
export function mysqli_fetch_array(result: mysqli_result, mode = MYSQLI_BOTH): Mixed {
  return result.fetch_array(mode);
}
export function mysqli_fetch_row(result: mysqli_result): Mixed {
  return result.fetch_row();
}
export function mysqli_fetch_object(result: mysqli_result): Mixed {
  return result.fetch_object();
}
export function mysqli_fetch_all(result: mysqli_result, mode = MYSQLI_NUM): Mixed[] {
  return result.fetch_all(mode);
}
export function mysqli_num_rows(result: mysqli_result): number {
  return result.num_rows;
}
export function mysqli_free_result(_result: mysqli_result): void {}
export function mysqli_real_escape_string(mysql: mysqli, string: unknown): string {
  return mysql.real_escape_string(string);
}
export { mysqli_real_escape_string as mysqli_escape_string };
export function mysqli_insert_id(mysql: mysqli): number | string {
  return mysql.insert_id;
}
export function mysqli_affected_rows(mysql: mysqli): number | string {
  return mysql.affected_rows;
}
export function mysqli_error(mysql: mysqli): string {
  return mysql.error;
}
export function mysqli_errno(mysql: mysqli): number {
  return mysql.errno;
}
export function mysqli_set_charset(mysql: mysqli, charset: unknown): Promise<boolean> {
  return mysql.set_charset(charset);
}
export function mysqli_select_db(mysql: mysqli, database: unknown): Promise<boolean> {
  return mysql.select_db(database);
}
export function mysqli_ping(mysql: mysqli): Promise<boolean> {
  return mysql.ping();
}
export function mysqli_close(mysql: mysqli): Promise<true> {
  return mysql.close();
}
