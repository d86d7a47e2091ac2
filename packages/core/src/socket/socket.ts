import { isIP, type Socket as NetSocket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { connectSocket, secureSocket, type Target } from '../client/connect-socket.js';
import { UnixDatagramLink } from '../client/unix-datagram-link.js';
import { SWOOLE_EVENT_READ } from '../constants/event.js';
import { afterTurn } from '../coroutine/turns.js';
import { UnixDatagramSocket, unixDatagramsMissing } from '../engine/udp/index.js';
import {
  SWOOLE_ERROR_BAD_HOST_ADDR,
  SWOOLE_ERROR_DNSLOOKUP_RESOLVE_FAILED,
  SWOOLE_ERROR_WRONG_OPERATION,
} from '../errors/numbers.js';
import { swoole_strerror } from '../errors/strerror.js';
import { warn } from '../errors/warnings.js';
import { ByteStream } from './byte-stream.js';
import { SocketException } from './exception.js';
import { Listener } from './listener.js';
import {
  AF_INET,
  AF_INET6,
  AF_UNIX,
  EAFNOSUPPORT,
  EBADF,
  ECANCELED,
  EINVAL,
  ENOTCONN,
  EOPNOTSUPP,
  ESOCKTNOSUPPORT,
  nextFd,
  SHUT_RD,
  SHUT_RDWR,
  SHUT_WR,
  SOCK_DGRAM,
  SOCK_STREAM,
} from './numbers.js';
import { SO_LINGER, SO_REUSEPORT, SOL_SOCKET } from './options.js';
import { secureAccepted } from './secure-accepted.js';
import { SocketOutput } from './socket-output.js';

const BACKLOG = 512;

/**
 * A socket whose calls wait in coroutines: a stream over TCP, TLS or a Unix socket, or datagrams over UDP or a Unix socket.
 * @see Swoole\Coroutine\Socket
 */
export class Socket extends SocketOutput {
  static readonly phpName = 'Swoole\\Coroutine\\Socket';
  static readonly Exception = SocketException;
  readonly fd: number = nextFd();
  #accepted = false;
  /** True for the socket of a client: only the client closes it. */
  #lent = false;

  /**
   * @param domain AF_INET (2), AF_INET6 (10) or AF_UNIX (1)
   * @param type SOCK_STREAM (1) or SOCK_DGRAM (2)
   * @param protocol kept
   * @throws Socket.Exception for others
   */
  constructor(
    readonly domain: number,
    readonly type: number,
    readonly protocol = 0,
  ) {
    super();
    if (domain !== AF_INET && domain !== AF_INET6 && domain !== AF_UNIX) throw cannotMake(EAFNOSUPPORT);
    if (type !== SOCK_STREAM && type !== SOCK_DGRAM) throw cannotMake(EINVAL);
    if (type === SOCK_DGRAM && domain === AF_UNIX && unixDatagramsMissing() !== null)
      throw cannotMake(ESOCKTNOSUPPORT);
  }

  /** A socket of Node's, to be used from now on by the calls of this class only. False for one that is not connected. @see Swoole\Coroutine\Socket::import */
  static import(stream: NetSocket): Socket | false {
    if (stream.destroyed || stream.pending) return false;
    const domain =
      isIP(stream.remoteAddress ?? '') === 6 ? AF_INET6 : stream.remoteAddress ? AF_INET : AF_UNIX;
    return Socket.of(domain, SOCK_STREAM, 0, stream);
  }

  /** @internal A socket of Node's that is connected. */
  static of(domain: number, type: number, protocol: number, stream: NetSocket): Socket {
    const socket = new Socket(domain, type, protocol);
    socket.stream = new ByteStream(socket.fd, stream);
    return socket;
  }

  /** @internal Two datagram sockets of a family that are connected to each other. */
  static pair(domain: number, type: number, protocol: number): [Socket, Socket] {
    const [left, right] = UnixDatagramSocket.pair().map((made) => {
      const socket = new Socket(domain, type, protocol);
      socket.adopt(new UnixDatagramLink(socket.fd, made));
      return socket;
    });
    return [left as Socket, right as Socket];
  }

  /** @internal The socket of a client: it shares what waits to be received, and only the client closes it. */
  static lend(domain: number, stream: ByteStream): Socket {
    const socket = new Socket(domain, SOCK_STREAM);
    socket.stream = stream;
    socket.#lent = true;
    return socket;
  }

  /**
   * Binds it to an address.
   * @param address an IP address, or the path of a Unix socket
   * @param port 0 for one that the system chooses
   * @returns false with errCode: 722 for what is no address, 98 for one that is taken, 22 when it is bound
   * @see Swoole\Coroutine\Socket::bind
   */
  async bind(address: string, port = 0): Promise<boolean> {
    if (this.closed) return this.failed(EBADF);
    if (this.reserved !== null || this.listener !== null || this.stream !== null) return this.failed(EINVAL);
    if (this.domain !== AF_UNIX && isIP(address) !== (this.domain === AF_INET6 ? 6 : 4))
      return this.failed(SWOOLE_ERROR_BAD_HOST_ADDR);
    if (this.datagrams !== null) {
      const error = this.datagrams.isBound ? EINVAL : await this.bindDatagrams(address, port);
      return error === 0 || this.failed(error);
    }
    // Node binds and listens in one: nobody is accepted before listen().
    const opened = await this.#open(
      this.domain === AF_UNIX ? { path: address } : { host: address, port },
      BACKLOG,
    );
    if (opened !== null) this.reserved = opened;
    return opened !== null;
  }

  /**
   * Listens, on a port of the system's choice where it is not bound.
   * @param backlog how many connections may wait to be accepted by the system
   * @returns false with errCode, 95 for a datagram socket
   * @see Swoole\Coroutine\Socket::listen
   */
  async listen(backlog = BACKLOG): Promise<boolean> {
    if (this.closed) return this.failed(EBADF);
    if (this.datagrams !== null) return this.failed(EOPNOTSUPP);
    if (this.listener !== null) return true;
    if (this.stream !== null) return this.failed(EINVAL);
    let listener = this.reserved;
    if (listener === null || (backlog > 0 && backlog !== BACKLOG)) {
      const any = { host: this.domain === AF_INET6 ? '::' : '0.0.0.0', port: 0 };
      const at = listener?.target ?? any;
      await listener?.close(ECANCELED);
      listener = await this.#open(at, backlog > 0 ? backlog : BACKLOG);
    }
    this.reserved = null;
    this.listener = listener;
    return listener !== null;
  }

  /**
   * Waits for a connection.
   * @param timeout in seconds; 0 for that of the socket (60), no limit below
   * @returns its socket, with the protocol of this one; false with errCode, 110 when the time is over
   * @see Swoole\Coroutine\Socket::accept
   */
  async accept(timeout = 0): Promise<Socket | false> {
    if (this.closed) return this.failed(EBADF);
    if (this.listener === null) return this.failed(this.datagrams === null ? EINVAL : EOPNOTSUPP);
    const got = await this.listener.accept(this.nameOf('accept'), timeout || this.readTimeout);
    if (typeof got === 'number') return this.failed(got);
    const socket = new Socket(this.domain, this.type, this.protocol);
    socket.stream = new ByteStream(socket.fd, got);
    socket.#accepted = true;
    if (this.settings !== null) socket.setProtocol(this.settings);
    return socket;
  }

  /**
   * Connects, with TLS where `setProtocol()` has said so. A datagram socket is only told where to send to.
   * @param host a name, an address, or the path of a Unix socket
   * @param timeout in seconds; 0 for that of the socket (10), no limit below
   * @returns false with errCode
   * @see Swoole\Coroutine\Socket::connect
   */
  async connect(host: string, port = 0, timeout = 0): Promise<boolean> {
    if (this.closed) return this.failed(EBADF);
    if (this.stream !== null) return true;
    if (this.listener !== null) return this.failed(EINVAL);
    if (this.domain !== AF_UNIX && (port < 1 || port > 65535)) {
      warn(`Swoole\\Coroutine\\Socket::connect(): Invalid port argument[${port}]`);
      return false;
    }
    if (this.datagrams !== null) {
      const error = await this.datagrams.connect(port, host);
      return error === 0 || this.failed(error);
    }
    const target = this.#targetOf(host, port);
    if (target === null) return this.failed(SWOOLE_ERROR_DNSLOOKUP_RESOLVE_FAILED);
    const settings = { ...this.settings, ...(await this.#leaveReserved()) };
    const ssl = this.settings?.open_ssl === true;
    const got = await connectSocket(
      { ...target, allowHalfOpen: true },
      settings,
      ssl,
      timeout || this.connectTimeout,
    );
    if (typeof got === 'number') return this.failed(got);
    this.stream = new ByteStream(this.fd, got);
    this.options.apply(this.optioned);
    return true;
  }

  /**
   * Begins to speak TLS, with the settings of `setProtocol()`: as a server on a connection that was accepted, else as a client.
   * @returns false with errCode, 509 when it does already
   * @see Swoole\Coroutine\Socket::sslHandshake
   */
  async sslHandshake(): Promise<boolean> {
    if (this.closed) return this.failed(EBADF);
    if (this.stream === null) return this.failed(ENOTCONN);
    if (this.stream.socket instanceof TLSSocket) return this.failed(SWOOLE_ERROR_WRONG_OPERATION);
    const settings = this.settings ?? {};
    const plain = this.stream.release();
    const got = this.#accepted
      ? await secureAccepted(plain, settings, this.readTimeout)
      : await secureSocket(plain, settings, undefined, this.connectTimeout);
    if (typeof got !== 'number') this.stream = new ByteStream(this.fd, got);
    return typeof got !== 'number' || this.failed(got);
  }

  /**
   * Ends the connection in one way or both.
   * @param how 0 to receive nothing more, 1 to send nothing more, 2 for both
   * @returns false with errCode 107 when it is not connected, or has ended in this way
   * @see Swoole\Coroutine\Socket::shutdown
   */
  shutdown(how = SHUT_RDWR): boolean {
    if (this.closed) return this.failed(EBADF);
    const { stream, shut } = this;
    const done = how === SHUT_RD ? shut.read : how === SHUT_WR ? shut.write : shut.read && shut.write;
    if (stream === null || done) return this.failed(ENOTCONN);
    if (how !== SHUT_WR) {
      shut.read = true;
      stream.endReading();
    }
    if (how !== SHUT_RD) {
      shut.write = true;
      stream.socket.end();
    }
    return this.fine(true);
  }

  /** The id of the coroutine that waits to receive (SWOOLE_EVENT_READ) or to send; 0 for none. @see Swoole\Coroutine\Socket::getBoundCid */
  getBoundCid(event: number): number {
    return this.#direction(event)?.cid ?? 0;
  }

  /**
   * Ends the wait of the coroutine that receives or accepts, or with SWOOLE_EVENT_WRITE of the one that sends, with errCode 125.
   * @returns a promise of true, kept when that one waits again or has ended; of false when none waits
   * @see Swoole\Coroutine\Socket::cancel
   */
  cancel(event: number = SWOOLE_EVENT_READ): Promise<boolean> {
    if (this.closed) return Promise.resolve(this.failed(EBADF));
    return this.#direction(event)?.interrupt(ECANCELED) ? afterTurn(true) : Promise.resolve(false);
  }

  /** Closes it; who waits gets errCode 125. False with errCode 9 when it is closed, and for the socket of a client. @see Swoole\Coroutine\Socket::close */
  close(): boolean {
    if (this.closed) return this.failed(EBADF);
    if (this.#lent) {
      warn('Swoole\\Coroutine\\Socket::close(): cannot close the referenced resource');
      return false;
    }
    this.closed = true;
    void this.reserved?.close(ECANCELED);
    void this.listener?.close(ECANCELED);
    // TLS and Unix sockets know no reset.
    const resets = this.domain !== AF_UNIX && !(this.stream?.socket instanceof TLSSocket);
    if (resets && lingersNot(this.options.get(SOL_SOCKET, SO_LINGER))) this.stream?.socket.resetAndDestroy();
    this.stream?.close(ECANCELED);
    this.closeDatagrams(ECANCELED);
    return true;
  }

  #direction(event: number) {
    if (event !== SWOOLE_EVENT_READ) return this.stream?.writing;
    return this.listener?.accepting ?? this.stream?.reading ?? this.datagrams?.reading;
  }

  async #open(at: Target, backlog: number): Promise<Listener | null> {
    const opened = await Listener.open(this.fd, at, backlog, this.options.has(SO_REUSEPORT));
    if (opened instanceof Listener) return opened;
    this.failed(opened);
    return null;
  }

  /** Null for an address of another family. */
  #targetOf(host: string, port: number): Target | null {
    if (this.domain === AF_UNIX) return { path: host };
    const family = this.domain === AF_INET6 ? 6 : 4;
    const given = isIP(host);
    return given !== 0 && given !== family ? null : { host, port, family };
  }

  /** Connecting takes the address that it was bound to. */
  async #leaveReserved(): Promise<{ bind_address?: string; bind_port?: number }> {
    const reserved = this.reserved;
    if (reserved === null) return {};
    this.reserved = null;
    const { address, port } = reserved.address();
    await reserved.close(ECANCELED);
    return this.domain === AF_UNIX ? {} : { bind_address: address, bind_port: port };
  }
}

function cannotMake(error: number): SocketException {
  return new SocketException(`new Socket() failed. Error: ${swoole_strerror(error)} [${error}]`, error);
}

/** Whether `{ l_onoff: 1, l_linger: 0 }` has it break the connection off. */
function lingersNot(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { l_onoff, l_linger } = value as Readonly<Record<string, unknown>>;
  return Number(l_onoff) !== 0 && Number(l_linger) === 0;
}
