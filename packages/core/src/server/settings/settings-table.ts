import type { SettingRow } from './row.js';
import { ignoredRows } from './rows/ignored.js';
import { laterRows } from './rows/later.js';
import { workingRows } from './rows/works.js';

export type { SettingDefault, SettingRow, SettingStatus, SettingType } from './row.js';

/** Other names of settings. When both are given the setting itself wins, then the first name here. */
const aliases: ReadonlyArray<readonly [alias: string, name: string]> = [
  ['max_conn', 'max_connection'],
  ['compression_level', 'http_compression_level'],
  ['http_gzip_level', 'http_compression_level'],
  ['http_compression_min_length', 'compression_min_length'],
  ['compression_types', 'http_compression_types'],
  ['buffer_output_size', 'output_buffer_size'],
  ['buffer_input_size', 'input_buffer_size'],
  ['task_use_object', 'task_object'],
  ['package_body_start', 'package_body_offset'],
  ['socket_recv_timeout', 'socket_read_timeout'],
  ['socket_send_timeout', 'socket_write_timeout'],
  ['max_coroutine', 'max_coro_num'],
  ['stack_size', 'c_stack_size'],
];

function aliasRows(rows: readonly SettingRow[]): SettingRow[] {
  const byName = new Map(rows.map((row) => [row.name, row]));
  return aliases.map(([alias, name]) => {
    const row = byName.get(name);
    if (!row) throw new Error(`${alias} is another name of ${name}, which is no setting`);
    return { ...row, name: alias, alias: name, meaning: `Another name of ${name}.` };
  });
}

const named: readonly SettingRow[] = [...workingRows, ...laterRows, ...ignoredRows];

/** Every setting of Swoole 6.2, and the few added here: validation, types and the reference are made from it. */
export const settingsTable: readonly SettingRow[] = [...named, ...aliasRows(named)];
