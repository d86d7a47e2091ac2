import {
  SWOOLE_KEEP,
  SWOOLE_SOCK_TCP,
  SWOOLE_SOCK_TCP6,
  SWOOLE_SOCK_UNIX_DGRAM,
} from '../constants/socket.js';
import { Exception } from '../errors/exception.js';
import { fail } from '../errors/last-error.js';
import {
  SWOOLE_ERROR_INVALID_PARAMS,
  SWOOLE_ERROR_OPERATION_NOT_SUPPORT,
  SWOOLE_ERROR_PHP_FATAL_ERROR,
  SWOOLE_ERROR_PHP_RUNTIME_NOTICE,
} from '../errors/numbers.js';
import { swoole_strerror } from '../errors/strerror.js';
import { warnQuietly } from '../errors/warnings.js';
import { noUnixDatagrams } from '../server/address.js';
import { EAGAIN, EBADMSG, ECANCELED, ESOCKTNOSUPPORT, ETIMEDOUT, MSG_WAITALL } from '../socket/numbers.js';
import { BaseClient, type BaseClientSocketName } from './base-client.js';
import type { ClientSettings } from './client-settings.js';
import { ClientException } from './exception.js';
import { type KeptLink, keepLink, takeLink } from './kept-links.js';
import { type ClientLink, looked } from './link.js';

/** How many bytes one receive gives at most, but for `MSG_WAITALL`. */
const MOST_AT_ONCE = 65535;
const NAME = 'Swoole\\Client';

/**
 * A client of a TCP, UDP or Unix socket, with TLS where asked for. In PHP its calls block; here those that wait are awaited.
 * @see Swoole\Client
 */
export class Client extends BaseClient {
  static readonly phpName: string = NAME;
  static readonly Exception = ClientException;
  /** How long connecting, sending and receiving may take, in seconds. */
  #seconds = 0.5;
  #kept: KeptLink | null = null;
  /** What the connection is kept as. */
  #key = '';

  /**
   * @param type `SWOOLE_SOCK_TCP`, `_TCP6`, `_UDP`, `_UDP6`, `_UNIX_STREAM` or `_UNIX_DGRAM`; for TLS with `SWOOLE_SSL`, for a connection that the next
   *   client takes over with `SWOOLE_KEEP` (bits)
   * @param async must be false: see `Async.Client`
   * @param id what a kept connection is called, for where it leads to if it is left out
   * @throws TypeError for another type
   */
  constructor(type: number, async = false, id?: string) {
    if (async) throw new Error('The $async parameter is not supported');
    super(type);
    this.id = id ?? null;
  }

  /**
   * Connects, or takes a connection that was kept.
   * @param host a name, an address, or the path of a Unix socket
   * @param timeout in seconds, also for what is sent and received from then on; no limit from 0 down
   * @param sock_flag 1 has a datagram socket take datagrams from there only; without a meaning for others, as nothing blocks
   * @returns false, with a warning and errCode
   * @see Swoole\Client::connect
   */
  async connect(host: string, port = 0, timeout = 0.5, sock_flag = 0): Promise<boolean> {
    if (host === '') return this.refuse('connect', 'The host is empty');
    if (this.link !== null)
      return this.refuse('connect', 'connection to the server has already been established');
    const overTcp = this.kind === SWOOLE_SOCK_TCP || this.kind === SWOOLE_SOCK_TCP6;
    if (overTcp && (port < 0 || port > 65535))
      return this.refuse('connect', 'The port is invalid', SWOOLE_ERROR_INVALID_PARAMS);
    this.#seconds = timeout;
    this.#key = `${this.type} ${this.id || `${host}:${port}`}`;
    const link = this.makeLink();
    if (this.#keeps) {
      // Whether one that was kept has ended is known once the event loop has looked.
      await looked();
      if (this.link === link && this.#takeKept()) return true;
    }
    const error = await this.#open(link, host, port, timeout, sock_flag);
    if (this.link !== link) {
      // Closed in the meantime.
      link.close();
      return this.#unconnected(host, port, ECANCELED);
    }
    this.active = error === 0;
    if (error === 0) return true;
    this.link = null;
    return this.#unconnected(host, port, error);
  }

  /** @returns an error number @throws TypeError for settings that mean nothing */
  async #open(
    link: ClientLink,
    host: string,
    port: number,
    timeout: number,
    sock_flag: number,
  ): Promise<number> {
    try {
      return link.isDatagram && sock_flag !== 1
        ? await link.aim(host, port)
        : await link.connect(host, port, this.setting ?? {}, timeout);
    } catch (refusal) {
      if (this.link === link) this.link = null;
      throw refusal;
    }
  }

