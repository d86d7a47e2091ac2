import { table } from '../table.js';

// Which Swoole class a name means: pre-namespace names, OpenSwoole, short names.

const OLD = table<string>({
  swoole_server: 'Swoole\\Server',
  swoole_http_server: 'Swoole\\Http\\Server',
  swoole_http_request: 'Swoole\\Http\\Request',
  swoole_http_response: 'Swoole\\Http\\Response',
  swoole_websocket_server: 'Swoole\\WebSocket\\Server',
  swoole_websocket_frame: 'Swoole\\WebSocket\\Frame',
  swoole_websocket_closeframe: 'Swoole\\WebSocket\\CloseFrame',
  swoole_server_port: 'Swoole\\Server\\Port',
  swoole_table: 'Swoole\\Table',
  swoole_atomic: 'Swoole\\Atomic',
  swoole_atomic_long: 'Swoole\\Atomic\\Long',
  swoole_lock: 'Swoole\\Lock',
  swoole_process: 'Swoole\\Process',
  swoole_process_pool: 'Swoole\\Process\\Pool',
  swoole_client: 'Swoole\\Client',
  swoole_http_client: 'Swoole\\Http\\Client',
  swoole_redis: 'Swoole\\Redis',
  swoole_redis_server: 'Swoole\\Redis\\Server',
  swoole_mysql: 'Swoole\\MySQL',
  swoole_timer: 'Swoole\\Timer',
  swoole_event: 'Swoole\\Event',
  swoole_exception: 'Swoole\\Exception',
  swoole_error: 'Swoole\\Error',
  swoole_connection_iterator: 'Swoole\\Connection\\Iterator',
  swoole_timer_iterator: 'Swoole\\Timer\\Iterator',
  swoole_channel: 'Swoole\\Channel',
  swoole_buffer: 'Swoole\\Buffer',
  swoole_mmap: 'Swoole\\Mmap',
  swoole_serialize: 'Swoole\\Serialize',
  swoole_async: 'Swoole\\Async',
});

/** How Swoole itself writes the parts of its names, by lower case. */
const PARTS = table<string>({
  swoole: 'Swoole',
  websocket: 'WebSocket',
  http: 'Http',
  http2: 'Http2',
  server: 'Server',
  client: 'Client',
  coroutine: 'Coroutine',
  request: 'Request',
  response: 'Response',
  frame: 'Frame',
  closeframe: 'CloseFrame',
  table: 'Table',
  atomic: 'Atomic',
  process: 'Process',
  timer: 'Timer',
  event: 'Event',
  channel: 'Channel',
  runtime: 'Runtime',
  port: 'Port',
  lock: 'Lock',
  redis: 'Redis',
  mysql: 'MySQL',
  system: 'System',
  waitgroup: 'WaitGroup',
});

/** The current name of a Swoole class, or null when the name is not Swoole's. A leading backslash is not expected. */
export function swooleClass(name: string): string | null {
  const lower = name.toLowerCase();
  const old = OLD[lower];
  if (old) return old;
  if (lower === 'co' || lower === 'chan')
    return lower === 'co' ? 'Swoole\\Coroutine' : 'Swoole\\Coroutine\\Channel';
  if (lower.startsWith('co\\')) return `Swoole\\Coroutine\\${name.slice(3)}`;
  const [first = '', ...rest] = name.split('\\');
  if (!/^(?:open)?swoole$/i.test(first) || rest.length === 0) return null;
  const path = rest.map((part) => PARTS[part.toLowerCase()] ?? part);
  if (/^openswoole$/i.test(first) && path[0] === 'Core') path.shift();
  return `Swoole\\${path.join('\\')}`;
}

/** Whether the name is one that Swoole had before it had namespaces. */
export const isOldClass = (name: string): boolean => Object.hasOwn(OLD, name.toLowerCase());

/** Servers had these until Swoole 5. */
export const LEGACY_METHODS: ReadonlySet<string> = new Set([
  'tick',
  'after',
  'defer',
  'clearTimer',
  'addtimer',
]);

/** Functions that are there without an import when `swoole.use_shortname` is on. */
export const SHORT_FUNCTIONS: ReadonlySet<string> = new Set(['go', 'defer']);
