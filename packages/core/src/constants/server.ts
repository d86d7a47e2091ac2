/** Server: modes, dispatching, workers. */

// Modes: the third argument of the server constructors
export const SWOOLE_BASE = 1;
export const SWOOLE_PROCESS = 2;

// The `dispatch_mode` setting
export const SWOOLE_DISPATCH_ROUND = 1;
export const SWOOLE_DISPATCH_FDMOD = 2;
export const SWOOLE_DISPATCH_IDLE_WORKER = 3;
export const SWOOLE_DISPATCH_IPMOD = 4;
export const SWOOLE_DISPATCH_UIDMOD = 5;
export const SWOOLE_DISPATCH_USERFUNC = 6;
export const SWOOLE_DISPATCH_STREAM = 7;
export const SWOOLE_DISPATCH_CO_CONN_LB = 8;
export const SWOOLE_DISPATCH_CO_REQ_LB = 9;
export const SWOOLE_DISPATCH_CONCURRENT_LB = 10;

// What a `dispatch_func` may return instead of a worker
export const SWOOLE_DISPATCH_RESULT_USERFUNC_FALLBACK = -3;
export const SWOOLE_DISPATCH_RESULT_CLOSE_CONNECTION = -2;
export const SWOOLE_DISPATCH_RESULT_DISCARD_PACKET = -1;

// States of a worker, for `getWorkerStatus()`
export const SWOOLE_WORKER_BUSY = 1;
export const SWOOLE_WORKER_IDLE = 2;
export const SWOOLE_WORKER_EXIT = 3;

// Which processes run a command, for `addCommand()`
export const SWOOLE_SERVER_COMMAND_MASTER = 2;
export const SWOOLE_SERVER_COMMAND_REACTOR_THREAD = 4;
export const SWOOLE_SERVER_COMMAND_EVENT_WORKER = 8;
export const SWOOLE_SERVER_COMMAND_WORKER = 8;
export const SWOOLE_SERVER_COMMAND_TASK_WORKER = 16;
export const SWOOLE_SERVER_COMMAND_MANAGER = 32;
