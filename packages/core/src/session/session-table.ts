import type { EngineConnection } from '../engine/engine.js';
import type { Port } from '../server/port.js';
import { Session } from './session.js';

/** The connections of a server by fd. fds count from 1 and are never used again. */
export class SessionTable {
  private readonly sessions = new Map<number, Session>();
  private lastFd = 0;

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
    const session = this.sessions.get(fd);
    return session === undefined || session.closed ? undefined : session;
  }

  delete(fd: number): void {
    this.sessions.delete(fd);
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
