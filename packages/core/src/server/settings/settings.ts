import { mkdirSync, realpathSync, statSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { SWOOLE_DISPATCH_FDMOD, SWOOLE_DISPATCH_IPMOD } from '../../constants/index.js';
import { type EngineName, engineNames, isEngineName } from '../../engine/choose.js';
import { E_USER_WARNING, warn } from '../../errors/warnings.js';
import { refusal } from './coerce.js';
import { packetSettings } from './packet-settings.js';
import type { DispatchFunction, ResolvedSettings } from './resolved-settings.js';
import type { ServerSettings } from './server-settings.js';
import { SettingReader } from './setting-reader.js';
import { settingsTable } from './settings-table.js';

export type { DispatchFunction, PackageLengthFunction, ResolvedSettings } from './resolved-settings.js';
export type { ServerSettings } from './server-settings.js';

const maxUint8 = 0xff;
const maxUint16 = 0xffff;
const maxUint32 = 0xffffffff;
const maxInt32 = 0x7fffffff;
/** RFC 9113, section 6.5.2. */
const minFrameSize = 16_384;
const maxFrameSize = 16_777_215;
const minPackageLength = 65536;
const defaultConnections = 100000;
/** Swoole's table of sessions has no more room. */
const maxSessions = 1024 * 1024;

/**
 * Brings settings into the form they are used in, with the default of each that is not given.
 * @throws TypeError for a value that makes no sense, Error for one that cannot be followed
 */
export function resolveSettings(values: ServerSettings): ResolvedSettings {
  const given = new SettingReader(values);
  const workers = given.int('worker_num', 0, maxUint32) || availableParallelism();
  const websocket = given.bool('open_websocket_protocol');
  const socketBuffer = given.size('socket_buffer_size', maxInt32) || maxInt32;
  return {
    worker_num: workers,
    task_worker_num: given.int('task_worker_num', 0, maxUint16),
    max_request: given.int('max_request', 0, maxUint32),
    max_request_grace: given.int('max_request_grace', 0, maxUint32),
    task_max_request: given.int('task_max_request', 0, maxUint32),
    task_max_request_grace: given.int('task_max_request_grace', 0, maxUint32),
    task_enable_coroutine: given.bool('task_enable_coroutine'),
    task_object: given.bool('task_object'),
    max_connection: maxConnection(given, workers),
    max_wait_time: given.int('max_wait_time', 0, maxUint32),
    enable_coroutine: given.bool('enable_coroutine'),
    max_coro_num: given.int('max_coro_num', 0, Number.MAX_SAFE_INTEGER),
    enable_deadlock_check: given.bool('enable_deadlock_check'),
    pid_file: given.text('pid_file'),
    enable_reuse_port: given.bool('enable_reuse_port'),
    daemonize: given.bool('daemonize'),
    user: given.text('user'),
    group: given.text('group'),
    output_buffer_size: given.size('output_buffer_size', maxUint32),
    ...heartbeat(given),
    display_errors: given.bool('display_errors'),
    event_object: given.bool('event_object'),
    log_level: given.int('log_level', 0, 6),
    log_file: given.text('log_file'),
    log_date_format: given.text('log_date_format'),
    log_date_with_microseconds: given.bool('log_date_with_microseconds'),
    log_rotation: given.int('log_rotation', 0, 4),
    http_parse_cookie: given.bool('http_parse_cookie'),
    http_parse_post: given.bool('http_parse_post'),
    http_parse_files: given.bool('http_parse_files'),
    http_compression: given.bool('http_compression'),
    http_compression_level: given.int('http_compression_level', 0, maxUint8),
    compression_min_length: given.size('compression_min_length', maxUint32),
    websocket_compression: given.bool('websocket_compression'),
    upload_tmp_dir: uploadDirectory(given),
    upload_max_filesize: given.size('upload_max_filesize', Number.MAX_SAFE_INTEGER),
    enable_static_handler: given.bool('enable_static_handler'),
    document_root: documentRoot(given),
    static_handler_locations: given.list('static_handler_locations').filter((path) => path.startsWith('/')),
    http_autoindex: given.bool('http_autoindex'),
    http_index_files: given.list('http_index_files'),
    allowed_origins: given.list('allowed_origins'),
    trusted_proxies: given.list('trusted_proxies'),
    engine: engineName(given),
    open_http2_protocol: given.bool('open_http2_protocol'),
    http2_header_table_size: given.size('http2_header_table_size', maxUint32),
    http2_max_concurrent_streams: given.int('http2_max_concurrent_streams', 0, maxUint32),
    http2_init_window_size: given.size('http2_init_window_size', maxInt32),
    http2_max_frame_size: Math.max(given.size('http2_max_frame_size', maxFrameSize), minFrameSize),
    http2_max_header_list_size: given.size('http2_max_header_list_size', maxUint32),
    package_max_length: Math.max(given.size('package_max_length', maxUint32), minPackageLength),
    socket_buffer_size: socketBuffer,
    buffer_high_watermark: given.size('buffer_high_watermark', maxUint32) || Math.trunc(socketBuffer * 0.8),
    buffer_low_watermark: given.size('buffer_low_watermark', maxUint32),
    open_http_protocol: websocket || given.bool('open_http_protocol'),
    open_websocket_protocol: websocket,
    websocket_subprotocol: given.text('websocket_subprotocol'),
    open_websocket_close_frame: given.bool('open_websocket_close_frame'),
    open_websocket_ping_frame: given.bool('open_websocket_ping_frame'),
    open_websocket_pong_frame: given.bool('open_websocket_pong_frame'),
    backlog: given.int('backlog', 0, maxUint16),
    dispatch_mode: given.int('dispatch_mode', 0, maxUint8),
    dispatch_func: given.callable('dispatch_func') as DispatchFunction | null,
    enable_unsafe_event: given.bool('enable_unsafe_event'),
    enable_delay_receive: given.bool('enable_delay_receive'),
    max_idle_time: given.number('max_idle_time', maxInt32 / 1000),
    open_tcp_nodelay: given.bool('open_tcp_nodelay'),
    open_tcp_keepalive: given.bool('open_tcp_keepalive'),
    tcp_keepidle: given.int('tcp_keepidle', 0, maxInt32),
    ...packetSettings(given),
    ssl_cert_file: given.text('ssl_cert_file'),
    ssl_key_file: given.text('ssl_key_file'),
    ssl_passphrase: given.text('ssl_passphrase'),
    ssl_client_cert_file: given.text('ssl_client_cert_file'),
    ssl_verify_peer: given.bool('ssl_verify_peer'),
    ssl_allow_self_signed: given.bool('ssl_allow_self_signed'),
    ssl_cafile: given.text('ssl_cafile'),
    ssl_capath: given.text('ssl_capath'),
    ssl_sni_certs: given.certificates('ssl_sni_certs'),
    ssl_ciphers: given.text('ssl_ciphers'),
    ssl_dhparam: given.text('ssl_dhparam'),
  };
}

/** Below what Swoole needs for itself it is no limit at all. */
function maxConnection(given: SettingReader, workers: number): number {
  const wanted = given.int('max_connection', 0, maxSessions) || defaultConnections;
  const least = (workers + given.int('task_worker_num', 0, maxUint32)) * 2 + 32;
  return wanted < least ? maxSessions : wanted;
}

type HeartbeatSettings = Pick<ResolvedSettings, 'heartbeat_check_interval' | 'heartbeat_idle_time'>;

/** Each of the two makes the other: a connection may be idle for two looks, and a look comes twice in the idle time. */
function heartbeat(given: SettingReader): HeartbeatSettings {
  let interval = given.int('heartbeat_check_interval', 0, maxUint16);
  let idle = given.int('heartbeat_idle_time', 0, maxUint16);
  if (idle === 0) idle = interval * 2;
  const half = idle > 2 ? Math.trunc(idle / 2) : 1;
  if (idle > 0 && (interval === 0 || interval > half)) interval = half;
  return { heartbeat_check_interval: interval, heartbeat_idle_time: idle };
}

function uploadDirectory(given: SettingReader): string {
  const directory = given.text('upload_tmp_dir');
  if (!given.has('upload_tmp_dir')) return process.platform === 'win32' ? tmpdir() : directory;
  try {
    mkdirSync(directory, { recursive: true });
  } catch {
    throw new Error(`Swoole\\Server::set(): Unable to create upload_tmp_dir[${directory}]`);
  }
  return directory;
}

let lastMissing = '';

/** The real path; empty when there is none, for then the static handler must not serve the file system instead. */
function documentRoot(given: SettingReader): string {
  const directory = given.text('document_root');
  if (directory === '') return '';
  try {
    const real = realpathSync.native(directory);
    if (statSync(real).isDirectory()) return real;
  } catch {
    // Told below.
  }
  // Every port of a server resolves the same root: once is enough.
  if (lastMissing !== directory) warn(`Swoole\\Server::set(): document_root[${directory}] does not exist`);
  lastMissing = directory;
  return '';
}

function engineName(given: SettingReader): EngineName | '' {
  const name = given.text('engine');
  if (name === '' || isEngineName(name)) return name;
  throw refusal(`engine must be one of ${engineNames.join(', ')}, '${name}' given`);
}

const knownNames = new Set(settingsTable.map((row) => row.name));

/** The names that are no settings, in the order given; upper and lower case are not told apart, as in Swoole. */
export function unknownSettings(values: object): string[] {
  return Object.keys(values).filter((name) => !knownNames.has(name.toLowerCase()));
}

/** Raises Swoole's E_USER_WARNING for each name that is no setting. */
export function warnUnknownSettings(values: object): void {
  for (const name of unknownSettings(values)) warn(`unsupported option [${name}]`, E_USER_WARNING);
}

/** A send that waits needs a worker that all events of a connection come to: Swoole warns of dispatch modes that have none. */
export function warnSendYield(values: ServerSettings): void {
  const mode = Number(values.dispatch_mode ?? SWOOLE_DISPATCH_FDMOD);
  if (values.send_yield && mode !== SWOOLE_DISPATCH_FDMOD && mode !== SWOOLE_DISPATCH_IPMOD)
    warn("Swoole\\Server::set(): 'send_yield' option can only be set when using dispatch_mode=2/4");
}
