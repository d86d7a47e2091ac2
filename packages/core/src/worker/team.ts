import { SWOOLE_WORKER_IDLE } from '../constants/index.js';
import { fail } from '../errors/last-error.js';
import {
  SWOOLE_ERROR_OUTPUT_BUFFER_OVERFLOW,
  SWOOLE_ERROR_PHP_FATAL_ERROR,
  SWOOLE_ERROR_SESSION_NOT_EXIST,
} from '../errors/numbers.js';
import { Field, type SharedSessions } from '../session/shared-sessions.js';
import { type Control, WorkerField } from './control.js';
import { LetterKind } from './letters.js';
import { type Letter, Mailbox } from './mailbox.js';
import { type Goes, Post } from './post.js';

/** The most letters that wait for a worker which is not there. */
const MOST_WAITING = 10_000;

/** Does what a letter asks for. */
type Service = (letter: Letter, from: number) => void;

/** What a thread knows of the other threads of its server, and how it reaches their connections. */
export class Team {
  readonly mailbox = new Mailbox((letter, from) => this.services.get(letter[0])?.(letter, from));
  private readonly services = new Map<number, Service>();
  readonly post = new Post(this.mailbox, (worker) => this.threadOf(worker));
  private readonly endings: Array<(thread: number) => void> = [];

  /**
   * @param thread this thread's number
   * @param wide whether the program sees the connections of all threads; in SWOOLE_BASE it reaches them all the same
   */
  constructor(
    readonly thread: number,
    readonly sessions: SharedSessions,
    readonly control: Control,
    readonly wide: boolean,
  ) {}

  /** Says who does what letters of a kind ask for. */
  serve(kind: number, service: Service): void {
    this.services.set(kind, service);
  }

  /** From now on letters are thrown away: the program of this thread is called no more. */
  deafen(): void {
    this.services.clear();
  }

  /** Says who wants to know that a thread has ended. */
  onEnd(told: (thread: number) => void): void {
    this.endings.push(told);
  }

  /** A thread has ended. */
  ended(thread: number): void {
    this.mailbox.unlink(thread);
    for (const told of this.endings) told(thread);
  }

  /** The thread that is a worker now; 0 for none. */
  threadOf(worker: number): number {
    return this.control.get(worker, WorkerField.THREAD);
  }

  /**
   * Writes to whoever is a worker now. While nobody is, the letter waits.
   * @param goes told which thread gets it, right before it does
   * @returns false when too many wait already
   */
  toWorker(worker: number, letter: Letter, goes: Goes | null = null): boolean {
    if (this.post.waitingFor(worker) >= MOST_WAITING) return false;
    this.post.send(worker, letter, goes);
    return true;
  }

  /** Writes to the thread that owns a connection. @returns false when there is no way to it */
  toOwner(fd: number, letter: Letter): boolean {
    return this.mailbox.send(this.sessions.get(fd, Field.THREAD), letter);
  }

  /**
   * Sends to a connection of another thread's.
   * @param limit the most bytes that may wait for it
   * @returns false with error 1009 when it reads too slowly
   */
  push(fd: number, data: string | Uint8Array, opcode: number, flags: number, limit: number): boolean {
    if (!this.reserve(fd, data.length, limit)) return false;
    const { mailbox } = this;
    const owner = this.sessions.get(fd, Field.THREAD);
    const last = mailbox.unsent(owner);
    if (last?.[0] === LetterKind.PUSH && last[2] === data && last[3] === opcode && last[4] === flags) {
      (last[1] as number[]).push(fd);
      return true;
    }
    // Bytes are sent as they are now, whatever the program does with them afterwards; a piece of a pool must not drag the pool along.
    return mailbox.send(owner, [LetterKind.PUSH, [fd], copied(data), opcode, flags]);
  }

  /** Sends raw bytes to a connection of another thread's. @returns as {@link push} */
  send(fd: number, data: string | Uint8Array, limit: number): boolean {
    if (!this.sessions.has(fd)) return true;
    return this.reserve(fd, data.length, limit) && this.toOwner(fd, [LetterKind.SEND, fd, copied(data)]);
  }

  /** Closes a connection of another thread's. @returns false when it is closed or closing */
  close(fd: number, reset: boolean): boolean {
    if (!this.sessions.beginClose(fd)) return fail(SWOOLE_ERROR_SESSION_NOT_EXIST);
    return this.toOwner(fd, [LetterKind.CLOSE, fd, reset]);
  }

  /** Sends a close frame to a connection of another thread's and closes it. @returns false when it is closed or closing */
  disconnect(fd: number, code: number, reason: string): boolean {
    if (!this.sessions.beginClose(fd)) return fail(SWOOLE_ERROR_PHP_FATAL_ERROR);
    return this.toOwner(fd, [LetterKind.DISCONNECT, fd, code, reason]);
  }

  /** Workers that have nothing to do. */
  idleWorkers(): number {
    const { control } = this;
    let idle = 0;
    for (let id = 0; id < control.crew.workers; id++)
      if (control.get(id, WorkerField.STATUS) === SWOOLE_WORKER_IDLE) idle++;
    return idle;
  }

  /** How many task workers have nothing to do, and how many tasks are not begun. */
  tasking(): { idle: number; tasks: number } {
    const { crew } = this.control;
    let idle = 0;
    let tasks = 0;
    for (let id = crew.workers; id < crew.workers + crew.taskWorkers; id++) {
      const given = this.control.get(id, WorkerField.TASKS);
      if (given === 0) idle++;
      tasks += Math.max(0, given - this.control.get(id, WorkerField.DOING));
    }
    return { idle, tasks };
  }

  /** Counts bytes on their way to a connection, unless there are too many already. */
  private reserve(fd: number, bytes: number, limit: number): boolean {
    const { sessions } = this;
    if (sessions.get(fd, Field.BACKLOG) + sessions.add(fd, Field.PENDING, bytes) <= limit) return true;
    sessions.add(fd, Field.PENDING, -bytes);
    return fail(SWOOLE_ERROR_OUTPUT_BUFFER_OVERFLOW);
  }
}

function copied(data: string | Uint8Array): string | Uint8Array {
  return typeof data === 'string' ? data : new Uint8Array(data);
}
