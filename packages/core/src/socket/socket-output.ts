import { swoole_strerror } from '../errors/strerror.js';
import { warn } from '../errors/warnings.js';
import { SocketException } from './exception.js';
import { AF_INET6, AF_UNIX, EBADF, EDESTADDRREQ, EINVAL, ENOTCONN, EPROTONOSUPPORT } from './numbers.js';
import { sendFile } from './send-file.js';
import { SocketInput } from './socket-input.js';

/** The sending half of a `Coroutine.Socket`. Only one coroutine may send at a time. */
export abstract class SocketOutput extends SocketInput {
  protected readonly shut = { read: false, write: false };

  /**
   * Sends, and waits until the system has taken all.
   * @param timeout in seconds; 0 for that of the socket (60), no limit below
   * @returns the number of bytes; false with errCode
   * @see Swoole\Coroutine\Socket::send
   */
  send(data: string | Uint8Array, timeout = 0): Promise<number | false> {
    return this.#send('send', data, timeout);
  }

  /** The same as {@link send}, which sends all. @see Swoole\Coroutine\Socket::sendAll */
  sendAll(data: string | Uint8Array, timeout = 0): Promise<number | false> {
    return this.#send('sendAll', data, timeout);
  }

  /**
   * Sends several pieces in a row.
   * @returns the number of bytes; false with errCode
   * @throws Socket.Exception for a piece that is empty, or neither text nor bytes
   * @see Swoole\Coroutine\Socket::writeVector
   */
  writeVector(io_vector: ReadonlyArray<string | Uint8Array>, timeout = 0): Promise<number | false> {
    return this.#send('writeVector', joined(io_vector), timeout);
  }

  /** The same as {@link writeVector}, which sends all. @see Swoole\Coroutine\Socket::writeVectorAll */
  writeVectorAll(io_vector: ReadonlyArray<string | Uint8Array>, timeout = 0): Promise<number | false> {
    return this.#send('writeVectorAll', joined(io_vector), timeout);
  }

  /**
   * Sends a file, or a part of it.
   * @param length how many bytes, 0 for the rest of the file
   * @returns false with errCode
   * @see Swoole\Coroutine\Socket::sendFile
   */
  async sendFile(file: string, offset = 0, length = 0): Promise<boolean> {
    if (file === '') {
      warn('Swoole\\Coroutine\\Socket::sendFile(): file to send is empty');
      return false;
    }
    if (this.closed) return this.failed(EBADF);
    if (this.stream === null || this.shut.write) return this.failed(ENOTCONN);
    const what = this.nameOf('sendFile');
    const error = await sendFile(this.stream, what, file, offset, length, this.writeTimeout);
    return error === 0 || this.failed(error, `open(${file}) failed, ${swoole_strerror(error)}`);
  }

  /**
   * Sends a datagram.
   * @param addr an address or a name, or the path of a Unix socket
   * @returns the number of bytes; false with errCode, 711 for a name that nobody knows, 93 for a stream socket
   * @see Swoole\Coroutine\Socket::sendto
   */
  async sendto(addr: string, port: number, data: string | Uint8Array): Promise<number | false> {
    if (this.closed) return this.failed(EBADF);
    const link = this.datagrams;
    if (link === null) return this.failed(EPROTONOSUPPORT);
    if (this.domain !== AF_UNIX && !link.isBound)
      await this.bindDatagrams(this.domain === AF_INET6 ? '::' : '0.0.0.0', 0);
    return this.#sent(data, await link.send(this.nameOf('sendto'), this.writeTimeout, data, port, addr));
  }

  /** Binds a datagram socket, and sets its options. @returns an error number, 0 for none */
  protected async bindDatagrams(address: string, port: number): Promise<number> {
    const error = (await this.datagrams?.bind(port, address)) ?? EINVAL;
    if (error === 0) this.options.apply(this.optioned);
    return error;
  }

  async #send(method: string, data: string | Uint8Array, timeout: number): Promise<number | false> {
    if (this.closed) return this.failed(EBADF);
    const link = this.datagrams;
    if (link !== null) {
      if (link.peer() === null) return this.failed(this.domain === AF_UNIX ? ENOTCONN : EDESTADDRREQ);
      return this.#sent(data, await link.send(this.nameOf(method), timeout || this.writeTimeout, data));
    }
    if (this.stream === null || this.shut.write) return this.failed(ENOTCONN);
    if (data.length === 0) return this.fine(0);
    return this.#sent(data, await this.stream.write(this.nameOf(method), data, timeout || this.writeTimeout));
  }

  #sent(data: string | Uint8Array, error: number): number | false {
    return error === 0 ? this.fine(Buffer.byteLength(data)) : this.failed(error);
  }
}

function joined(pieces: ReadonlyArray<string | Uint8Array>): Buffer {
  return Buffer.concat(
    pieces.map((piece, i) => {
      if (typeof piece !== 'string' && !(piece instanceof Uint8Array))
        throw new SocketException(`Item #[${i}] must be of type string, ${typeof piece} given`, EINVAL);
      if (piece.length === 0) throw new SocketException(`Item #[${i}] cannot be empty string`, EINVAL);
      return typeof piece === 'string' ? Buffer.from(piece) : piece;
    }),
  );
}
