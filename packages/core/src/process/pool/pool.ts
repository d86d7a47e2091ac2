import {
  SWOOLE_IPC_MSGQUEUE,
  SWOOLE_IPC_NONE,
  SWOOLE_IPC_SOCKET,
  SWOOLE_IPC_UNIXSOCK,
} from '../../constants/process.js';
import { Exception } from '../../errors/exception.js';
import { fail } from '../../errors/last-error.js';
import { SWOOLE_ERROR_INVALID_PARAMS } from '../../errors/numbers.js';
import { warn } from '../../errors/warnings.js';
import { sharedInventory } from '../../memory/shared-memory.js';
import { answeredLater, isRepeating } from '../answers.js';
import { Process } from '../process.js';
import { eventOf, PoolCallbacks, type PoolEvents } from './events.js';
import { PoolMaster } from './master.js';
import type { Listening } from './sockets.js';
import { PoolWorker } from './worker.js';

/** What `Pool.set()` takes. */
export interface PoolSettings {
  /** Whether callbacks are coroutines, and messages are handled at the same time. */
  enable_coroutine?: boolean;
  /** The largest packet of a client with SWOOLE_IPC_SOCKET, in bytes. */
  max_package_size?: number;
  /** How long workers may take to end, in seconds. */
  max_wait_time?: number;
  /** Whether workers are threads: see {@link ProcessSettings.thread}. An addition. */
  thread?: boolean;
}

const PIPE_NONE = 0;
const SOCK_DGRAM = 2;
const UNIX = 'unix:/';
let pools = 0;

/**
 * Workers that are made again whenever they end. They run the script up to `start()`, as a `Process` does.
 * @see Swoole\Process\Pool
 */
export class Pool {
  static readonly phpName = 'Swoole\\Process\\Pool';

  /** The process id of the program; -1 before the start. */
  master_pid = -1;
  /** The process id of this worker, the program's where workers are threads; -1 in the master. */
  workerPid = -1;
  /** The number of this worker, from 0; -1 in the master. */
  workerId = -1;
  /** The processes that `getProcess()` has given, by worker number; null before. */
  workers: Process[] | null = null;
  /** False once this worker is to end. */
  workerRunning = true;
  /** False once the pool, or this worker, is to end. */
  running = true;

  /** @internal */
  readonly callbacks = new PoolCallbacks();
  /** @internal */
  readonly settings: Required<
    Pick<PoolSettings, 'enable_coroutine' | 'max_package_size' | 'max_wait_time'>
  > & {
    thread: boolean | undefined;
  };
  /** @internal */
  readonly listening: Listening[] = [];
  readonly #number = pools++;
  #processes: Process[] = [];
  #master: PoolMaster | null = null;
  #worker: PoolWorker | null = null;
  #started = false;

  /**
   * @param worker_num how many workers
   * @param ipc_type SWOOLE_IPC_NONE; SWOOLE_IPC_UNIXSOCK for `sendMessage()`; SWOOLE_IPC_MSGQUEUE for a message queue; SWOOLE_IPC_SOCKET for `listen()`
   * @param msgqueue_key the key of the queue; 0 for one of its own
   * @param enable_coroutine whether callbacks are coroutines
   * @throws Exception for fewer workers than one, Error for coroutines with a queue or a socket
   * @see Swoole\Process\Pool::__construct
   */
  constructor(
    /** @internal */
    readonly worker_num: number,
    /** @internal */
    readonly ipc_type: number = SWOOLE_IPC_NONE,
    /** @internal */
    readonly msgqueue_key = 0,
    enable_coroutine = false,
  ) {
    if (!(worker_num > 0)) throw new Exception('the parameter $worker_num must be greater than 0');
    if (enable_coroutine && ipc_type > 0 && ipc_type !== SWOOLE_IPC_UNIXSOCK)
      throw new Error('the parameter $ipc_type must be SWOOLE_IPC_UNIXSOCK when enable coroutine');
    this.settings = {
      enable_coroutine,
      max_package_size: 2 * 1024 * 1024,
      max_wait_time: 3,
      thread: undefined,
    };
  }

