/** Tasks: flags that a task carries (bits). */

export const SWOOLE_TASK_TMPFILE = 1 << 0;
export const SWOOLE_TASK_SERIALIZE = 1 << 1;
export const SWOOLE_TASK_NONBLOCK = 1 << 2;
export const SWOOLE_TASK_CALLBACK = 1 << 3;
export const SWOOLE_TASK_WAITALL = 1 << 4;
export const SWOOLE_TASK_COROUTINE = 1 << 5;
export const SWOOLE_TASK_PEEK = 1 << 6;
export const SWOOLE_TASK_NOREPLY = 1 << 7;
