import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { isIP, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import {
  SWOOLE_SOCK_TCP,
  SWOOLE_SOCK_UDP,
  SWOOLE_SOCK_UDP6,
  SWOOLE_SOCK_UNIX_STREAM,
} from '../constants/socket.js';
import { SWOOLE_SSL } from '../constants/ssl.js';
import { Wait } from '../coroutine/wait.js';
import { Error as SwooleError } from '../errors/error.js';
import { fail } from '../errors/last-error.js';
import {
  SWOOLE_ERROR_CLIENT_NO_CONNECTION,
  SWOOLE_ERROR_CO_HAS_BEEN_BOUND,
  SWOOLE_ERROR_OPERATION_NOT_SUPPORT,
} from '../errors/numbers.js';
import { swoole_strerror } from '../errors/strerror.js';
import { warn } from '../errors/warnings.js';
import { type ClientSettings, clientFramer } from './client-settings.js';
import { connectSocket, secureSocket } from './connect-socket.js';
import { DatagramLink } from './datagram-link.js';
import { peerCertificate } from './peer-certificate.js';
import { StreamLink } from './stream-link.js';

const CONNECT_SECONDS = 2;
const EISCONN = 106;
const EAGAIN = 11;
const ETIMEDOUT = 110;
const ECANCELED = 125;
const EPIPE = 32;

/** An address of a socket; `host` and `address` are the same. */
export interface ClientSocketName {
  host: string;
  address: string;
  port: number;
}

/** A client of a TCP, UDP or Unix stream socket, with TLS where asked for. @see Swoole\Coroutine\Client */
export class Client {
  static readonly phpName = 'Swoole\\Coroutine\\Client';
  static readonly MSG_OOB = 1;
  static readonly MSG_PEEK = 2;
  static readonly MSG_DONTWAIT = 64;
  static readonly MSG_WAITALL = 256;

  /** Why the last call failed, 0 when it did not. */
  errCode = 0;
  /** The text of errCode. */
  errMsg = '';
  /** What `set()` was given. */
  setting: ClientSettings | null = null;
  /** Whether it is connected, also when the other side has closed. */
  connected = false;
  /** `SWOOLE_SOCK_*` */
  readonly type: number;
  readonly #ssl: boolean;
  #stream: StreamLink | null = null;
  #datagrams: DatagramLink | null = null;

  /** @param type `SWOOLE_SOCK_TCP`, `_TCP6`, `_UDP`, `_UDP6` or `_UNIX_STREAM`, for TLS with `SWOOLE_SSL` (bits) */
  constructor(type: number = SWOOLE_SOCK_TCP) {
    this.#ssl = (type & SWOOLE_SSL) !== 0;
    this.type = type & ~SWOOLE_SSL;
  }

  /** Sets settings; others than before stay. Packets are cut as they are when it connects. @see Swoole\Coroutine\Client::set */
  set(settings: ClientSettings): boolean {
    this.setting = { ...this.setting, ...settings };
    return true;
  }

  /**
   * Connects.
   * @param host a name, an address, or the path of a Unix socket
   * @param timeout in seconds; 0 for that of the settings, or 2
   * @param sock_flag ignored: nothing blocks
   * @returns false with errCode, 106 for a client that is connected
   * @see Swoole\Coroutine\Client::connect
   */
  async connect(host: string, port = 0, timeout = 0, sock_flag = 0): Promise<boolean> {
    void sock_flag;
    if (this.connected) return this.#failed(EISCONN);
    if (this.type !== SWOOLE_SOCK_UNIX_STREAM && (port < 1 || port > 65535)) {
      warn('Swoole\\Coroutine\\Client::connect(): The port is invalid');
      return false;
    }
    const { connect_timeout, timeout: general } = this.setting ?? {};
    const seconds = timeout || (connect_timeout ?? general ?? CONNECT_SECONDS);
    if (this.#isDatagram) return this.#connectDatagrams(host, port);
    const target = this.type === SWOOLE_SOCK_UNIX_STREAM ? { path: host } : { host, port };
    const result = await connectSocket(target, this.setting ?? {}, this.#ssl, seconds);
    if (typeof result === 'number') return this.#failed(result);
    this.#open(result);
    return true;
  }

  #open(socket: Socket): void {
    this.#stream = new StreamLink(socket, clientFramer(this.setting ?? {}));
    this.connected = true;
  }

  async #connectDatagrams(host: string, port: number): Promise<boolean> {
    const link = this.#datagramLink();
    await link.connect(port, host);
    this.connected = true;
    return true;
  }

  get #isDatagram(): boolean {
    return this.type === SWOOLE_SOCK_UDP || this.type === SWOOLE_SOCK_UDP6;
  }

  #datagramLink(): DatagramLink {
    this.#datagrams ??= new DatagramLink(this.type === SWOOLE_SOCK_UDP6);
    return this.#datagrams;
  }

  /**
   * Waits for bytes, or for a packet where the settings say what one is.
   * @param timeout in seconds; 0 for that of the settings, or no limit
   * @returns the bytes; '' when the other side has closed; false with errCode, 110 when the time is over
   * @see Swoole\Coroutine\Client::recv
   */
  async recv(timeout = 0): Promise<Buffer | '' | false> {
    const { read_timeout, timeout: general } = this.setting ?? {};
    const seconds = timeout || (read_timeout ?? general ?? -1);
    if (this.#datagrams !== null) {
      const datagram = await this.#datagrams.receive(seconds);
      return datagram === false ? this.#failed(ETIMEDOUT) : datagram.data;
    }
    const stream = this.#stream;
    if (stream === null) return this.#failed(SWOOLE_ERROR_CLIENT_NO_CONNECTION);
    if (stream.busy) {
      throw new SwooleError(
        'another coroutine is receiving from this client',
        SWOOLE_ERROR_CO_HAS_BEEN_BOUND,
      );
    }
    const received = await stream.receive(seconds);
    return typeof received === 'number' ? this.#failed(received) : received;
  }

  /** What has come, without taking it. False with errCode 11 when nothing has. @see Swoole\Coroutine\Client::peek */
  peek(length = 65535): Buffer | false {
    if (this.#stream === null) return this.#failed(SWOOLE_ERROR_CLIENT_NO_CONNECTION);
    return this.#stream.peek(length) ?? this.#failed(EAGAIN);
  }

  /**
   * Sends, waiting while the other side does not read.
   * @param timeout in seconds; 0 for that of the settings, or no limit
   * @returns the number of bytes; false with errCode
   * @see Swoole\Coroutine\Client::send
   */
  async send(data: string | Uint8Array, timeout = 0): Promise<number | false> {
    if (data.length === 0) {
      warn('Swoole\\Coroutine\\Client::send(): data to send is empty');
      return false;
    }
    const length = Buffer.byteLength(data);
    if (this.#datagrams !== null) return (await this.#datagrams.send(data)) ? length : this.#failed(EPIPE);
    const socket = this.#stream?.socket;
    if (socket === undefined) return this.#failed(SWOOLE_ERROR_CLIENT_NO_CONNECTION);
    if (!socket.writable) return this.#failed(EPIPE);
    if (socket.write(data)) return length;
    const { write_timeout, timeout: general } = this.setting ?? {};
    const error = await drained(socket, timeout || (write_timeout ?? general ?? -1));
    return error === 0 ? length : this.#failed(error);
  }

  /**
   * Sends a file, or a part of it.
   * @param length how many bytes, 0 for the rest of the file
   * @returns false with errCode
   * @see Swoole\Coroutine\Client::sendfile
   */
  async sendfile(filename: string, offset = 0, length = 0): Promise<boolean> {
    const socket = this.#stream?.socket;
    if (socket === undefined) return this.#failed(SWOOLE_ERROR_CLIENT_NO_CONNECTION);
    try {
      await stat(filename);
      const end = length > 0 ? offset + length - 1 : Number.POSITIVE_INFINITY;
      for await (const chunk of createReadStream(filename, { start: offset, end })) {
        if ((await this.send(chunk as Buffer)) === false) return false;
      }
      return true;
    } catch (error) {
      return this.#failed(Math.abs((error as NodeJS.ErrnoException).errno ?? 0));
    }
  }

  /** Sends a datagram to an address. @see Swoole\Coroutine\Client::sendto */
  async sendto(address: string, port: number, data: string | Uint8Array): Promise<boolean> {
    if (!this.#isDatagram) return this.#failed(SWOOLE_ERROR_OPERATION_NOT_SUPPORT);
    return (await this.#datagramLink().send(data, port, address)) || this.#failed(EPIPE);
  }

  /**
   * Waits for a datagram.
   * @param length the most bytes; the rest of a longer one is lost
   * @param address gets the `address` and the `port` that it came from, for PHP's two variables
   * @returns the bytes; false with errCode
   * @see Swoole\Coroutine\Client::recvfrom
   */
  async recvfrom(length: number, address: { address?: string; port?: number } = {}): Promise<Buffer | false> {
    if (!this.#isDatagram) return this.#failed(SWOOLE_ERROR_OPERATION_NOT_SUPPORT);
    const { read_timeout, timeout } = this.setting ?? {};
    const datagram = await this.#datagramLink().receive(read_timeout ?? timeout ?? -1);
    if (datagram === false) return this.#failed(ETIMEDOUT);
    address.address = datagram.from.address;
    address.port = datagram.from.port;
    return datagram.data.subarray(0, length);
  }

  /** Begins to speak TLS on the connection. False with errCode. @see Swoole\Coroutine\Client::enableSSL */
  async enableSSL(): Promise<boolean> {
    const socket = this.#stream?.socket;
    if (socket === undefined) return this.#failed(SWOOLE_ERROR_CLIENT_NO_CONNECTION);
    socket.removeAllListeners();
    const secure = await secureSocket(socket, this.setting ?? {});
    if (typeof secure === 'number') return this.#failed(secure);
    this.#open(secure);
    return true;
  }

  /** The server's certificate as PEM; false without TLS. @see Swoole\Coroutine\Client::getPeerCert */
  getPeerCert(): string | false {
    const socket = this.#stream?.socket;
    return socket === undefined ? false : peerCertificate(socket);
  }

  /** Whether the server's certificate is one to trust. @see Swoole\Coroutine\Client::verifyPeerCert */
  verifyPeerCert(allow_self_signed = false): boolean {
    const socket = this.#stream?.socket;
    if (!(socket instanceof TLSSocket)) return false;
    if (socket.authorized) return true;
    const error: unknown = socket.authorizationError;
    return allow_self_signed && String(error).includes('SELF_SIGNED_CERT');
  }

  /** Whether it is connected, also when the other side has closed. @see Swoole\Coroutine\Client::isConnected */
  isConnected(): boolean {
    return this.connected;
  }

  /** The address of this side, false without a connection. @see Swoole\Coroutine\Client::getsockname */
  getsockname(): ClientSocketName | false {
    const socket = this.#stream?.socket;
    if (socket?.localAddress !== undefined && socket.localPort !== undefined) {
      return { host: socket.localAddress, address: socket.localAddress, port: socket.localPort };
    }
    const name = this.#datagrams?.name() ?? null;
    return name === null ? false : { host: name.address, address: name.address, port: name.port };
  }

  /** The address of the other side, false without a connection. @see Swoole\Coroutine\Client::getpeername */
  getpeername(): ClientSocketName | false {
    const socket = this.#stream?.socket;
    if (socket?.remoteAddress === undefined || isIP(socket.remoteAddress) === 0) return false;
    return { host: socket.remoteAddress, address: socket.remoteAddress, port: socket.remotePort ?? 0 };
  }

  /** Closes the connection; it may connect again. False when there is none. @see Swoole\Coroutine\Client::close */
  close(): boolean {
    const had = this.#stream !== null || this.#datagrams !== null;
    this.#stream?.socket.destroySoon();
    this.#datagrams?.close();
    this.#stream = null;
    this.#datagrams = null;
    this.connected = false;
    return had;
  }

  #failed(error: number): false {
    this.errCode = error;
    this.errMsg = swoole_strerror(error);
    return fail(error);
  }
}

/** Waits until a socket takes more. @returns an error number, 0 for none */
function drained(socket: Socket, seconds: number): Promise<number> {
  const finish = (error: number): number => {
    socket.off('drain', taken).off('close', gone);
    return error;
  };
  const taken = (): void => void wait.wake(finish(0));
  const gone = (): void => void wait.wake(finish(EPIPE));
  const ends = { canceled: () => finish(ECANCELED), timedOut: () => finish(ETIMEDOUT) };
  const wait = new Wait<number>('Swoole\\Coroutine\\Client->send()', ends, seconds);
  socket.once('drain', taken).once('close', gone);
  return wait.promise;
}