  /** Changes settings, before the start. @see Swoole\Process\Pool::set */
  set(settings: PoolSettings): void {
    for (const name of ['enable_coroutine', 'max_package_size', 'max_wait_time', 'thread'] as const)
      if (settings[name] !== undefined) Object.assign(this.settings, { [name]: settings[name] });
  }

  /**
   * Registers a callback. It may be async.
   * @param name in any case
   * @returns false with a warning for an unknown event, and after the start
   * @throws Exception for message with SWOOLE_IPC_NONE
   * @see Swoole\Process\Pool::on
   */
  on<Event extends keyof PoolEvents>(name: Event, callback: PoolEvents[Event]): boolean;
  on(name: string, callback: (...args: never[]) => unknown): boolean;
  on(name: string, callback: (...args: never[]) => unknown): boolean {
    if (this.#started)
      return refuse('on', 'process pool is started. unable to register event callback function');
    if (eventOf(name) === 'message' && this.ipc_type === SWOOLE_IPC_NONE)
      throw new Exception('cannot set `onMessage` event with ipc_type=0', SWOOLE_ERROR_INVALID_PARAMS);
    return this.callbacks.set(name, callback) || refuse('on', `unknown event type[${name}]`);
  }

  /**
   * Takes packets of clients when the pool starts: a length of 4 bytes, most significant first, and so many bytes. Each client is answered what
   * `write()` was given, in the same form, and closed.
   * @param host an address, or `unix:/` and a path
   * @returns false with a warning without SWOOLE_IPC_SOCKET, and after the start
   * @see Swoole\Process\Pool::listen
   */
  listen(host: string, port = 0, backlog = 2048): boolean {
    if (this.#started) return refuse('listen', 'process pool is started. unable to listen');
    if (this.ipc_type !== SWOOLE_IPC_SOCKET)
      return refuse('listen', `unsupported ipc type[${this.ipc_type}]`);
    const isPath = host.toLowerCase().startsWith(UNIX);
    this.listening.push(isPath ? { path: host.slice(UNIX.length - 1), backlog } : { host, port, backlog });
    return true;
  }

  /**
   * Answers the client whose packet the message event has.
   * @returns false with a warning without SWOOLE_IPC_SOCKET, and where there is no client
   * @see Swoole\Process\Pool::write
   */
  write(data: string | Uint8Array): boolean {
    if (this.ipc_type !== SWOOLE_IPC_SOCKET) return refuse('write', `unsupported ipc type[${this.ipc_type}]`);
    if (data.length === 0) return false;
    return this.#worker?.answer(data) || fail(SWOOLE_ERROR_INVALID_PARAMS);
  }

  /**
   * Sends a message to a worker, whose message event gets it.
   * @returns false with a warning before the start and without SWOOLE_IPC_UNIXSOCK; false for a worker that there is not
   * @see Swoole\Process\Pool::sendMessage
   */
  sendMessage(data: string | Uint8Array, dst_worker_id: number): boolean {
    if (!this.#started) return refuse('sendMessage', 'process pool is not started.');
    if (this.ipc_type !== SWOOLE_IPC_UNIXSOCK)
      return refuse('sendMessage', `unsupported ipc type[${this.ipc_type}]`);
    if (!this.#isWorker(dst_worker_id)) return fail(SWOOLE_ERROR_INVALID_PARAMS);
    return (this.#worker ?? this.#master)?.send(dst_worker_id, data) ?? false;
  }

  /**
   * The process of a worker.
   * @param work_id below 0 for the worker that asks
   * @returns false before the start, and with a warning for a worker that there is not
   * @see Swoole\Process\Pool::getProcess
   */
  getProcess(work_id = -1): Process | false {
    if (!this.#started) return false;
    const id = work_id < 0 ? this.workerId : work_id;
    if (work_id >= this.worker_num) return refuse('getProcess', `invalid worker_id[${work_id}]`);
    const found = this.#processes[id];
    if (found === undefined) return false;
    this.workers ??= [];
    this.workers[id] = found;
    return found;
  }

  /** Lets this worker go on by itself: another takes its place, and no more messages come. @returns false in the master @see Swoole\Process\Pool::detach */
  detach(): boolean {
    return this.#worker?.detach() ?? false;
  }

  /** Ends this worker, once what it does has come to its end; another takes its place. In the master it ends the pool. @see Swoole\Process\Pool::stop */
  stop(): void {
    this.running = false;
    if (this.#worker !== null) this.#worker.stop();
    else this.#master?.shutdown();
  }

  /** Ends the pool. @returns true @throws Exception before the start @see Swoole\Process\Pool::shutdown */
  shutdown(): boolean {
    if (!this.#started) throw new Exception('The process pool is not started', SWOOLE_ERROR_INVALID_PARAMS);
    return (this.#worker ?? this.#master)?.shutdown() ?? false;
  }

  /**
   * Makes the workers, and looks after them until the pool ends: by `shutdown()`, or SIGTERM. SIGUSR1 and SIGUSR2 replace them one after the other.
   * @returns a promise of null when the pool has ended; of false with a warning when it runs already or cannot listen. In a worker it never resolves
   * @throws Exception (through the promise) when a callback is missing
   * @see Swoole\Process\Pool::start
   */
  async start(): Promise<null | false> {
    if (this.#started) return refuse('start', 'process pool is started');
    this.#check();
    const { enable_coroutine } = this.settings;
    const thread = this.settings.thread ?? sharedInventory().length > 0;
    const pipe = this.ipc_type === SWOOLE_IPC_UNIXSOCK ? SOCK_DGRAM : PIPE_NONE;
    this.#processes = Array.from({ length: this.worker_num }, (_one, id) => {
      const own = new Process((process) => this.#work(process, id), false, pipe, enable_coroutine);
      own.id = id;
      own.set({ thread });
      if (this.ipc_type === SWOOLE_IPC_MSGQUEUE && !this.callbacks.has('message'))
        own.useQueue(this.queueKey);
      return own;
    });
    this.#started = true;
    // One of them may be what the script is repeated for.
    if (isRepeating()) for (const process of this.#processes) process.start();
    return answeredLater(`pool ${this.#number}`, () => this.#manage());
  }

  /** @internal The key of the pool's queue: no program gives a queue such a key. */
  get queueKey(): number {
    return this.msgqueue_key || 2 ** 32 + this.#number;
  }

  /** @internal The workers, as processes. */
  get processes(): readonly Process[] {
    return this.#processes;
  }

  async #manage(): Promise<null | false> {
    this.master_pid = process.pid;
    const master = new PoolMaster(this);
    this.#master = master;
    try {
      return await master.run();
    } finally {
      this.#started = false;
      this.#master = null;
    }
  }

  #work(own: Process, id: number): unknown {
    this.#worker = new PoolWorker(this, own, id);
    return this.#worker.run();
  }

  #check(): void {
    const { callbacks, ipc_type } = this;
    const { enable_coroutine } = this.settings;
    if (!callbacks.has('workerStart') && !callbacks.has('message')) {
      if (enable_coroutine) throw new Exception("require 'onWorkerStart' callback");
      if (ipc_type !== SWOOLE_IPC_NONE) throw new Exception("require 'onMessage' callback");
    }
    if (callbacks.has('workerExit') && !enable_coroutine)
      throw new Exception('cannot set `onWorkerExit` without enable_coroutine', SWOOLE_ERROR_INVALID_PARAMS);
  }

  #isWorker(id: number): boolean {
    return Number.isInteger(id) && id >= 0 && id < this.worker_num;
  }
}

function refuse(method: string, message: string): false {
  warn(`Swoole\\Process\\Pool::${method}(): ${message}`);
  return false;
}
