import { SWOOLE_IPC_NONE } from '../constants/process.js';
import { run } from '../coroutine/functions.js';
import { Pool } from './pool/pool.js';

/** What a process of a manager does. */
export type ManagedFunction = (pool: Pool, workerId: number) => unknown;

/**
 * A pool of workers that do different things.
 * @see Swoole\Process\Manager
 */
export class Manager {
  static readonly phpName = 'Swoole\\Process\\Manager';
  readonly #functions: Array<readonly [func: ManagedFunction, inCoroutine: boolean]> = [];
  #ipcType: number;
  #msgQueueKey: number;

  /** @param ipcType and `msgQueueKey`: as for `Process.Pool` @see Swoole\Process\Manager::__construct */
  constructor(ipcType: number = SWOOLE_IPC_NONE, msgQueueKey = 0) {
    this.#ipcType = ipcType;
    this.#msgQueueKey = msgQueueKey;
  }

  /** Adds a process that does something. @returns this @see Swoole\Process\Manager::add */
  add(func: ManagedFunction, enableCoroutine = false): this {
    return this.addBatch(1, func, enableCoroutine);
  }

  /** Adds several processes that do the same. @returns this @see Swoole\Process\Manager::addBatch */
  addBatch(workerNum: number, func: ManagedFunction, enableCoroutine = false): this {
    for (let i = 0; i < workerNum; i++) this.#functions.push([func, enableCoroutine]);
    return this;
  }

  /**
   * Makes the processes, and looks after them until SIGTERM comes. One that ends is made again.
   * @returns a promise that resolves then
   * @see Swoole\Process\Manager::start
   */
  async start(): Promise<void> {
    const pool = new Pool(this.#functions.length, this.#ipcType, this.#msgQueueKey, false);
    pool.on('workerStart', (pool, workerId) => {
      const [func, inCoroutine] = this.#functions[workerId] as readonly [ManagedFunction, boolean];
      return inCoroutine ? run(func, pool, workerId) : func(pool, workerId);
    });
    await pool.start();
  }

  /** @param ipcType as for `Process.Pool` @returns this @see Swoole\Process\Manager::setIPCType */
  setIPCType(ipcType: number): this {
    this.#ipcType = ipcType;
    return this;
  }

  /** What {@link setIPCType} was given. @see Swoole\Process\Manager::getIPCType */
  getIPCType(): number {
    return this.#ipcType;
  }

  /** @param msgQueueKey the key of the message queue @returns this @see Swoole\Process\Manager::setMsgQueueKey */
  setMsgQueueKey(msgQueueKey: number): this {
    this.#msgQueueKey = msgQueueKey;
    return this;
  }

  /** What {@link setMsgQueueKey} was given. @see Swoole\Process\Manager::getMsgQueueKey */
  getMsgQueueKey(): number {
    return this.#msgQueueKey;
  }
}
