import { fail } from '../errors/last-error.js';
import type { PipeEnd } from './pipe-end.js';

const ETIMEDOUT = 110;
const EAGAIN = 11;
const EBADF = 9;

/** The pipe of a process as a socket for coroutines, from `exportSocket()`: the part of Swoole\Coroutine\Socket that a pipe needs. */
export class PipeSocket {
  static readonly phpName = 'Swoole\\Coroutine\\Socket';

  /** The number of the last failure: 110 when a time was over, 11 when the other end reads too slowly, 9 when it is closed. */
  errCode = 0;
  #closed = false;

  /** @internal */
  constructor(private readonly end: PipeEnd) {}

  /**
   * Waits for what the other end writes.
   * @param length at most so many bytes; the rest of a packet is lost
   * @param timeout in seconds, no limit from 0 down
   * @returns a promise of the bytes, of none once the other end is closed; of false with errCode 110 when the time is over
   * @see Swoole\Coroutine\Socket::recv
   */
  async recv(length = 65536, timeout = 0): Promise<Buffer | false> {
    if (this.#closed) return this.#fail(EBADF);
    return this.end.receive('Swoole\\Coroutine\\Socket::recv()', length, timeout, () =>
      this.#fail(ETIMEDOUT),
    );
  }

  /**
   * Writes.
   * @returns a promise of the number of bytes; of false with errCode 11 when too much waits at the other end
   * @see Swoole\Coroutine\Socket::send
   */
  async send(data: string | Uint8Array, _timeout = 0): Promise<number | false> {
    if (this.#closed) return this.#fail(EBADF);
    return this.end.sendBytes(data) ? Buffer.byteLength(data) : this.#fail(EAGAIN);
  }

  /** Ends the use of this socket; the pipe stays. @returns false when it is closed @see Swoole\Coroutine\Socket::close */
  close(): boolean {
    if (this.#closed) return false;
    this.#closed = true;
    return true;
  }

  #fail(code: number): false {
    this.errCode = code;
    return fail(code);
  }
}
