// For programs written for Swoole 4: all of swoole-ts under the same names, servers with the timer methods that they lost
// afterwards, and the class names from before there were namespaces.

export { Error as swoole_error } from './errors/error.js';
export { Exception as swoole_exception } from './errors/exception.js';
export { Event as swoole_event } from './event/event.js';
export * from './index.js';
export * as Http from './legacy/http.js';
export {
  Request as swoole_http_request,
  Response as swoole_http_response,
  Server as swoole_http_server,
} from './legacy/http.js';
export { Lock, Lock as swoole_lock } from './legacy/lock.js';
export { Server, Server as swoole_server } from './legacy/server.js';
export * as WebSocket from './legacy/websocket.js';
export {
  CloseFrame as swoole_websocket_closeframe,
  Frame as swoole_websocket_frame,
  Server as swoole_websocket_server,
} from './legacy/websocket.js';
export { Atomic as swoole_atomic } from './memory/atomic.js';
export { AtomicLong as swoole_atomic_long } from './memory/atomic-long.js';
export { Table as swoole_table } from './memory/table.js';
export { Client as swoole_client } from './namespaces/client.js';
export { Port as swoole_server_port } from './server/port.js';
export { ConnectionIterator as swoole_connection_iterator } from './session/connection-iterator.js';
export { TimerIterator as swoole_timer_iterator } from './timer/iterator.js';
export { Timer as swoole_timer } from './timer/timer.js';
