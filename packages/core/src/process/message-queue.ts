import { fail } from '../errors/last-error.js';
import type { Line } from './line.js';
import { MOST_UNREAD } from './pipe-way.js';
import { lineToStarter } from './self.js';

const EAGAIN = 11;
const ENOMSG = 42;
/** Takes messages of every type. */
const ANY = 0;

/** What waits in a queue, as `Process.statQueue()` tells it. */
export interface QueueStats {
  queue_num: number;
  /** In bytes. */
  queue_bytes: number;
}

interface Message {
  readonly type: number;
  readonly bytes: Buffer;
}

interface Taker {
  readonly type: number;
  readonly size: number;
  readonly by: unknown;
  readonly give: (bytes: Buffer) => void;
}

/** A message queue. The first thread keeps it; its processes ask for what is in it. */
export class MessageQueue {
  private readonly messages: Message[] = [];
  private readonly takers: Taker[] = [];
  private bytes = 0;
  /** The most bytes in it. */
  capacity = MOST_UNREAD;

  push(type: number, bytes: Buffer): boolean {
    const place = this.takers.findIndex((taker) => taker.type === ANY || taker.type === type);
    if (place >= 0) {
      const [taker] = this.takers.splice(place, 1) as [Taker];
      taker.give(bytes.subarray(0, taker.size));
      return true;
    }
    if (this.bytes + bytes.length > this.capacity) return fail(EAGAIN);
    this.bytes += bytes.length;
    this.messages.push({ type, bytes });
    return true;
  }

  /** @param by who wants it, until `forget()` */
  pop(type: number, size: number, wait: boolean, by: unknown): Promise<Buffer | false> {
    const place = this.messages.findIndex((message) => type === ANY || message.type === type);
    if (place >= 0) {
      const [{ bytes }] = this.messages.splice(place, 1) as [Message];
      this.bytes -= bytes.length;
      return Promise.resolve(bytes.subarray(0, size));
    }
    if (!wait) return Promise.resolve(fail(ENOMSG));
    return new Promise((give) => {
      this.takers.push({ type, size, by, give });
    });
  }

  forget(by: unknown): void {
    this.takers.splice(0, this.takers.length, ...this.takers.filter((taker) => taker.by !== by));
  }

  stats(): QueueStats {
    return { queue_num: this.messages.length, queue_bytes: this.bytes };
  }
}

const queues = new Map<number, MessageQueue>();

/** The queue of a key in the first thread. */
export function queueOf(key: number): MessageQueue {
  const found = queues.get(key) ?? new MessageQueue();
  queues.set(key, found);
  return found;
}

/** Forgets a queue and what is in it. @returns false when there is none */
export function freeQueue(key: number): boolean {
  return queues.delete(key);
}

/** Lets a process use the queues. */
export function serveQueues(line: Line): void {
  line.serve('queue push', (key: number, type: number, bytes: Uint8Array) => {
    queueOf(key).push(type, Buffer.from(bytes));
  });
  line.serve('queue pop', (key: number, type: number, size: number, wait: boolean, question: number) => {
    void queueOf(key)
      .pop(type, size, wait, line)
      .then((bytes) => line.post('queue popped', question, bytes === false ? null : new Uint8Array(bytes)));
  });
  line.serve('queue free', (key: number) => {
    freeQueue(key);
  });
  line.endings.push(() => {
    for (const queue of queues.values()) queue.forget(line);
  });
}

let questions = 0;
const asked = new Map<number, (bytes: Buffer | false) => void>();

/** Puts a message into a queue, from wherever this is. */
export function pushToQueue(key: number, type: number, data: string | Uint8Array): boolean {
  const bytes = Buffer.from(data as string);
  return (
    lineToStarter()?.post('queue push', key, type, new Uint8Array(bytes)) ?? queueOf(key).push(type, bytes)
  );
}

/** Takes a message out of a queue, from wherever this is. */
export function popFromQueue(
  key: number,
  type: number,
  size: number,
  wait: boolean,
): Promise<Buffer | false> {
  const line = lineToStarter();
  if (line === null) return queueOf(key).pop(type, size, wait, null);
  line.serve('queue popped', (question: number, bytes: Uint8Array | null) => {
    line.hold(false);
    asked.get(question)?.(bytes === null ? fail(ENOMSG) : Buffer.from(bytes));
    asked.delete(question);
  });
  return new Promise((resolve) => {
    line.hold(true);
    asked.set(++questions, resolve);
    line.post('queue pop', key, type, size, wait, questions);
  });
}
