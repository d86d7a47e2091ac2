import type { EngineConnection } from '../engine/engine.js';
import type { Port } from '../server/port.js';
import { Session } from './session.js';

/** The connections of a server by fd. fds count from 1 and are never used again. */
export class SessionTable {
  private readonly sessions = new Map<number, Session>();
  private lastFd = 0;
  /** The session asked for last: programs ask about one fd several times in a row. */
  private recent: Session | undefined;

  create(engine: EngineConnection, port: Port): Session {
    const session = new Session(++this.lastFd, engine, port);
    engine.owner = session;
    this.sessions.set(session.fd, session);
    return session;
  }

  /** The session of an fd, also while its close event runs. */
  get(fd: number): Session | undefined {
    return this.sessions.get(fd);
  }

  /** The session of an fd that the program may still talk to. */
  alive(fd: number): Session | undefined {
    let session = this.recent;
    if (session === undefined || session.fd !== fd) {
      session = this.sessions.get(fd);
      this.recent = session;
    }
    return session === undefined || session.closed ? undefined : session;
  }

  delete(fd: number): void {
    this.sessions.delete(fd);
    if (this.recent?.fd === fd) this.recent = undefined;
  }

  /** Counts those in their close event too, as Swoole does. */
  get size(): number {
    return this.sessions.size;
  }

  /** The last fd given out. */
  get newestFd(): number {
    return this.lastFd;
  }

  /** All sessions; safe while connections come and go. */
  values(): IterableIterator<Session> {
    return this.sessions.values();
  }

  /** The fds that are connected, of one port or of all; as safe as {@link values}. */
  fds(port: Port | null): IterableIterator<number> {
    return new Fds(this, port);
  }

  /** @internal Says which session will be asked for next. */
  expect(session: Session): void {
    this.recent = session;
  }

  /** Up to `count` fds above `start`, in ascending order. */
  page(start: number, count: number): number[] {
    const fds: number[] = [];
    for (const session of this.sessions.values()) {
      if (session.fd > start && !session.closed) fds.push(session.fd);
      if (fds.length === count) break;
    }
    return fds;
  }
}

/** By hand because a generator costs a broadcast to a thousand peers more than its lookups. */
class Fds implements IterableIterator<number> {
  private readonly sessions: IterableIterator<Session>;

  constructor(
    private readonly table: SessionTable,
    private readonly port: Port | null,
  ) {
    this.sessions = table.values();
  }

  next(): IteratorResult<number, undefined> {
    for (;;) {
      const step = this.sessions.next();
      if (step.done) return { done: true, value: undefined };
      const session: Session = step.value;
      if (session.closed || (this.port !== null && session.port !== this.port)) continue;
      this.table.expect(session);
      return { done: false, value: session.fd };
    }
  }

  [Symbol.iterator](): this {
    return this;
  }
}
