import { constants } from 'node:os';
import { warn } from '../../errors/warnings.js';
import type { ProcessStatus } from '../children.js';
import type { Process } from '../process.js';
import { claimSignal } from '../signals.js';
import type { Pool } from './pool.js';
import { PoolSockets } from './sockets.js';

const { SIGTERM, SIGUSR1, SIGUSR2, SIGKILL } = constants.signals;
/** A worker that fails right after its start is replaced later and later. In milliseconds. */
const SHORT_LIFE_MS = 1_000;
const FIRST_DELAY_MS = 100;
const LAST_DELAY_MS = 1_000;

/** A worker as the master knows it. */
interface Member {
  readonly id: number;
  readonly process: Process;
  startedAt: number;
  delay: number;
  /** Messages that it has not taken. */
  readonly mail: Array<string | Uint8Array>;
  /** Whether the first of them was given to it, or it is not there yet. */
  waits: boolean;
  /** Told when it has ended. */
  onEnd: (() => void) | null;
  /** Told when its next life has begun, or has failed to. */
  onBegin: (() => void) | null;
}

/** The master of a pool: makes workers, again when they end, and carries messages between them. */
export class PoolMaster {
  private readonly members: Member[];
  private readonly sockets: PoolSockets;
  private reloading = false;
  private over = false;
  private finish: (value: null) => void = () => {};

  constructor(private readonly pool: Pool) {
    this.members = pool.processes.map((process, id) => ({
      id,
      process,
      startedAt: 0,
      delay: 0,
      mail: [],
      waits: true,
      onEnd: null,
      onBegin: null,
    }));
    this.sockets = new PoolSockets(pool.settings.max_package_size);
  }

  /** Runs the pool until it is over. */
  async run(): Promise<null | false> {
    const { pool } = this;
    const finished = new Promise<null>((resolve) => {
      this.finish = resolve;
    });
    try {
      for (const one of pool.listening) await this.sockets.listen(one);
    } catch (error) {
      this.sockets.close();
      warn(`Swoole\\Process\\Pool::start(): ${(error as Error).message}`);
      return false;
    }
    claimSignal(SIGTERM, () => this.shutdown());
    for (const signal of [SIGUSR1, SIGUSR2]) claimSignal(signal, () => void this.reload());
    pool.running = true;
    pool.callbacks.raise('start', false, pool);
    for (const member of this.members) this.start(member);
    await finished;
    for (const signal of [SIGTERM, SIGUSR1, SIGUSR2]) claimSignal(signal, null);
    return null;
  }

  send(worker: number, data: string | Uint8Array): boolean {
    const member = this.members[worker];
    if (member === undefined) return false;
    member.mail.push(data);
    this.deliver(member);
    return true;
  }

  shutdown(): boolean {
    if (this.over) return false;
    this.over = true;
    this.pool.running = false;
    setImmediate(() => void this.end());
    return true;
  }

  private start(member: Member): void {
    const { process, id } = member;
    process.onEnd = (status) => this.ended(member, status);
    member.startedAt = Date.now();
    if (process.start() === false) {
      this.startLater(member, LAST_DELAY_MS);
      return;
    }
    const { line } = process;
    if (line === null) return;
    line.serve('pool send', (worker: number, data: string | Uint8Array) => this.send(worker, data));
    line.serve('pool pipe', (worker: number, bytes: Uint8Array) => {
      this.members[worker]?.process.line?.post('pipe', bytes);
    });
    line.serve('pool shutdown', () => this.shutdown());
    line.serve('pool begun', () => this.begun(member));
    line.serve('pool stops', () => {
      member.waits = true;
    });
    line.serve('pool detach', () => {
      process.release();
      this.replace(member);
    });
    line.serve('pool ready', () => {
      member.waits = false;
      this.deliver(member);
      this.sockets.idle(id, (bytes) => line.post('pool packet', bytes));
    });
    line.serve('pool taken', () => {
      member.mail.shift();
      member.waits = false;
      this.deliver(member);
    });
    line.serve('pool answer', (bytes: Uint8Array) => {
      this.sockets.answer(id, bytes);
      this.sockets.idle(id, (next) => line.post('pool packet', next));
    });
  }

  /** Gives a worker the next message, one at a time: what it has not taken when it ends, its successor gets. */
  private deliver(member: Member): void {
    const [first] = member.mail;
    if (member.waits || first === undefined) return;
    member.waits = true;
    member.process.line?.post('pool message', first);
  }

  private ended(member: Member, { pid, code, signal }: ProcessStatus): void {
    const failed = code !== 0 || signal !== 0;
    if (failed && !this.over && member.onEnd === null)
      warn(`worker(pid=${pid}, id=${member.id}) abnormal exit, status=${code}, signal=${signal}`);
    member.onEnd?.();
    member.onEnd = null;
    this.begun(member);
    const short = failed && Date.now() - member.startedAt < SHORT_LIFE_MS;
    member.delay = short ? Math.min(Math.max(member.delay * 2, FIRST_DELAY_MS), LAST_DELAY_MS) : 0;
    this.replace(member);
  }

  private begun(member: Member): void {
    member.onBegin?.();
    member.onBegin = null;
  }

  private replace(member: Member): void {
    member.waits = true;
    this.sockets.gone(member.id);
    if (this.over) return;
    if (member.delay === 0) this.start(member);
    else this.startLater(member, member.delay);
  }

  private startLater(member: Member, delay: number): void {
    setTimeout(() => {
      if (!this.over) this.start(member);
    }, delay);
  }

  /** Replaces the workers, one after the other: there are always others. */
  private async reload(): Promise<void> {
    if (this.reloading || this.over) return;
    this.reloading = true;
    for (const member of this.members) {
      if (this.over) break;
      await this.tellToEnd(member);
      if (!this.over)
        await new Promise<void>((resolve) => {
          member.onBegin = resolve;
        });
    }
    this.reloading = false;
  }

  private async end(): Promise<void> {
    const { pool } = this;
    this.sockets.close();
    pool.workerRunning = false;
    pool.callbacks.raise('shutdown', false, pool);
    for (const member of this.members) this.begun(member);
    await Promise.all(this.members.map((member) => this.tellToEnd(member)));
    this.finish(null);
  }

  /** Resolves once a worker has ended; it is killed when it has not after max_wait_time. */
  private tellToEnd(member: Member): Promise<void> {
    if (member.process.line === null) return Promise.resolve();
    return new Promise((resolve) => {
      const patience = this.pool.settings.max_wait_time * 1000;
      const timer = patience > 0 ? setTimeout(() => member.process.sendSignal(SIGKILL), patience) : undefined;
      member.onEnd = () => {
        clearTimeout(timer);
        resolve();
      };
      member.process.sendSignal(SIGTERM);
    });
  }
}
