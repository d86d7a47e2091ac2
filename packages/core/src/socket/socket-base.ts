import type { ClientSettings } from '../client/client-settings.js';
import { DatagramLink } from '../client/datagram-link.js';
import type { Datagrams } from '../client/datagrams.js';
import { UnixDatagramLink } from '../client/unix-datagram-link.js';
import { options } from '../coroutine/options.js';
import { fail } from '../errors/last-error.js';
import { swoole_strerror } from '../errors/strerror.js';
import { warn } from '../errors/warnings.js';
import type { ByteStream } from './byte-stream.js';
import type { Listener } from './listener.js';
import { AF_INET6, AF_UNIX, EBADF, ENOPROTOOPT, ENOTCONN, SOCK_DGRAM } from './numbers.js';
import {
  type Optioned,
  type OptionValue,
  SO_ERROR,
  SO_LINGER,
  SO_RCVTIMEO,
  SO_REUSEPORT,
  SO_SNDTIMEO,
  SO_TYPE,
  SOL_SOCKET,
  SocketOptions,
} from './options.js';

/** An address of a socket: for a Unix socket its path, and no port. */
export interface SocketName {
  address: string;
  port: number;
}

/** What `Coroutine.Socket.setProtocol()` takes: what a packet is, and TLS. */
export interface SocketProtocol extends ClientSettings {
  /** Whether `connect()` and `sslHandshake()` speak TLS. */
  open_ssl?: boolean;
}

const CLASS = 'Swoole\\Coroutine\\Socket';

/** What a `Coroutine.Socket` is and knows, whatever it does. */
export abstract class SocketBase {
  /** A number that stands for the socket. Node keeps the system's to itself. */
  abstract readonly fd: number;
  /** The address family: AF_INET (2), AF_INET6 (10) or AF_UNIX (1). */
  abstract readonly domain: number;
  /** SOCK_STREAM (1) or SOCK_DGRAM (2). */
  abstract readonly type: number;
  /** Why the last call failed, 0 when it did not. */
  errCode = 0;
  /** The text of errCode. */
  errMsg = '';
  protected stream: ByteStream | null = null;
  protected listener: Listener | null = null;
  /** What it was bound to, until it listens or connects. */
  protected reserved: Listener | null = null;
  #datagrams: Datagrams | null = null;
  protected closed = false;
  protected readonly options = new SocketOptions();
  protected readTimeout = options.readTimeout;
  protected writeTimeout = options.writeTimeout;
  protected connectTimeout = options.connectTimeout;

  /** Whether it was closed here. @see Swoole\Coroutine\Socket::isClosed */
  isClosed(): boolean {
    return this.closed;
  }

  /** The address of this side; `0.0.0.0` and port 0 before there is one. False with errCode 9 when it is closed. @see Swoole\Coroutine\Socket::getsockname */
  getsockname(): SocketName | false {
    if (this.closed) return this.failed(EBADF);
    const bound = this.listener ?? this.reserved;
    if (bound !== null) return bound.address();
    const { localAddress, localPort } = this.stream?.socket ?? {};
    if (localAddress !== undefined) return { address: localAddress, port: localPort ?? 0 };
    const name = this.datagrams?.name() ?? null;
    if (name !== null) return { address: name.address, port: name.port };
    if (this.domain === AF_UNIX) return { address: '', port: 0 };
    return { address: this.domain === AF_INET6 ? '::' : '0.0.0.0', port: 0 };
  }

  /** The address of the other side; false with errCode 107 when it is not connected. @see Swoole\Coroutine\Socket::getpeername */
  getpeername(): SocketName | false {
    if (this.closed) return this.failed(EBADF);
    const socket = this.stream?.socket;
    if (socket !== undefined) return { address: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 };
    const peer = this.datagrams?.peer() ?? null;
    return peer === null ? this.failed(ENOTCONN) : { address: peer.address, port: peer.port };
  }

