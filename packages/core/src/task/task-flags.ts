/** Flags of a task, as Swoole has them. */
export const TaskFlag = { SERIALIZE: 2, NONBLOCK: 4, CALLBACK: 8, WAITALL: 16, COROUTINE: 32 } as const;