  #unconnected(host: string, port: number, error: number): false {
    this.errCode = error;
    if (error === ESOCKTNOSUPPORT && this.kind === SWOOLE_SOCK_UNIX_DGRAM)
      return this.refuse('connect', noUnixDatagrams(), error);
    const where = `${host}:${port}`;
    warnQuietly(
      `${NAME}::connect(): connect to server[${where}] failed. Error: ${swoole_strerror(error)}[${error}]`,
    );
    return fail(error);
  }

  get #keeps(): boolean {
    return (this.type & SWOOLE_KEEP) !== 0;
  }

  #takeKept(): boolean {
    this.#kept = takeLink(this.#key);
    if (this.#kept === null) return false;
    this.link = this.#kept.link;
    this.sock = this.link.fd;
    this.active = true;
    this.reuse = true;
    this.reuseCount = ++this.#kept.uses;
    return true;
  }

  /**
   * Waits for bytes, or for a packet where the settings say what one is.
   * @param size how many bytes at most, up to 65535
   * @param flag `MSG_PEEK` leaves them to be received again, `MSG_DONTWAIT` does not wait, `MSG_WAITALL` waits for all of them (bits)
   * @returns the bytes; '' when the other side has closed; false with errCode, 11 when the time is over
   * @see Swoole\Client::recv
   */
  async recv(size = MOST_AT_ONCE, flag = 0): Promise<Buffer | '' | false> {
    const link = this.ready('recv');
    if (link === null) return false;
    const flags = flag === 1 ? MSG_WAITALL : flag;
    const most = (flags & MSG_WAITALL) === 0 ? Math.min(size, MOST_AT_ONCE) : size;
    if (most <= 0 && !link.isFramed) return '';
    const got = await link.receive(`${NAME}->recv()`, most, this.#seconds, flags);
    if (typeof got !== 'number') return got;
    if (got === EBADMSG) return this.#badPacket();
    return this.failed('recv', 'recv() failed', got === ETIMEDOUT ? EAGAIN : got);
  }

  /** The stream cannot be cut into packets any more. */
  #badPacket(): '' | false {
    const byEnd = this.setting?.open_eof_check || this.setting?.open_eof_split;
    return byEnd ? this.refuse('recv', 'no package eof', SWOOLE_ERROR_PHP_RUNTIME_NOTICE) : '';
  }

  /**
   * Sends, waiting while the other side does not read.
   * @param flag ignored
   * @returns the number of bytes; false with errCode
   * @see Swoole\Client::send
   */
  async send(data: string | Uint8Array, flag = 0): Promise<number | false> {
    void flag;
    if (data.length === 0) return this.refuse('send', 'data to send is empty');
    const link = this.ready('send');
    if (link === null) return false;
    const length = Buffer.byteLength(data);
    const error = await link.send(`${NAME}->send()`, data, this.#seconds);
    if (error === 0) return length;
    return this.failed(
      'send',
      `failed to send(${link.fd}) ${length} bytes`,
      error === ETIMEDOUT ? EAGAIN : error,
    );
  }

  /**
   * Sends a file, or a part of it.
   * @param length how many bytes, 0 for the rest of the file
   * @returns false with errCode 503
   * @see Swoole\Client::sendfile
   */
  async sendfile(filename: string, offset = 0, length = 0): Promise<boolean> {
    if (filename === '') return this.refuse('sendfile', 'file to send is empty');
    const link = this.ready('sendfile');
    if (link === null) return false;
    if (link.isDatagram)
      return this.refuse('sendfile', 'dgram socket cannot use sendfile', SWOOLE_ERROR_PHP_RUNTIME_NOTICE);
    const error = await link.sendfile(`${NAME}->sendfile()`, filename, offset, length, this.#seconds);
    if (error === 0) return true;
    this.errCode = SWOOLE_ERROR_PHP_FATAL_ERROR;
    const text = `${swoole_strerror(this.errCode)} [${this.errCode}]`;
    warnQuietly(`${NAME}::sendfile(): sendfile() failed. Error: ${text}`);
    return fail(this.errCode);
  }

  /** Sends a datagram to an address, also without `connect()`. False with errCode. @see Swoole\Client::sendto */
  async sendto(ip: string, port: number, data: string | Uint8Array): Promise<boolean> {
    if (data.length === 0)
      return this.refuse('sendto', 'data to send is empty', SWOOLE_ERROR_PHP_RUNTIME_NOTICE);
    const link = this.link ?? this.#datagramLink();
    const got = link.isDatagram
      ? await link.sendto(`${NAME}->sendto()`, this.#seconds, data, port, ip)
      : SWOOLE_ERROR_OPERATION_NOT_SUPPORT;
    const error = got === ETIMEDOUT ? EAGAIN : got;
    if (error !== 0) this.errCode = error;
    return error === 0 || fail(error);
  }

  #datagramLink(): ClientLink {
    const link = this.makeLink();
    this.active = link.isDatagram;
    if (!link.isDatagram) this.link = null;
    return link;
  }

  /**
   * Begins to speak TLS on the connection.
   * @param onSslReady must be left out
   * @returns false for what is no connection over TCP, and when it cannot
   * @throws Exception for a callback: it is awaited
   * @see Swoole\Client::enableSSL
   */
  async enableSSL(onSslReady: ((client: Client) => unknown) | null = null): Promise<boolean> {
    if (onSslReady !== null)
      throw new Exception('sync client does not support `onSslReady` callback', SWOOLE_ERROR_INVALID_PARAMS);
    const link = this.ready('enableSSL');
    if (link === null) return false;
    if (this.kind !== SWOOLE_SOCK_TCP && this.kind !== SWOOLE_SOCK_TCP6)
      return this.refuse('enableSSL', 'cannot use enableSSL');
    if (link.isSecure) return this.refuse('enableSSL', 'SSL has been enabled');
    const error = await link.enableSSL(this.setting ?? {}, this.#seconds);
    return error === 0 || fail(error);
  }

  /**
   * Closes the connection, or keeps it for the next client with `SWOOLE_KEEP`. This one may connect again.
   * @param force closes one that would be kept, too
   * @returns false, with a warning, without a connection
   * @see Swoole\Client::close
   */
  close(force = false): boolean {
    const { link } = this;
    if (link === null) return this.refuse('close', 'client is not connected to the server');
    const keeps = this.active && this.#keeps && !force && link.isIdle;
    this.link = null;
    this.active = false;
    if (keeps) keepLink(this.#key, this.#kept ?? { link, uses: 0 });
    else link.close();
    return true;
  }
}

type ExceptionType = ClientException;
type SettingsType = ClientSettings;
type SocketNameType = BaseClientSocketName;

export namespace Client {
  export type Exception = ExceptionType;
  export type Settings = SettingsType;
  export type SocketName = SocketNameType;
}
