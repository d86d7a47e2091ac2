import { SWOOLE_SOCK_TCP, SWOOLE_SOCK_UNIX_DGRAM, SWOOLE_SOCK_UNIX_STREAM } from '../constants/socket.js';
import { SWOOLE_SSL } from '../constants/ssl.js';
import { options } from '../coroutine/options.js';
import { fail } from '../errors/last-error.js';
import { SWOOLE_ERROR_CLIENT_NO_CONNECTION, SWOOLE_ERROR_OPERATION_NOT_SUPPORT } from '../errors/numbers.js';
import { swoole_strerror } from '../errors/strerror.js';
import { warn } from '../errors/warnings.js';
import { EAGAIN, EISCONN, MSG_DONTWAIT, MSG_OOB, MSG_PEEK, MSG_WAITALL } from '../socket/numbers.js';
import type { Socket } from '../socket/socket.js';
import type { ClientSettings } from './client-settings.js';
import { ClientLink, type LinkName } from './link.js';

/** How many bytes one receive gives at most where nothing says how they belong together. */
const MOST_AT_ONCE = 65536;
const NAME = 'Swoole\\Coroutine\\Client';

/** An address of a socket; `host` and `address` are the same. */
export interface ClientSocketName {
  host: string;
  address: string;
  port: number;
}

/** A client of a TCP, UDP or Unix socket, with TLS where asked for. @see Swoole\Coroutine\Client */
export class CoroutineClient {
  static readonly phpName = 'Swoole\\Coroutine\\Client';
  static readonly MSG_OOB = MSG_OOB;
  static readonly MSG_PEEK = MSG_PEEK;
  static readonly MSG_DONTWAIT = MSG_DONTWAIT;
  static readonly MSG_WAITALL = MSG_WAITALL;

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
  readonly #link: ClientLink;

  /** @param type `SWOOLE_SOCK_TCP`, `_TCP6`, `_UDP`, `_UDP6`, `_UNIX_STREAM` or `_UNIX_DGRAM`, for TLS with `SWOOLE_SSL` (bits) */
  constructor(type: number = SWOOLE_SOCK_TCP) {
    this.type = type & ~SWOOLE_SSL;
    this.#link = new ClientLink(this.type, (type & SWOOLE_SSL) !== 0);
  }

  /** Sets settings; others than before stay. Packets are cut as they are when it connects. @see Swoole\Coroutine\Client::set */
  set(settings: ClientSettings): boolean {
    this.setting = { ...this.setting, ...settings };
    return true;
  }

  /**
   * Connects.
   * @param host a name, an address, or the path of a Unix socket
   * @param timeout in seconds; 0 for that of the settings, or 10
   * @param sock_flag ignored: nothing blocks
   * @returns false with errCode, 106 for a client that is connected
   * @see Swoole\Coroutine\Client::connect
   */
  async connect(host: string, port = 0, timeout = 0, sock_flag = 0): Promise<boolean> {
    void sock_flag;
    if (this.connected) return this.#failed(EISCONN);
    const overUnix = this.type === SWOOLE_SOCK_UNIX_STREAM || this.type === SWOOLE_SOCK_UNIX_DGRAM;
    if (!overUnix && (port < 1 || port > 65535)) {
      warn('Swoole\\Coroutine\\Client::connect(): The port is invalid');
      return false;
    }
    const { connect_timeout, timeout: general } = this.setting ?? {};
    const seconds = timeout || (connect_timeout ?? general ?? options.connectTimeout);
    const error = await this.#link.connect(host, port, this.setting ?? {}, seconds);
    this.connected = error === 0;
    return error === 0 || this.#failed(error);
  }

  /**
   * Waits for bytes, or for a packet where the settings say what one is.
   * @param timeout in seconds; 0 for that of the settings, or 60
   * @returns the bytes; '' when the other side has closed; false with errCode, 110 when the time is over
   * @see Swoole\Coroutine\Client::recv
   */
  async recv(timeout = 0): Promise<Buffer | '' | false> {
    const seconds = timeout || this.#readTimeout;
    if (!this.#link.isOpen) return this.#failed(SWOOLE_ERROR_CLIENT_NO_CONNECTION);
    const received = await this.#link.receive(`${NAME}->recv()`, MOST_AT_ONCE, seconds);
    return typeof received === 'number' ? this.#failed(received) : received;
  }

  get #readTimeout(): number {
    return this.setting?.read_timeout ?? this.setting?.timeout ?? options.readTimeout;
  }

