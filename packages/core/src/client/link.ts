import { isIP, type Socket as NetSocket } from 'node:net';
import { TLSSocket } from 'node:tls';
import {
  SWOOLE_SOCK_TCP6,
  SWOOLE_SOCK_UDP,
  SWOOLE_SOCK_UDP6,
  SWOOLE_SOCK_UNIX_DGRAM,
  SWOOLE_SOCK_UNIX_STREAM,
} from '../constants/socket.js';
import { firstAddressOf } from '../coroutine/system/names.js';
import { unixDatagramsMissing } from '../engine/udp/index.js';
import {
  SWOOLE_ERROR_DNSLOOKUP_RESOLVE_FAILED,
  SWOOLE_ERROR_OPERATION_NOT_SUPPORT,
} from '../errors/numbers.js';
import { wrongPath } from '../server/address.js';
import type { Framer } from '../server/protocol/framer.js';
import { ByteStream, type Received } from '../socket/byte-stream.js';
import { errorNumber } from '../socket/error-number.js';
import {
  AF_INET,
  AF_INET6,
  AF_UNIX,
  EAGAIN,
  ECANCELED,
  ESOCKTNOSUPPORT,
  ETIMEDOUT,
  MSG_DONTWAIT,
  MSG_PEEK,
  MSG_WAITALL,
  nextFd,
  SHUT_RD,
  SHUT_WR,
} from '../socket/numbers.js';
import { sendFile } from '../socket/send-file.js';
import { Socket } from '../socket/socket.js';
import { type ClientSettings, clientFramer } from './client-settings.js';
import { connectSocket, secureSocket } from './connect-socket.js';
import { DatagramLink } from './datagram-link.js';
import type { Datagrams } from './datagrams.js';
import { peerCertificate } from './peer-certificate.js';
import { UnixDatagramLink } from './unix-datagram-link.js';

/** In bytes: what Swoole lets wait at a client's socket. */
const BUFFER_BYTES = 8 * 1024 * 1024;

/** An address, and a port of it. */
export interface LinkName {
  readonly address: string;
  readonly port: number;
}

/**
 * The connection of a client, or its datagram socket: what all clients of TCP, UDP and Unix sockets are made of, whoever waits and
 * however failures are told. Its calls end with error numbers, 0 for none.
 */
export class ClientLink {
  /** A number that stands for the socket. */
  readonly fd = nextFd();
  /** The connection, null when there is none. */
  stream: ByteStream | null = null;
  #framer: Framer | null = null;
  #datagrams: Datagrams | null = null;
  /** The path of a Unix socket that it is connected to. */
  #path: string | null = null;
  /** Where datagrams go when their socket is not connected. */
  #target: LinkName | null = null;
  /** In which ways the connection was ended here. */
  readonly #shut = { read: false, write: false };
  /** Where the last datagram came from. */
  #from: LinkName | null = null;

  /**
   * @param kind `SWOOLE_SOCK_*`
   * @param ssl whether it speaks TLS
   * @param answered whether a Unix datagram socket that connects gets a path of its own, so that it can be answered
   */
  constructor(
    readonly kind: number,
    private readonly ssl: boolean,
    private readonly answered = false,
  ) {}

  /** Whether it sends and receives datagrams. */
  get isDatagram(): boolean {
    return [SWOOLE_SOCK_UDP, SWOOLE_SOCK_UDP6, SWOOLE_SOCK_UNIX_DGRAM].includes(this.kind);
  }

  /** Whether there is something to send with. */
  get isOpen(): boolean {
    return this.stream !== null || this.#datagrams !== null;
  }

  /** Whether what is received is packets. */
  get isFramed(): boolean {
    return this.#framer !== null;
  }

  get isSecure(): boolean {
    return this.stream?.socket instanceof TLSSocket;
  }

  /** Whether a receive would end at once. */
  get isReadable(): boolean {
    return this.#datagrams?.isReadable ?? (this.stream !== null && this.stream.peek(1) !== null);
  }

  /** Whether a send would end at once. */
  get isWritable(): boolean {
    return this.stream === null || this.stream.socket.destroyed || !this.stream.socket.writableNeedDrain;
  }

  /** Whether it can go on to be used: the other side has not ended it, and nobody waits for it. */
  get isIdle(): boolean {
    const { stream } = this;
    return stream !== null && !stream.ended && stream.socket.writable && stream.reading.cid === 0;
  }

  /** What a wait for what comes is over with: a stream, or datagrams. */
  get reading() {
    return this.stream?.reading ?? this.#datagrams?.reading ?? null;
  }

