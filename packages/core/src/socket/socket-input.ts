import { clientFramer } from '../client/client-settings.js';
import { SWOOLE_ERROR_PACKAGE_LENGTH_TOO_LARGE } from '../errors/numbers.js';
import { warn } from '../errors/warnings.js';
import type { Framer } from '../server/protocol/framer.js';
import { lengthType } from '../server/protocol/length-type.js';
import type { ByteStream, Received } from './byte-stream.js';
import { SocketException } from './exception.js';
import { EAGAIN, EBADF, EBADMSG, ECONNRESET, EINVAL, ENOTCONN, EOPNOTSUPP } from './numbers.js';
import { SocketBase, type SocketProtocol } from './socket-base.js';

/** How many bytes a receive gives at most where nothing is said. */
const MOST = 65536;

/** Where a datagram came from, filled in by `recvfrom()`. */
export interface PeerName {
  address?: string;
  port?: number;
}

/** The receiving half of a `Coroutine.Socket`. Only one coroutine may receive at a time. */
export abstract class SocketInput extends SocketBase {
  /** What `setProtocol()` was given. */
  protected settings: SocketProtocol | null = null;
  #framer: Framer | null = null;

  /**
   * Says what a packet is, for `recvPacket()`, and whether to speak TLS. Connections that are accepted get the same.
   * @returns false for no settings, and for a package_length_type that PHP's pack() does not have
   * @see Swoole\Coroutine\Socket::setProtocol
   */
  setProtocol(settings: SocketProtocol): boolean {
    if (this.closed) return this.failed(EBADF);
    if (Object.keys(settings).length === 0) return false;
    const { package_length_type: letter } = settings;
    if (letter !== undefined && lengthType(letter.charAt(0)) === undefined) {
      warn(`Unknown package_length_type name '${letter.charAt(0)}', see pack(). Link: https://php.net/pack`);
      return false;
    }
    this.settings = { ...this.settings, ...settings };
    this.#framer = clientFramer(this.settings);
    return true;
  }

