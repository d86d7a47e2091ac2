import type { Letter, Mailbox } from './mailbox.js';

/** How often it is looked for a worker that is not there, in milliseconds. */
const LOOK_MS = 10;

/** Told which thread gets a letter, right before it does. */
export type Goes = (thread: number) => void;

interface Waiting {
  readonly letter: Letter;
  readonly goes: Goes | null;
}

/** Letters to whoever is a worker now. While nobody is, because it starts or another takes its place, they wait, in order. */
export class Post {
  private readonly waiting = new Map<number, Waiting[]>();
  private timer: NodeJS.Timeout | null = null;

  /** @param threadOf the thread that is a worker now; 0 for none */
  constructor(
    private readonly mailbox: Mailbox,
    private readonly threadOf: (worker: number) => number,
  ) {}

  send(worker: number, letter: Letter, goes: Goes | null = null): void {
    const queue = this.waiting.get(worker);
    if (queue !== undefined) queue.push({ letter, goes });
    else if (!this.give(worker, letter, goes)) {
      this.waiting.set(worker, [{ letter, goes }]);
      this.timer ??= setInterval(() => this.deliver(), LOOK_MS).unref();
    }
  }

  /** How many letters wait for a worker. */
  waitingFor(worker: number): number {
    return this.waiting.get(worker)?.length ?? 0;
  }

  /** Workers may have threads now that had none. */
  deliver(): void {
    for (const [worker, queue] of this.waiting) {
      let given = 0;
      for (const { letter, goes } of queue) {
        if (!this.give(worker, letter, goes)) break;
        given++;
      }
      if (given === queue.length) this.waiting.delete(worker);
      else queue.splice(0, given);
    }
    if (this.waiting.size > 0) return;
    clearInterval(this.timer ?? undefined);
    this.timer = null;
  }

  private give(worker: number, letter: Letter, goes: Goes | null): boolean {
    const thread = this.threadOf(worker);
    if (thread === 0 || !this.mailbox.reaches(thread)) return false;
    goes?.(thread);
    return this.mailbox.send(thread, letter);
  }
}