  /** Connects; a datagram socket gets only what comes from there, then. Packets are cut as the settings say now. */
  async connect(host: string, port: number, settings: ClientSettings, seconds: number): Promise<number> {
    if (this.isDatagram) {
      const wrong = this.open(settings) || this.#bindAsClient();
      return this.#closedAfter(wrong || (await this.#datagramLink().connect(port, host)));
    }
    this.#framer = clientFramer(settings);
    const target = this.kind === SWOOLE_SOCK_UNIX_STREAM ? { path: host } : { host, port };
    const got = await connectSocket({ ...target, allowHalfOpen: true }, settings, this.ssl, seconds);
    if (typeof got === 'number') return got;
    this.stream = new ByteStream(this.fd, got);
    this.#path = this.kind === SWOOLE_SOCK_UNIX_STREAM ? host : null;
    return 0;
  }

  /** Sends datagrams there from now on, and takes them from everywhere. */
  async aim(host: string, port: number): Promise<number> {
    const wrong = this.open({}) || (this.#isUnix ? wrongPath(host, port) || this.#bindAsClient() : 0);
    if (wrong !== 0) return this.#closedAfter(wrong);
    if (this.#isUnix) {
      this.#target = { address: host, port };
      return 0;
    }
    const address = await firstAddressOf(host, this.kind === SWOOLE_SOCK_UDP6 ? AF_INET6 : AF_INET);
    if (address === false) return SWOOLE_ERROR_DNSLOOKUP_RESOLVE_FAILED;
    this.#target = { address, port };
    return 0;
  }

  /**
   * Makes the datagram socket, where there is none yet; a Unix socket is bound where `bind_address` says. Node has no TLS over
   * datagrams, and nothing is sent in plain that was to be secret.
   */
  open(settings: ClientSettings): number {
    if (this.#datagrams !== null) return 0;
    if (this.ssl) return SWOOLE_ERROR_OPERATION_NOT_SUPPORT;
    if (!this.#isUnix) this.#datagramLink();
    else if (unixDatagramsMissing() !== null) return ESOCKTNOSUPPORT;
    else return this.#openUnix(settings.bind_address);
    return 0;
  }

  #openUnix(path = ''): number {
    try {
      const link = new UnixDatagramLink(this.fd);
      this.#datagrams = link;
      return path === '' ? 0 : link.bindNow(path);
    } catch (error) {
      return errorNumber(error as NodeJS.ErrnoException);
    }
  }

  #bindAsClient(): number {
    const link = this.#datagrams;
    if (!this.answered || !(link instanceof UnixDatagramLink) || link.isBound) return 0;
    link.keepUpTo(BUFFER_BYTES);
    return link.bindAsClient();
  }

  /** A datagram socket that could not be connected is gone. */
  #closedAfter(error: number): number {
    if (error !== 0) this.close();
    return error;
  }