  /**
   * Waits for bytes.
   * @param length how many at most
   * @param timeout in seconds; 0 for that of the socket (60), no limit below
   * @returns the bytes; '' when the other side has ended; false with errCode, 110 when the time is over
   * @see Swoole\Coroutine\Socket::recv
   */
  async recv(length = MOST, timeout = 0): Promise<Buffer | '' | false> {
    const most = size(length);
    const got = await this.#received(timeout, (stream, seconds) =>
      stream.some(this.nameOf('recv'), most, seconds),
    );
    // The rest of a longer datagram is lost.
    return got ? got.subarray(0, most) : got;
  }

  /** The same as {@link recv}: all bytes that have come are in one buffer here. @see Swoole\Coroutine\Socket::recvWithBuffer */
  recvWithBuffer(length = MOST, timeout = 0): Promise<Buffer | '' | false> {
    return this.recv(length, timeout);
  }

  /**
   * Waits for that many bytes.
   * @param timeout in seconds; 0 for that of the socket (60), no limit below
   * @returns the bytes; fewer when the other side has ended, or when the time is over with errCode 110; false when there are none then
   * @see Swoole\Coroutine\Socket::recvAll
   */
  async recvAll(length = MOST, timeout = 0): Promise<Buffer | '' | false> {
    const most = size(length);
    const got = await this.#received(timeout, (stream, seconds) =>
      stream.all(this.nameOf('recvAll'), most, seconds),
    );
    return got === false ? (this.stream?.rest(most) ?? false) : got;
  }

  /**
   * Waits for a line.
   * @param length how many bytes of it at most
   * @param timeout in seconds; 0 for that of the socket (60), no limit below
   * @returns the line with its end, a line feed or a carriage return; '' when the other side has ended; false with errCode
   * @see Swoole\Coroutine\Socket::recvLine
   */
  recvLine(length = MOST, timeout = 0): Promise<Buffer | '' | false> {
    return this.#received(timeout, (stream, seconds) =>
      stream.line(this.nameOf('recvLine'), size(length), seconds),
    );
  }

  /**
   * Waits for a packet, as `setProtocol()` has said what one is. Bytes that it has read ahead can only be received as packets.
   * @param timeout in seconds; 0 for that of the socket (60), no limit below
   * @returns the packet; '' when the other side has ended; false with errCode, 1201 for what is no packet
   * @see Swoole\Coroutine\Socket::recvPacket
   */
  recvPacket(timeout = 0): Promise<Buffer | '' | false> {
    const what = this.nameOf('recvPacket');
    return this.#received(timeout, async (stream, seconds) => {
      if (this.#framer === null) return stream.some(what, MOST, seconds);
      const got = await stream.packet(what, this.#framer, seconds);
      return got === EBADMSG ? SWOOLE_ERROR_PACKAGE_LENGTH_TOO_LARGE : got;
    });
  }

  /** What has come, without taking it. '' when the other side has ended; false with errCode 11 for nothing. @see Swoole\Coroutine\Socket::peek */
  peek(length = MOST): Buffer | '' | false {
    if (this.closed) return this.failed(EBADF);
    const peeked = this.stream === null ? this.datagrams?.peek() : (this.stream.peek(size(length)) ?? EAGAIN);
    if (peeked === undefined) return this.failed(ENOTCONN);
    const got = Buffer.isBuffer(peeked) ? peeked.subarray(0, size(length)) : peeked;
    return typeof got === 'number' ? this.failed(got) : this.fine(got);
  }

  /**
   * Waits for a datagram.
   * @param peername gets the `address` and the `port` that it came from, for PHP's variable
   * @param timeout in seconds; 0 for that of the socket (60), no limit below
   * @returns the bytes; false with errCode
   * @see Swoole\Coroutine\Socket::recvfrom
   */
  async recvfrom(peername: PeerName = {}, timeout = 0): Promise<Buffer | '' | false> {
    if (this.closed) return this.failed(EBADF);
    if (this.datagrams === null) return this.failed(this.stream === null ? ENOTCONN : EOPNOTSUPP);
    const got = await this.datagrams.receive(this.nameOf('recvfrom'), timeout || this.readTimeout);
    if (typeof got === 'number') return this.failed(got);
    peername.address = got.from.address;
    peername.port = got.from.port;
    return this.fine(got.data);
  }

  /**
   * Waits for bytes and fills buffers of these sizes with what has come.
   * @returns the buffers, as many as it takes, the last one shorter; none when the other side has ended; false with errCode
   * @see Swoole\Coroutine\Socket::readVector
   */
  async readVector(io_vector: readonly number[], timeout = 0): Promise<Buffer[] | false> {
    return split(await this.recv(total(io_vector), timeout), io_vector);
  }

  /**
   * Waits for as many bytes as these sizes are together.
   * @returns the buffers; fewer when the other side has ended or the time is over; false with errCode
   * @see Swoole\Coroutine\Socket::readVectorAll
   */
  async readVectorAll(io_vector: readonly number[], timeout = 0): Promise<Buffer[] | false> {
    return split(await this.recvAll(total(io_vector), timeout), io_vector);
  }

  /** Whether the connection can still be received from. False with errCode, 104 when the other side has ended. @see Swoole\Coroutine\Socket::checkLiveness */
  checkLiveness(): boolean {
    if (this.closed) return this.failed(EBADF);
    if (this.stream === null) return this.failed(ENOTCONN);
    return this.stream.ended ? this.failed(ECONNRESET) : this.fine(true);
  }

  async #received(
    timeout: number,
    receive: (stream: ByteStream, seconds: number) => Promise<Received>,
  ): Promise<Buffer | '' | false> {
    if (this.closed) return this.failed(EBADF);
    if (this.datagrams !== null) return this.recvfrom({}, timeout);
    if (this.stream === null) return this.failed(ENOTCONN);
    const got = await receive(this.stream, timeout || this.readTimeout);
    return typeof got === 'number' ? this.failed(got) : this.fine(got);
  }
}

function size(length: number): number {
  return length > 0 ? length : MOST;
}

function total(sizes: readonly number[]): number {
  let sum = 0;
  for (const [i, one] of sizes.entries()) {
    if (typeof one !== 'number')
      throw new SocketException(`Item #[${i}] must be of type int, ${typeof one} given`, EINVAL);
    if (one < 0) throw new SocketException(`Item #[${i}] must be greater than 0`, EINVAL);
    sum += one;
  }
  return sum;
}

function split(bytes: Buffer | '' | false, sizes: readonly number[]): Buffer[] | false {
  if (bytes === false) return false;
  const parts: Buffer[] = [];
  let at = 0;
  for (const one of sizes) {
    if (bytes === '' || at >= bytes.length) break;
    parts.push(bytes.subarray(at, at + one));
    at += one;
  }
  return parts;
}