  /**
   * Sets an option, by Linux's numbers: SO_REUSEPORT, SO_KEEPALIVE, SO_BROADCAST, SO_LINGER, SO_RCVTIMEO and SO_SNDTIMEO
   * (`{ sec, usec }`), the buffer sizes of datagrams, TCP_NODELAY, and those of IP multicast.
   * @returns false, with a warning, for what Node cannot set
   * @see Swoole\Coroutine\Socket::setOption
   */
  setOption(level: number, opt_name: number, opt_value: OptionValue): boolean {
    if (this.closed) return this.failed(EBADF);
    if (level === SOL_SOCKET && (opt_name === SO_RCVTIMEO || opt_name === SO_SNDTIMEO)) {
      const seconds = secondsOf(opt_value);
      if (opt_name === SO_RCVTIMEO) this.readTimeout = seconds;
      else this.writeTimeout = this.connectTimeout = seconds;
      return true;
    }
    if (this.options.set(this.optioned, level, opt_name, opt_value)) return true;
    warn(`${CLASS}::setOption(): setsockopt(${this.fd}) failed, Error: ${noSuchOption}[${ENOPROTOOPT}]`);
    return fail(ENOPROTOOPT);
  }

  /** What an option is set to, false with a warning for what Node does not tell. @see Swoole\Coroutine\Socket::getOption */
  getOption(level: number, opt_name: number): OptionValue | false {
    if (this.closed) return this.failed(EBADF);
    if (level === SOL_SOCKET) {
      if (opt_name === SO_RCVTIMEO) return timeOf(this.readTimeout);
      if (opt_name === SO_SNDTIMEO) return timeOf(this.writeTimeout);
      if (opt_name === SO_TYPE) return this.type;
      if (opt_name === SO_ERROR) return 0;
      if (opt_name === SO_LINGER) return this.options.get(level, opt_name) ?? { l_onoff: 0, l_linger: 0 };
    }
    const value = this.options.get(level, opt_name);
    if (value !== null) return typeof value === 'boolean' ? Number(value) : (value ?? 0);
    const asked = `${this.fd}, ${level}, ${opt_name}`;
    warn(`${CLASS}::getOption(): getsockopt(${asked}), Error: ${noSuchOption}[${ENOPROTOOPT}]`);
    return fail(ENOPROTOOPT);
  }

  /** What sends and receives datagrams; null for a stream socket. */
  protected get datagrams(): Datagrams | null {
    if (this.type !== SOCK_DGRAM) return null;
    this.#datagrams ??=
      this.domain === AF_UNIX
        ? new UnixDatagramLink(this.fd)
        : new DatagramLink(this.fd, this.domain === AF_INET6, this.options.has(SO_REUSEPORT));
    return this.#datagrams;
  }

  /** Takes a datagram socket over that was made already. */
  protected adopt(datagrams: Datagrams): void {
    this.#datagrams = datagrams;
  }

  protected closeDatagrams(error: number): void {
    this.#datagrams?.close(error);
  }

  /** What Node has of it, for the options. */
  protected get optioned(): Optioned {
    return { stream: this.stream?.socket ?? null, datagrams: this.datagrams?.optioned ?? null };
  }

  /** Swoole's name of a method, as reports of who waits have it. */
  protected nameOf(method: string): string {
    return `${CLASS}->${method}()`;
  }

  /** Clears the error: the call has done what it was to do. */
  protected fine<T>(result: T): T {
    this.errCode = 0;
    this.errMsg = '';
    return result;
  }

  protected failed(error: number, text = swoole_strerror(error)): false {
    this.errCode = error;
    this.errMsg = text;
    return fail(error);
  }
}

const noSuchOption = swoole_strerror(ENOPROTOOPT);

function secondsOf(value: OptionValue): number {
  const { sec, usec } = value as Readonly<Record<string, unknown>>;
  return Number(sec ?? 0) + Number(usec ?? 0) / 1e6;
}

function timeOf(seconds: number): { sec: number; usec: number } {
  const whole = Math.floor(Math.max(0, seconds));
  return { sec: whole, usec: Math.round((Math.max(0, seconds) - whole) * 1e6) };
}
