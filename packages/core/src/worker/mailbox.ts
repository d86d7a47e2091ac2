import type { MessagePort } from 'node:worker_threads';
import { atEndOfTurn, type TurnTask } from '../engine/turn.js';

/** What one thread tells another: a kind, and what belongs to it. Anything that can be cloned. */
export type Letter = readonly [kind: number, ...contents: unknown[]];

/** Takes the letters of other threads, in the order in which each sender wrote them. */
export type LetterHandler = (letter: Letter, from: number) => void;

/** In milliseconds: letters wait for others no longer than this while the program goes on writing them. */
const PATIENCE_MS = 2;

/**
 * The letters of one turn of the event loop to one thread leave together. A turn may be long, though, above all a task's: the first
 * letter after a while leaves at once, and so do others as soon as they have waited for a while.
 */
class Outbox implements TurnTask {
  private letters: Letter[] = [];
  private queued = false;
  private left = 0;

  constructor(readonly port: MessagePort) {}

  add(letter: Letter): void {
    this.letters.push(letter);
    if (performance.now() - this.left > PATIENCE_MS) this.leave();
    else if (!this.queued) {
      this.queued = true;
      atEndOfTurn(this);
    }
  }

  endOfTurn(): void {
    this.queued = false;
    this.leave();
  }

  leave(): void {
    const { letters } = this;
    if (letters.length === 0) return;
    this.letters = [];
    this.left = performance.now();
    this.port.postMessage(letters);
  }

  /** The letter added last, while it has not left. */
  get last(): Letter | undefined {
    return this.letters[this.letters.length - 1];
  }
}

/** The way to the other threads of a server. */
export class Mailbox {
  /** Whether letters that may come keep the thread from ending. */
  holds = true;
  private readonly outboxes = new Map<number, Outbox>();

  constructor(private readonly handler: LetterHandler) {}

  /** Connects a thread. */
  link(thread: number, port: MessagePort): void {
    this.outboxes.set(thread, new Outbox(port));
    port.on('message', (letters: Letter[]) => {
      for (const letter of letters) this.handler(letter, thread);
    });
    if (!this.holds) port.unref();
  }

  /** Forgets a thread that has ended. */
  unlink(thread: number): void {
    this.outboxes.get(thread)?.port.close();
    this.outboxes.delete(thread);
  }

  /** Whether there is a way to a thread. */
  reaches(thread: number): boolean {
    return this.outboxes.has(thread);
  }

  /** Writes to a thread. @returns false when there is no way to it */
  send(thread: number, letter: Letter): boolean {
    const outbox = this.outboxes.get(thread);
    outbox?.add(letter);
    return outbox !== undefined;
  }

  /** The letter to a thread that was written last and has not left: more can be added to what it holds. */
  unsent(thread: number): Letter | undefined {
    return this.outboxes.get(thread)?.last;
  }

  /** Sends what waits, before the end of the turn. */
  flush(): void {
    for (const outbox of this.outboxes.values()) outbox.leave();
  }

  /** The threads there is a way to. */
  get threads(): IterableIterator<number> {
    return this.outboxes.keys();
  }

  /** Closes all ways. */
  close(): void {
    for (const thread of [...this.outboxes.keys()]) this.unlink(thread);
  }
}
