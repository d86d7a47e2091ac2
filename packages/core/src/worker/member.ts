import { Worker } from 'node:worker_threads';
import { releaseLocksOf } from '../memory/recovery.js';
import { BOOTSTRAP } from './bootstrap.js';
import type { Order, Report } from './orders.js';
import { ASSIGNMENT_KEY, type Assignment, type Role } from './thread.js';

/** A thread as its master knows it. */
export class Member {
  state: 'starting' | 'serving' | 'leaving' | 'gone' = 'starting';
  /** True once it is to be replaced. */
  retiring = false;
  /** What acceptors need to give it connections, by the place of the port. */
  readonly shares = new Map<number, unknown>();
  readonly startedAt = Date.now();
  readonly role: Role;
  readonly worker: number;
  readonly thread: number;
  /** What ended it, when an error did that it could not take itself. */
  error: Error | null = null;
  /** Called for what it reports, and once when it has ended. */
  onReport: (report: Report) => void = () => {};
  onExit: (code: number) => void = () => {};
  private readonly native: Worker;

  constructor(readonly assignment: Assignment) {
    const { role, worker, thread, links } = assignment;
    this.role = role;
    this.worker = worker;
    this.thread = thread;
    this.native = new Worker(BOOTSTRAP, {
      eval: true,
      // The bootstrap imports what the first thread was told to: inherited flags would do so a second time.
      execArgv: [],
      argv: process.argv.slice(2),
      workerData: { [ASSIGNMENT_KEY]: assignment },
      transferList: links.map(([, port]) => port),
    });
    this.native.on('message', (report: Report) => this.onReport(report));
    this.native.on('error', (error) => {
      this.error = error;
    });
    const { threadId } = this.native;
    this.native.on('exit', (code) => {
      this.state = 'gone';
      releaseLocksOf(threadId);
      this.onExit(code);
    });
  }

  tell(order: Order): void {
    if (this.state !== 'gone') this.native.postMessage(order, order.do === 'link' ? [order.port] : []);
  }

  /** Ends a thread that has no sockets yet: one that has would take the process along. */
  terminate(): void {
    void this.native.terminate();
  }
}
