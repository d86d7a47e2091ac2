import type { Duplex } from 'node:stream';
import { SWOOLE_EVENT_READ, SWOOLE_EVENT_WRITE } from '../constants/event.js';

/** What can be watched: a socket, or another stream of Node's that is read and written. */
export type EventSocket = Duplex;

export type StreamCallback = (socket: EventSocket) => unknown;

/** A stream whose readiness is told as that of a descriptor: again and again, as long as it lasts. */
export class WatchedStream {
  #events = 0;
  #soon: NodeJS.Immediate | null = null;

  /** @param ready gets the events of which one has come */
  constructor(
    readonly socket: EventSocket,
    private readonly ready: (event: number) => void,
  ) {}

  get events(): number {
    return this.#events;
  }

  /** What to watch for from now on. */
  watch(events: number): void {
    const { socket } = this;
    const before = this.#events;
    this.#events = events;
    const added = events & ~before;
    const gone = before & ~events;
    if ((added & SWOOLE_EVENT_READ) !== 0) socket.on('readable', this.#readable).on('end', this.#ended);
    if ((gone & SWOOLE_EVENT_READ) !== 0) socket.off('readable', this.#readable).off('end', this.#ended);
    if ((added & SWOOLE_EVENT_WRITE) !== 0) socket.on('drain', this.#look);
    if ((gone & SWOOLE_EVENT_WRITE) !== 0) socket.off('drain', this.#look);
    if (events !== 0) this.#lookSoon();
    else this.#rest();
  }

  #rest(): void {
    if (this.#soon !== null) clearImmediate(this.#soon);
    this.#soon = null;
  }

  #lookSoon(): void {
    this.#soon ??= setImmediate(this.#look);
  }

  /** Of a stream that has ended nothing is left to read, which only a read in vain makes it tell. */
  readonly #readable = (): void => {
    if (this.socket.readableLength > 0) this.#look();
    else this.socket.read();
  };

  readonly #ended = (): void => {
    if ((this.#events & SWOOLE_EVENT_READ) !== 0) this.ready(SWOOLE_EVENT_READ);
  };

  /** Tells what is ready now, and looks again if it was not used up. */
  readonly #look = (): void => {
    this.#rest();
    const { socket } = this;
    if ((this.#events & SWOOLE_EVENT_READ) !== 0 && (socket.readableLength > 0 || socket.readableEnded)) {
      this.ready(SWOOLE_EVENT_READ);
    }
    if (this.#writable) this.ready(SWOOLE_EVENT_WRITE);
    const reading = (this.#events & SWOOLE_EVENT_READ) !== 0;
    if (reading && socket.readableLength === 0 && !socket.readableEnded) socket.read();
    if ((reading && socket.readableLength > 0) || this.#writable) this.#lookSoon();
  };

  get #writable(): boolean {
    const { socket } = this;
    return (this.#events & SWOOLE_EVENT_WRITE) !== 0 && socket.writable && !socket.writableNeedDrain;
  }
}
