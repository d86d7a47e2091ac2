import { rows, type SettingRow } from '../row.js';

/** The settings that are kept and act in a later release: several workers, tasks, TCP and UDP. */
export const laterRows: readonly SettingRow[] = rows('later', 'server', [
  [
    'max_concurrency',
    'int',
    4294967295,
    'The most requests at once in the server; more are answered with 503.',
  ],
  ['worker_max_concurrency', 'int', 4294967295, 'The most requests at once in a worker; more have to wait.'],
  ['max_queued_bytes', 'size', 0, 'The most bytes waiting for one busy worker.'],
  ['discard_timeout_request', 'bool', false, 'Drops requests of connections that are closed.'],
  ['start_session_id', 'int', 1, 'Where connection numbers begin.'],
  ['send_timeout', 'float', 0, 'Seconds that a send may take.'],
  ['send_yield', 'bool', true, 'Lets a send wait while the buffer of the client is full.'],
  ['http_compression_types', 'array', [], 'Types of the responses that are compressed; empty for all.'],
  ['url_rewrite_rules', 'array', [], 'Replacements in the path before the static handler looks at it.'],
  ['stats_file', 'string', '', 'File that the numbers of stats() are written to.'],
  ['stats_timer_interval', 'int', 1000, 'Milliseconds between two writes of stats_file.'],
  ['admin_server', 'string', '', 'Address of the administration interface.'],
  ['input_buffer_size', 'size', 2097152, 'The most bytes of one TCP packet.'],
  ['socket_connect_timeout', 'float', 10, 'Seconds that a connect of a client may take.'],
  ['socket_timeout', 'float', 60, 'Seconds that a read or write of a client may take.'],
  ['socket_read_timeout', 'float', 60, 'Seconds that a read of a client may take.'],
  ['socket_write_timeout', 'float', 60, 'Seconds that a write of a client may take.'],
]);
