import { Duplex } from 'node:stream';
import { Wait } from '../coroutine/wait.js';
import type { PipeWay } from './pipe-way.js';

interface Reader {
  readonly size: number;
  readonly wait: Wait<Buffer | false>;
}

/** One end of the pipe of a process. As it is a stream, `Event.add()` can watch it. */
export class PipeEnd extends Duplex {
  #way: PipeWay | null = null;
  #early: Uint8Array[] = [];
  #over = false;
  readonly #readers: Reader[] = [];
  readonly #serve = (): void => this.#serveAll();

  /** @param packets whether what was written in one go is read in one go; else bytes come in a row */
  constructor(private readonly packets: boolean) {
    // Nothing is taken before somebody reads: the workers of a server share their end of a pipe.
    super({ readableObjectMode: packets, readableHighWaterMark: 0, autoDestroy: false });
    // Only somebody who reads keeps a thread from ending.
    this.on('newListener', (event) => {
      if (event === 'readable') this.#way?.hold(true);
    });
  }

  /** Whether the other end is closed. */
  get isOver(): boolean {
    return this.#over;
  }

  /** Connects it. What was written before is sent now. */
  connect(way: PipeWay): void {
    this.#way = way;
    for (const bytes of this.#early.splice(0)) way.send(bytes);
    if (this.listenerCount('readable') > 0) way.hold(true);
  }

  /** Bytes have come. */
  arrived(bytes: Uint8Array): void {
    if (!this.#over) this.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  }

  /** The other end is closed: nothing comes any more. */
  ended(): void {
    if (this.#over) return;
    this.#over = true;
    this.push(null);
    this.#serveAll();
  }

  /** @returns false when too much waits at the other end */
  sendBytes(data: string | Uint8Array): boolean {
    // A copy of its own: with a piece of a pool, the whole pool would go to the other thread.
    const bytes = new Uint8Array(typeof data === 'string' ? Buffer.from(data) : data);
    if (this.#over) return false;
    if (this.#way !== null) return this.#way.send(bytes);
    this.#early.push(bytes);
    return true;
  }

  /**
   * Waits for bytes.
   * @param size at most so many; the rest of a packet is lost
   * @param seconds no limit from 0 down
   * @param late called when the time is over
   * @returns the bytes; none once the other end is closed; false when the time is over
   */
  receive(what: string, size: number, seconds: number, late: () => void): Promise<Buffer | false> {
    const forget = (): false => {
      const place = this.#readers.findIndex((reader) => reader.wait === wait);
      if (place >= 0) this.#readers.splice(place, 1);
      this.#rest();
      return false;
    };
    const timedOut = (): false => {
      late();
      return forget();
    };
    const wait = new Wait<Buffer | false>(what, { canceled: forget, timedOut }, seconds);
    if (this.#readers.push({ size, wait }) === 1) this.on('readable', this.#serve);
    this.#serveAll();
    return wait.promise;
  }

  close(): void {
    this.ended();
    this.#way?.close();
    this.#way = null;
  }

  // Node's streams emit no removeListener for their own events.
  override off(event: string | symbol, listener: (...args: never[]) => void): this {
    super.off(event, listener as () => void);
    this.#way?.hold(this.listenerCount('readable') > 0);
    return this;
  }

  override _read(): void {
    this.#way?.want();
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error) => void): void {
    done(this.sendBytes(chunk) ? undefined : new Error('the other end of the pipe reads too slowly'));
  }

  #serveAll(): void {
    for (let reader = this.#readers[0]; reader !== undefined; reader = this.#readers[0]) {
      const bytes = this.receiveNow(reader.size);
      if (bytes === null) return;
      this.#readers.shift();
      reader.wait.wake(bytes);
    }
    this.#rest();
  }

  #rest(): void {
    if (this.#readers.length === 0) this.off('readable', this.#serve);
  }

  /** What has come: at most so many bytes, none once the other end is closed; null when nothing has. */
  receiveNow(size: number): Buffer | null {
    const some = this.packets ? undefined : Math.min(size, this.readableLength) || undefined;
    const bytes = this.read(some) as Buffer | null;
    if (bytes === null) return this.#over ? Buffer.alloc(0) : null;
    this.#way?.took(bytes.length);
    return bytes.subarray(0, size);
  }
}
