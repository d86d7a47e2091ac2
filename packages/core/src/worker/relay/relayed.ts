import type { StreamConnection } from '../../engine/stream.js';
import { atEndOfTurn, type TurnTask } from '../../engine/turn.js';
import type { Session } from '../../session/session.js';
import { Field, type SharedSessions } from '../../session/shared-sessions.js';

/** In bytes: what may be on its way to a worker for one connection before it is read no further. */
const MOST_RELAYED = 256 * 1024;
/** In bytes: what is left when it is read again. */
export const FEW_RELAYED = 64 * 1024;

/** A raw connection whose socket is in this thread, and whose worker is another. */
export class Relayed implements TurnTask {
  /** The worker that is told of it; -1 before one was chosen. */
  worker = -1;
  /** The thread that has it to the end; 0 while none has, and where connections outlive workers. */
  thread = 0;
  /** Workers that have seen it besides. */
  others: Set<number> | null = null;
  /** True when the worker is to hear what leaves. */
  telling = false;
  /** True between FULL and an empty buffer. */
  full = false;
  private measuring = false;

  /** @param paused true when the program reads it only later */
  constructor(
    readonly session: Session,
    readonly stream: StreamConnection,
    private readonly sessions: SharedSessions,
    private paused: boolean,
  ) {}

  /** Counts what goes to the worker. */
  relay(bytes: number): void {
    const before = this.sessions.add(this.session.fd, Field.RELAYED, bytes) - bytes;
    if (before <= MOST_RELAYED && before + bytes > MOST_RELAYED) this.stream.pause();
  }

  /** The worker has caught up, or will never. */
  taken(): void {
    if (!this.paused) this.stream.resume();
  }

  pause(): void {
    this.paused = true;
    this.stream.pause();
  }

  resume(): void {
    this.paused = false;
    if (this.sessions.get(this.session.fd, Field.RELAYED) <= MOST_RELAYED) this.stream.resume();
  }

  /** Something was written: what of it has not left at the end of the turn is known to all threads then. */
  written(): void {
    if (this.measuring) return;
    this.measuring = true;
    atEndOfTurn(this);
  }

  endOfTurn(): void {
    this.measuring = false;
    if (!this.stream.open) return;
    if (this.measure() > 0) this.stream.expectDrain();
  }

  /** Tells all threads what waits to leave. @returns how many bytes */
  measure(): number {
    const waiting = this.stream.bufferedAmount();
    this.sessions.set(this.session.fd, Field.BACKLOG, waiting);
    return waiting;
  }
}
