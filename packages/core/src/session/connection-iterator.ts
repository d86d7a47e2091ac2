import type { ClientInfo } from '../server/client-info.js';
import type { Port } from '../server/port.js';
import type { SessionTable } from './session-table.js';

/**
 * The fds of the connected clients: iterable, countable, and safe when connections close inside the loop.
 * @see Swoole\Connection\Iterator
 */
export class ConnectionIterator implements Iterable<number> {
  static readonly phpName = 'Swoole\\Connection\\Iterator';
  private snapshot: number[] = [];
  private position = 0;

  /** @internal */
  constructor(
    private readonly sessions: SessionTable,
    private readonly port: Port | null = null,
  ) {}

  [Symbol.iterator](): IterableIterator<number> {
    return this.sessions.fds(this.port);
  }

  /** How many there are, those in their close event included. @see Swoole\Connection\Iterator::count */
  count(): number {
    if (this.port === null) return this.sessions.size;
    return this.sessions.countOf(this.port);
  }

  /** Whether an fd is connected: `isset($server->connections[$fd])`. @see Swoole\Connection\Iterator::offsetExists */
  offsetExists(fd: number): boolean {
    return (
      this.sessions.exists(fd) && (this.port === null || this.sessions.portIndexOf(fd) === this.port.index)
    );
  }

  /** What is known of a connection, as getClientInfo() tells it; false for an unknown fd. @see Swoole\Connection\Iterator::offsetGet */
  offsetGet(fd: number): ClientInfo | false {
    return this.sessions.tell(fd);
  }

  /** Does nothing: connections cannot be set. @see Swoole\Connection\Iterator::offsetSet */
  offsetSet(_fd: number, _value: unknown): void {}

  /** Does nothing: connections end with close(). @see Swoole\Connection\Iterator::offsetUnset */
  offsetUnset(_fd: number): void {}

  /** Starts over with the connections of this moment. @see Swoole\Connection\Iterator::rewind */
  rewind(): void {
    this.snapshot = [...this];
    this.position = 0;
  }

  /** Whether there is a current fd. @see Swoole\Connection\Iterator::valid */
  valid(): boolean {
    return this.position < this.snapshot.length;
  }

  /** The current fd, null past the end. @see Swoole\Connection\Iterator::current */
  current(): number | null {
    return this.snapshot[this.position] ?? null;
  }

  /** The position, counted from 0. @see Swoole\Connection\Iterator::key */
  key(): number {
    return this.position;
  }

  /** Moves on. @see Swoole\Connection\Iterator::next */
  next(): void {
    this.position++;
  }
}
