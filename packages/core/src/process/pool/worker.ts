import { constants } from 'node:os';
import { SWOOLE_IPC_MSGQUEUE, SWOOLE_IPC_NONE, SWOOLE_IPC_UNIXSOCK } from '../../constants/process.js';
import type { Line } from '../line.js';
import { popFromQueue } from '../message-queue.js';
import type { Process } from '../process.js';
import { lineToStarter } from '../self.js';
import { claimSignal, keepSignal } from '../signals.js';
import type { Pool } from './pool.js';
import { SiblingWay } from './sibling-way.js';

const { SIGTERM } = constants.signals;
const MOST_POPPED = 65536;

/** A worker of a pool: the thread, or the process, that is one. */
export class PoolWorker {
  private readonly line: Line;
  /** Whether something may come that the worker has to wait for. */
  private listens = false;
  private stopping = false;
  private over = false;
  /** Messages that are handled one after the other. */
  private turn: Promise<unknown> = Promise.resolve();
  /** The answer to the client whose packet is handled; null while none is. */
  private answers: Buffer[] | null = null;

  constructor(
    private readonly pool: Pool,
    private readonly own: Process,
    private readonly id: number,
  ) {
    const line = lineToStarter();
    if (line === null) throw new Error('a worker of a pool was started by somebody else');
    this.line = line;
  }

  run(): unknown {
    const { pool, line, id } = this;
    const { callbacks, settings } = pool;
    const isThread = this.own.pid !== process.pid;
    pool.workerId = id;
    pool.workerPid = process.pid;
    pool.master_pid = isThread ? process.pid : process.ppid;
    pool.running = true;
    pool.workerRunning = true;
    line.post('pool begun');
    const hasMessages = callbacks.has('message') && pool.ipc_type !== SWOOLE_IPC_NONE;
    if (pool.ipc_type === SWOOLE_IPC_UNIXSOCK)
      for (const [other, process] of pool.processes.entries())
        if (other !== id) process.usePipe(new SiblingWay(line, other));
    line.serve('pool message', (data: string | Uint8Array) => {
      line.post('pool taken');
      this.take(data);
    });
    // In Swoole messages and the pipe are one.
    if (hasMessages) line.serve('pipe', (bytes: Uint8Array) => this.take(bytes));
    line.serve('pool packet', (bytes: Uint8Array) => this.packet(bytes));
    process.once('beforeExit', () => void this.end());
    if (!hasMessages) return this.raiseStart();
    this.listen(true);
    const started = this.raiseStart();
    const ready = (): void => {
      if (pool.ipc_type === SWOOLE_IPC_MSGQUEUE) void this.takeFromQueue();
      else line.post('pool ready');
    };
    // A coroutine does not keep others waiting.
    if (!(started instanceof Promise) || settings.enable_coroutine) ready();
    return started instanceof Promise && !settings.enable_coroutine ? started.then(ready) : started;
  }

  /** Sends a message to another worker. */
  send(worker: number, data: string | Uint8Array): boolean {
    return this.line.post('pool send', worker, typeof data === 'string' ? data : new Uint8Array(data));
  }

  /** Answers the client whose packet is handled. */
  answer(data: string | Uint8Array): boolean {
    this.answers?.push(Buffer.from(data as string));
    return this.answers !== null;
  }

  detach(): boolean {
    if (this.stopping) return false;
    this.pool.running = false;
    this.stopping = true;
    this.listen(false);
    return this.line.post('pool detach');
  }

  shutdown(): boolean {
    return this.line.post('pool shutdown');
  }

  stop(): void {
    const { pool, line, id } = this;
    if (this.stopping) return;
    this.stopping = true;
    pool.running = false;
    pool.workerRunning = false;
    line.post('pool stops');
    this.listen(false);
    if (pool.settings.enable_coroutine) pool.callbacks.raise('workerExit', false, pool, id);
    else void this.turn.then(() => this.end());
  }

  private raiseStart(): unknown {
    const { pool, id } = this;
    const stops = pool.callbacks.has('message') || pool.settings.enable_coroutine;
    // A signal that comes while the callback runs must not end the worker without its workerStop.
    if (stops) claimSignal(SIGTERM, () => this.stop(), true);
    const result = pool.callbacks.raise('workerStart', pool.settings.enable_coroutine, pool, id);
    keepSignal(SIGTERM);
    return result;
  }

  private listen(listens: boolean): void {
    if (this.listens !== listens) this.line.hold(listens);
    this.listens = listens;
  }

  private take(data: string | Uint8Array): void {
    const message = typeof data === 'string' ? data : Buffer.from(data);
    if (this.pool.settings.enable_coroutine) void this.handle(message);
    else this.turn = this.turn.then(() => this.handle(message));
  }

  private handle(message: string | Buffer): unknown {
    return this.pool.callbacks.raise('message', this.pool.settings.enable_coroutine, this.pool, message);
  }

  private packet(bytes: Uint8Array): void {
    this.turn = this.turn.then(async () => {
      this.answers = [];
      await this.handle(Buffer.from(bytes));
      this.line.post('pool answer', new Uint8Array(Buffer.concat(this.answers)));
      this.answers = null;
    });
  }

  private async takeFromQueue(): Promise<void> {
    const { queueKey } = this.pool;
    while (!this.stopping) {
      const message = await popFromQueue(queueKey, 0, MOST_POPPED, true);
      if (message !== false) await this.handle(message);
    }
  }

  /** Nothing is left to do. */
  private async end(): Promise<void> {
    if (this.over) return;
    this.over = true;
    this.stopping = true;
    this.pool.running = false;
    this.pool.workerRunning = false;
    await this.pool.callbacks.raise('workerStop', false, this.pool, this.id);
    process.exit(0);
  }
}
