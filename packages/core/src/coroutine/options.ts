import { SWOOLE_DEFAULT_MAX_CORO_NUM } from '../constants/coroutine.js';
import { SWOOLE_HOOK_ALL } from '../constants/coroutine-hook.js';

/** What `Coroutine.set()` takes; other keys of Swoole's are kept, and have no effect where nothing blocks. */
export interface CoroutineOptions {
  /** How many coroutines there may be at a time, 100000 by default. */
  max_coroutine?: number;
  /** The older name of max_coroutine. */
  max_coro_num?: number;
  /** Whether the end of the program tells of coroutines that nobody can wake any more, true by default. */
  enable_deadlock_check?: boolean;
  /** Whether callbacks of servers and timers run as coroutines, true by default. */
  enable_coroutine?: boolean;
  /** Seconds that sending and receiving may take on a client or socket that says nothing else; no limit from 0 down. */
  socket_timeout?: number;
  /** Seconds that connecting may take, 10 by default. */
  socket_connect_timeout?: number;
  /** Seconds that receiving may take, 60 by default. */
  socket_read_timeout?: number;
  /** The same as socket_read_timeout. */
  socket_recv_timeout?: number;
  /** Seconds that sending may take, 60 by default. */
  socket_write_timeout?: number;
  /** The same as socket_write_timeout. */
  socket_send_timeout?: number;
  /** Kept for `Runtime.getHookFlags()`: nothing of Node's blocks that Swoole hooks. */
  hook_flags?: number;
  [option: string]: unknown;
}

/** The options in force. */
export const options = {
  maxCoroutine: SWOOLE_DEFAULT_MAX_CORO_NUM,
  deadlockCheck: true,
  hookFlags: 0,
  /** Whether callbacks of servers and timers run as coroutines. */
  callbacks: true,
  /** In seconds: what connecting, receiving and sending may take where nothing else is said. */
  connectTimeout: 10,
  readTimeout: 60,
  writeTimeout: 60,
};

let given: CoroutineOptions | null = null;

export function setOptions(values: CoroutineOptions): void {
  const limit = values.max_coroutine ?? values.max_coro_num;
  if (limit !== undefined) options.maxCoroutine = limit > 0 ? limit : SWOOLE_DEFAULT_MAX_CORO_NUM;
  if (values.enable_coroutine !== undefined) options.callbacks = values.enable_coroutine;
  if (values.enable_deadlock_check !== undefined) options.deadlockCheck = values.enable_deadlock_check;
  if (values.hook_flags !== undefined) options.hookFlags = values.hook_flags;
  setTimeouts(values);
  given = { ...given, ...values };
}

/** `socket_timeout` is for receiving and sending, and wins over their own. */
function setTimeouts(values: CoroutineOptions): void {
  const read = values.socket_timeout ?? values.socket_read_timeout ?? values.socket_recv_timeout;
  const write = values.socket_timeout ?? values.socket_write_timeout ?? values.socket_send_timeout;
  if (values.socket_connect_timeout !== undefined) options.connectTimeout = values.socket_connect_timeout;
  if (read !== undefined) options.readTimeout = read;
  if (write !== undefined) options.writeTimeout = write;
}

export function givenOptions(): CoroutineOptions | null {
  return given;
}

/** What `run()` does unless the program has chosen its own flags. */
export function hookByDefault(): void {
  if (given?.hook_flags === undefined) setOptions({ hook_flags: SWOOLE_HOOK_ALL });
}
