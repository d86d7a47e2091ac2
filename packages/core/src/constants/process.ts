/** Processes: how they talk to each other. */

// The `task_ipc_mode` setting and the last argument of `Process.Pool`
export const SWOOLE_IPC_NONE = 0;
export const SWOOLE_IPC_UNIXSOCK = 1;
export const SWOOLE_IPC_UNSOCK = 1;
export const SWOOLE_IPC_MSGQUEUE = 2;
export const SWOOLE_IPC_PREEMPTIVE = 3;
export const SWOOLE_IPC_SOCKET = 3;

// Message queues: keep the order, or balance
export const SWOOLE_MSGQUEUE_ORIENT = 1;
export const SWOOLE_MSGQUEUE_BALANCE = 2;
