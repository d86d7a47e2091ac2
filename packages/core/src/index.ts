// Names as PHP has them: Swoole\WebSocket\Server is Swoole.WebSocket.Server.

export { type ClientSet, swoole_client_select, swoole_select } from './client/select.js';
export * from './constants/index.js';
export {
  swoole_async_dns_lookup_coro,
  swoole_coroutine_create,
  swoole_coroutine_defer,
} from './coroutine/aliases.js';
export type { Callable } from './coroutine/lifecycle.js';
export type { CoroutineOptions } from './coroutine/options.js';
export { Runtime } from './coroutine/runtime.js';
export { ConnectionPool, type ConnectionProxy } from './database/connection-pool.js';
export { Error } from './errors/error.js';
export { Exception } from './errors/exception.js';
export { exit } from './errors/exit.js';
export { ExitException } from './errors/exit-exception.js';
export { swoole_clear_error, swoole_last_error, swoole_set_last_error } from './errors/last-error.js';
export {
  BadMethodCallException,
  InvalidArgumentException,
  RuntimeException,
} from './errors/php-exceptions.js';
export { swoole_strerror } from './errors/strerror.js';
export {
  E_NOTICE,
  E_USER_WARNING,
  E_WARNING,
  setWarningHandler,
  type WarningHandler,
} from './errors/warnings.js';
export {
  Event,
  swoole_event_add,
  swoole_event_cycle,
  swoole_event_defer,
  swoole_event_del,
  swoole_event_dispatch,
  swoole_event_exit,
  swoole_event_isset,
  swoole_event_rshutdown,
  swoole_event_set,
  swoole_event_wait,
  swoole_event_write,
} from './event/event.js';
export type { EventSocket } from './event/watched-stream.js';
export { swoole_async_set } from './functions/async-set.js';
export { swoole_hashcode } from './functions/hashcode.js';
export {
  _array,
  _mbstring,
  _string,
  swoole_array,
  swoole_array_default_value,
  swoole_array_list,
  swoole_mbstring,
  swoole_string,
} from './functions/library.js';
export { swoole_substr_json_decode, swoole_substr_unserialize } from './functions/substr.js';
export {
  swoole_container_cpu_num,
  swoole_cpu_num,
  swoole_get_local_ip,
  swoole_get_local_mac,
  swoole_is_in_container,
  swoole_set_process_name,
  swoole_version,
} from './functions/system.js';
export { swoole_table } from './functions/table.js';
export {
  swoole_get_mime_type,
  swoole_mime_type_add,
  swoole_mime_type_delete,
  swoole_mime_type_exists,
  swoole_mime_type_get,
  swoole_mime_type_list,
  swoole_mime_type_set,
} from './http/mime.js';
export type { FileData, FileValue, FormData, FormValue, UploadedFile } from './http/parse/types.js';
export { is_uploaded_file, move_uploaded_file } from './http/parse/uploads.js';
export { ArrayObject } from './library/array-object.js';
export { Constant } from './library/constant.js';
export { MultibyteStringObject } from './library/multibyte-string-object.js';
export { ObjectProxy } from './library/object-proxy.js';
export { StringObject } from './library/string-object.js';
export { Atomic } from './memory/atomic.js';
export { LOCK_EX, LOCK_NB, LOCK_SH, LOCK_UN } from './memory/lock/operation.js';
export { Lock } from './memory/lock.js';
export type { TableKey } from './memory/table/arguments.js';
export type { TableStats } from './memory/table/contents.js';
export type { TableInput, TableValue } from './memory/table/row-image.js';
export { Table, type TableRow } from './memory/table.js';
export * as Async from './namespaces/async.js';
export { Client } from './namespaces/client.js';
export * as Connection from './namespaces/connection.js';
export { Coroutine } from './namespaces/coroutine.js';
export * as Database from './namespaces/database.js';
export * as Http from './namespaces/http.js';
export * as Http2 from './namespaces/http2.js';
export { Process } from './namespaces/process.js';
export * as Redis from './namespaces/redis.js';
export { Server } from './namespaces/server.js';
export * as WebSocket from './namespaces/websocket.js';
export type { ProcessStatus } from './process/children.js';
export type { QueueStats } from './process/message-queue.js';
export type { PipeSocket } from './process/pipe-socket.js';
export type { PoolEvents } from './process/pool/events.js';
export type { ProcessSettings } from './process/process.js';
export type { SignalCallback } from './process/signals.js';
export type { ClientInfo } from './server/client-info.js';
export type { CloseReason, ErrorContext, ServerEvents } from './server/events.js';
export type { PacketInfo } from './server/packet-listener.js';
export type { ServerSettings } from './server/settings/settings.js';
export { type SettingRow, settingsTable } from './server/settings/settings-table.js';
export type { ServerStats } from './server/stats.js';
export { swoole_coroutine_socketpair } from './socket/socket-pair.js';
export type { TimerIterator } from './timer/iterator.js';
export type { TimerInfo, TimerStats } from './timer/timer.js';
export {
  swoole_timer_after,
  swoole_timer_clear,
  swoole_timer_clear_all,
  swoole_timer_exists,
  swoole_timer_info,
  swoole_timer_list,
  swoole_timer_stats,
  swoole_timer_tick,
  Timer,
} from './timer/timer.js';
export type { BroadcastOptions, Message } from './websocket/server.js';
export { isMaster } from './worker/thread.js';