  get #writeTimeout(): number {
    return this.setting?.write_timeout ?? this.setting?.timeout ?? options.writeTimeout;
  }

  /** What has come, without taking it. False with errCode 11 when nothing has. @see Swoole\Coroutine\Client::peek */
  peek(length = 65535): Buffer | false {
    if (!this.#link.isOpen) return this.#failed(SWOOLE_ERROR_CLIENT_NO_CONNECTION);
    const found = this.#link.peek(length);
    return Buffer.isBuffer(found) ? found : this.#failed(found || EAGAIN);
  }

  /**
   * Sends, waiting while the other side does not read.
   * @param timeout in seconds; 0 for that of the settings, or 60
   * @returns the number of bytes; false with errCode
   * @see Swoole\Coroutine\Client::send
   */
  async send(data: string | Uint8Array, timeout = 0): Promise<number | false> {
    if (data.length === 0) {
      warn('Swoole\\Coroutine\\Client::send(): data to send is empty');
      return false;
    }
    const length = Buffer.byteLength(data);
    if (!this.#link.isOpen) return this.#failed(SWOOLE_ERROR_CLIENT_NO_CONNECTION);
    const error = await this.#link.send(`${NAME}->send()`, data, timeout || this.#writeTimeout);
    return error ? this.#failed(error) : length;
  }

  /**
   * Sends a file, or a part of it.
   * @param length how many bytes, 0 for the rest of the file
   * @returns false with errCode
   * @see Swoole\Coroutine\Client::sendfile
   */
  async sendfile(filename: string, offset = 0, length = 0): Promise<boolean> {
    if (this.#link.stream === null) return this.#failed(SWOOLE_ERROR_CLIENT_NO_CONNECTION);
    const what = `${NAME}->sendfile()`;
    const error = await this.#link.sendfile(what, filename, offset, length, this.#writeTimeout);
    return error === 0 || this.#failed(error);
  }

  /** Sends a datagram to an address. @see Swoole\Coroutine\Client::sendto */
  async sendto(address: string, port: number, data: string | Uint8Array): Promise<boolean> {
    if (!this.#link.isDatagram) return this.#failed(SWOOLE_ERROR_OPERATION_NOT_SUPPORT);
    if (data.length === 0) return false;
    const what = `${NAME}->sendto()`;
    const settings = this.setting ?? {};
    const error = await this.#link.sendto(what, this.#writeTimeout, data, port, address, settings);
    return error === 0 || this.#failed(error);
  }

  /**
   * Waits for a datagram.
   * @param length the most bytes; the rest of a longer one is lost
   * @param address gets the `address` and the `port` that it came from, for PHP's two variables
   * @returns the bytes; false with errCode
   * @see Swoole\Coroutine\Client::recvfrom
   */
  async recvfrom(length: number, address: { address?: string; port?: number } = {}): Promise<Buffer | false> {
    if (!this.#link.isDatagram) return this.#failed(SWOOLE_ERROR_OPERATION_NOT_SUPPORT);
    const wrong = this.#link.open(this.setting ?? {});
    if (wrong !== 0) return this.#failed(wrong);
    const datagram = await this.#link.receiveFrom(`${NAME}->recvfrom()`, this.#readTimeout);
    if (typeof datagram === 'number') return this.#failed(datagram);
    address.address = datagram.from.address;
    address.port = datagram.from.port;
    return datagram.data.subarray(0, length);
  }

  /** Begins to speak TLS on the connection. False with errCode. @see Swoole\Coroutine\Client::enableSSL */
  async enableSSL(): Promise<boolean> {
    if (this.#link.stream === null) return this.#failed(SWOOLE_ERROR_CLIENT_NO_CONNECTION);
    const error = await this.#link.enableSSL(this.setting ?? {}, -1);
    return error === 0 || this.#failed(error);
  }

  /** The server's certificate as PEM; false without TLS. @see Swoole\Coroutine\Client::getPeerCert */
  getPeerCert(): string | false {
    return this.#link.certificate();
  }

  /** Whether the server's certificate is one to trust. @see Swoole\Coroutine\Client::verifyPeerCert */
  verifyPeerCert(allow_self_signed = false): boolean {
    return this.#link.isTrusted(allow_self_signed);
  }

  /** Whether it is connected, also when the other side has closed. @see Swoole\Coroutine\Client::isConnected */
  isConnected(): boolean {
    return this.connected;
  }

  /** The address of this side, false without a connection. @see Swoole\Coroutine\Client::getsockname */
  getsockname(): ClientSocketName | false {
    return spelled(this.#link.name());
  }

  /** The address of the other side, false without a connection. @see Swoole\Coroutine\Client::getpeername */
  getpeername(): ClientSocketName | false {
    return spelled(this.#link.stream === null ? this.#link.connectedTo : this.#link.peer());
  }

  /** The socket of the connection, for what the client cannot do; only the client closes it. False without a connection. @see Swoole\Coroutine\Client::exportSocket */
  exportSocket(): Socket | false {
    return this.#link.lend() ?? false;
  }

  /** Closes the connection; it may connect again. False when there is none. @see Swoole\Coroutine\Client::close */
  close(): boolean {
    this.connected = false;
    return this.#link.close();
  }

  #failed(error: number): false {
    this.errCode = error;
    this.errMsg = swoole_strerror(error);
    return fail(error);
  }
}

function spelled(name: LinkName | null): ClientSocketName | false {
  return name !== null && { host: name.address, address: name.address, port: name.port };
}
