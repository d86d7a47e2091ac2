import type { Letter } from '../mailbox.js';
import type { Team } from '../team.js';
import type { Relayed } from './relayed.js';

interface Waiting {
  readonly letter: Letter;
  readonly relayed: Relayed | null;
}

/** Letters to workers, in order also while a worker has no thread. */
export class Post {
  private readonly waiting = new Map<number, Waiting[]>();

  /** @param keeps whether a connection belongs to the thread that heard of it first, and not to its successors */
  constructor(
    private readonly team: Team,
    private readonly keeps: boolean,
  ) {}

  /** Writes to a worker, or to the thread that has the connection. */
  send(worker: number, letter: Letter, relayed: Relayed | null = null): void {
    const { mailbox } = this.team;
    if (relayed !== null && relayed.thread !== 0) {
      mailbox.send(relayed.thread, letter);
      return;
    }
    const thread = this.waiting.has(worker) ? 0 : this.team.threadOf(worker);
    if (thread !== 0 && mailbox.send(thread, letter)) this.keep(relayed, thread);
    else {
      const queue = this.waiting.get(worker) ?? [];
      this.waiting.set(worker, queue);
      queue.push({ letter, relayed });
    }
  }

  /** Workers may have threads now that had none. */
  flush(): void {
    for (const [worker, queue] of this.waiting) {
      const thread = this.team.threadOf(worker);
      if (thread === 0) continue;
      this.waiting.delete(worker);
      for (const { letter, relayed } of queue) {
        this.team.mailbox.send(thread, letter);
        this.keep(relayed, thread);
      }
    }
  }

  private keep(relayed: Relayed | null, thread: number): void {
    if (relayed !== null && this.keeps) relayed.thread = thread;
  }
}
