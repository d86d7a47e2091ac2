import type { EngineConnection } from '../engine/engine.js';
import type { ClientInfo } from '../server/client-info.js';
import type { Port } from '../server/port.js';
import { Session } from './session.js';
import { Field, type SharedSessions } from './shared-sessions.js';

/** What a table needs to know of the threads of its server. */
export interface SharedView {
  readonly sessions: SharedSessions;
  /** The thread and the worker that new connections belong to. */
  readonly thread: number;
  readonly worker: number;
  /** True shows the connections of all threads; false, as in SWOOLE_BASE, only those of this one. */
  readonly wide: boolean;
}

/** The connections of a server by fd: those of this thread as objects, those of others by their fds. fds count from 1 and are never used again. */
export class SessionTable {
  private readonly sessions = new Map<number, Session>();
  private lastFd = 0;
  /** The session asked for last: programs ask about one fd several times in a row. */
  private recent: Session | undefined;
  private view: SharedView | null = null;
  /** What getClientInfo() tells. */
  tell: (fd: number) => ClientInfo | false = () => false;

  /** From now on connections are known to all threads of the server. */
  share(view: SharedView): void {
    this.view = view;
  }

  /** Makes a session for a new connection. One that there is no room for in shared memory has an fd that nobody knows, and `refused` is true. */
  create(engine: EngineConnection, port: Port): Session {
    if (engine.fd !== undefined) return this.adopt(engine.fd, engine, port);
    const { view } = this;
    if (view === null) return this.add(new Session(++this.lastFd, engine, port));
    const { sessions, thread, worker } = view;
    const fd = sessions.claim(thread, worker, port.index, engine.remoteAddress, engine.remotePort);
    if (fd !== 0) return this.add(new Session(fd, engine, port, sessions));
    const session = this.add(new Session(-++this.lastFd, engine, port));
    session.refused = true;
    return session;
  }

  /** Makes a session for a connection whose fd another thread has taken. */
  adopt(fd: number, engine: EngineConnection, port: Port): Session {
    return this.add(new Session(fd, engine, port, this.view?.sessions ?? null));
  }

  private add(session: Session): Session {
    session.engine.owner = session;
    session.reactor = Math.max(this.view?.worker ?? 0, 0);
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
    if (this.drop(fd)) this.view?.sessions.release(fd);
  }

  /** Forgets a session that goes on in another thread. @returns false when there was none */
  drop(fd: number): boolean {
    if (this.recent?.fd === fd) this.recent = undefined;
    return this.sessions.delete(fd);
  }

  /** Whether the program may talk to an fd, in whichever thread it is. */
  exists(fd: number): boolean {
    return this.alive(fd) !== undefined || (this.view?.wide === true && this.view.sessions.alive(fd));
  }

  /** Counts those in their close event too, and those of all threads, as Swoole does. */
  get size(): number {
    return this.view === null ? this.sessions.size : this.view.sessions.count;
  }

  /** The last fd given out. */
  get newestFd(): number {
    return this.view === null ? this.lastFd : this.view.sessions.newestFd;
  }

  /** The smallest fd there is; 0 without connections. */
  get oldestFd(): number {
    if (this.view !== null) return this.view.sessions.oldestFd;
    for (const fd of this.sessions.keys()) return fd;
    return 0;
  }

  /** The fds that the program sees, those of `port` or all; safe while connections come and go. */
  fds(port: Port | null = null): IterableIterator<number> {
    const { view } = this;
    return view?.wide ? farFds(view.sessions, port) : new NearFds(this, port);
  }

  /** How many connections a port has, those in their close event included. */
  countOf(port: Port): number {
    let count = 0;
    if (this.view === null) {
      for (const session of this.sessions.values()) if (session.port === port) count++;
    } else {
      const { sessions } = this.view;
      for (const fd of sessions.fds()) if (sessions.get(fd, Field.PORT) === port.index) count++;
    }
    return count;
  }

  /** The place in `server.ports` of an fd's port; -1 for an unknown fd. */
  portIndexOf(fd: number): number {
    const session = this.sessions.get(fd);
    if (session !== undefined) return session.port.index;
    return this.view?.sessions.has(fd) ? this.view.sessions.get(fd, Field.PORT) : -1;
  }

  /** The sessions of this thread; safe while connections come and go. */
  values(): IterableIterator<Session> {
    return this.sessions.values();
  }

  /** @internal Says which session will be asked for next. */
  expect(session: Session): void {
    this.recent = session;
  }

  /** Up to `count` fds above `start`, in ascending order. */
  page(start: number, count: number): number[] {
    const fds: number[] = [];
    for (const fd of this.fds()) {
      if (fd > start) fds.push(fd);
      if (fds.length === count) break;
    }
    return fds;
  }
}

/** By hand because a generator costs a broadcast to a thousand peers more than its lookups. */
class NearFds implements IterableIterator<number> {
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

function* farFds(sessions: SharedSessions, port: Port | null): Generator<number, void, undefined> {
  for (const fd of sessions.fds())
    if (sessions.alive(fd) && (port === null || sessions.get(fd, Field.PORT) === port.index)) yield fd;
}