  get #isUnix(): boolean {
    return this.kind === SWOOLE_SOCK_UNIX_DGRAM;
  }

  #datagramLink(): Datagrams {
    this.#datagrams ??= new DatagramLink(this.fd, this.kind === SWOOLE_SOCK_UDP6);
    return this.#datagrams;
  }

  /** @param what the call that waits @param seconds no limit from 0 down */
  send(what: string, data: string | Uint8Array, seconds: number): Promise<number> {
    if (this.stream !== null) return this.stream.write(what, data, seconds);
    return this.#datagramLink().send(what, seconds, data, this.#target?.port, this.#target?.address);
  }

  /** Sends a datagram to an address. */
  async sendto(
    what: string,
    seconds: number,
    data: string | Uint8Array,
    port: number,
    address: string,
    settings: ClientSettings = {},
  ): Promise<number> {
    return this.open(settings) || this.#datagramLink().send(what, seconds, data, port, address);
  }

  /** Sends a datagram now, to an address or where it leads to, and waits for nothing. */
  post(data: string | Uint8Array, port = this.#target?.port, address = this.#target?.address): number {
    return this.#datagramLink().post(data, port, address);
  }

  /** Sends a file, or a part of it: 0 for the rest. */
  async sendfile(
    what: string,
    filename: string,
    offset: number,
    length: number,
    seconds: number,
  ): Promise<number> {
    return this.stream === null
      ? SWOOLE_ERROR_OPERATION_NOT_SUPPORT
      : sendFile(this.stream, what, filename, offset, length, seconds);
  }

  /** Waits for a packet, where the settings say what one is, or for bytes. */
  async receive(what: string, length: number, seconds: number, flags = 0): Promise<Received> {
    if ((flags & MSG_DONTWAIT) !== 0) {
      await looked();
      if (!this.isReadable) return EAGAIN;
    }
    const keep = (flags & MSG_PEEK) !== 0;
    const { stream } = this;
    if (stream === null) {
      const got = await this.#datagramLink().receive(what, seconds, keep);
      if (typeof got === 'number') return got;
      this.#from = got.from;
      return got.data.subarray(0, length);
    }
    if (this.#framer !== null) return stream.packet(what, this.#framer, seconds);
    if (keep) return stream.peeked(what, length, seconds);
    if ((flags & MSG_WAITALL) === 0) return stream.some(what, length, seconds);
    const got = await stream.all(what, length, seconds);
    return got === ETIMEDOUT ? (stream.rest(length) ?? got) : got;
  }

  /** What has come, without taking it; an error number for nothing, '' for the end. */
  peek(length: number): Received | null {
    if (this.stream !== null) return this.stream.peek(length);
    const found = this.#datagrams?.peek() ?? null;
    return Buffer.isBuffer(found) ? found.subarray(0, length) : found;
  }

  /** The address that a datagram socket is connected to; null when it is not. */
  get connectedTo(): LinkName | null {
    return this.#datagrams?.peer() ?? null;
  }

  /** Waits for a datagram and tells where it came from. */
  async receiveFrom(what: string, seconds: number) {
    return this.#datagramLink().receive(what, seconds);
  }

  /** Waits until a receive would end at once. */
  async untilReadable(what: string, seconds: number): Promise<unknown> {
    return this.stream?.peeked(what, 1, seconds) ?? this.#datagrams?.receive(what, seconds, true);
  }

  /** Waits until a send would end at once. */
  async untilWritable(what: string, seconds: number): Promise<unknown> {
    return this.stream?.writing.until(what, seconds, () => (this.isWritable ? 0 : null));
  }

  /** Begins to speak TLS; the connection is lost when it cannot. */
  async enableSSL(settings: ClientSettings, seconds: number): Promise<number> {
    const { stream } = this;
    if (stream === null) return SWOOLE_ERROR_OPERATION_NOT_SUPPORT;
    // What came in plain must not be the beginning of a packet that comes in secret.
    const framer = clientFramer(settings);
    const secure = await secureSocket(stream.release(), settings, undefined, seconds);
    if (typeof secure === 'number') return secure;
    this.#framer = framer;
    this.stream = new ByteStream(this.fd, secure);
    return 0;
  }

  /** Ends a connection in one way or both. False when it has been. @param how 0 to receive, 1 to send nothing more, 2 for both */
  shutdown(how: number): boolean {
    const { stream } = this;
    if (stream === null) return false;
    const reads = how !== SHUT_WR && !this.#shut.read;
    const writes = how !== SHUT_RD && !this.#shut.write;
    if (!reads && !writes) return false;
    if (reads) stream.endReading();
    if (writes) stream.socket.end();
    this.#shut.read ||= reads;
    this.#shut.write ||= writes;
    return true;
  }

  /** The other side's certificate as PEM; false without TLS. */
  certificate(): string | false {
    return this.stream === null ? false : peerCertificate(this.stream.socket);
  }

  /** Whether the other side's certificate is one to trust. */
  isTrusted(allowSelfSigned: boolean): boolean {
    const socket: NetSocket | undefined = this.stream?.socket;
    if (!(socket instanceof TLSSocket)) return false;
    if (socket.authorized) return true;
    const error: unknown = socket.authorizationError;
    return allowSelfSigned && String(error).includes('SELF_SIGNED_CERT');
  }

  /** The address of this side; null when it has none. That of a Unix socket is empty. */
  name(): LinkName | null {
    if (this.stream !== null && this.#path !== null) return { address: '', port: 0 };
    const { localAddress, localPort } = this.stream?.socket ?? {};
    if (localAddress !== undefined && localPort !== undefined)
      return { address: localAddress, port: localPort };
    return this.#datagrams?.name() ?? null;
  }

  /** The address of the other side of a connection, a path for a Unix socket; of a datagram socket where the last datagram came from. */
  peer(): LinkName | null {
    if (this.stream !== null && this.#path !== null) return { address: this.#path, port: 0 };
    const { remoteAddress, remotePort = 0 } = this.stream?.socket ?? {};
    if (remoteAddress === undefined || isIP(remoteAddress) === 0)
      return this.#from ?? (this.#isUnix ? { address: '', port: 0 } : null);
    return { address: remoteAddress, port: remotePort };
  }

  /** The connection as a socket, which only this closes. Null when there is none. */
  lend(): Socket | null {
    const { kind } = this;
    const family =
      kind === SWOOLE_SOCK_TCP6 ? AF_INET6 : kind === SWOOLE_SOCK_UNIX_STREAM ? AF_UNIX : AF_INET;
    return this.stream === null ? null : Socket.lend(family, this.stream);
  }

  /** Closes it; who waits is told, and may open it again. False when it was not open. */
  close(): boolean {
    const had = this.isOpen;
    this.stream?.close(ECANCELED);
    this.#datagrams?.close(ECANCELED);
    this.stream = null;
    this.#datagrams = null;
    this.#target = null;
    return had;
  }
}

/** Resolves when the event loop has looked for what has come: the rest of this turn may be before it, so it takes two. */
export function looked(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(() => setImmediate(resolve));
  });
}
