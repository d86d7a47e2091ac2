import {
  SWOOLE_SOCK_TCP,
  SWOOLE_SOCK_TCP6,
  SWOOLE_SOCK_UDP,
  SWOOLE_SOCK_UDP6,
  SWOOLE_SOCK_UNIX_DGRAM,
} from '../constants/socket.js';
import { callOutside } from '../coroutine/lifecycle.js';
import { Error as SwooleError } from '../errors/error.js';
import { Exception } from '../errors/exception.js';
import { fail } from '../errors/last-error.js';
import {
  SWOOLE_ERROR_INVALID_PARAMS,
  SWOOLE_ERROR_OUTPUT_BUFFER_OVERFLOW,
  SWOOLE_ERROR_PHP_FATAL_ERROR,
} from '../errors/numbers.js';
import { holdLoop, releaseLoop } from '../event/loop.js';
import { perform } from '../event/perform.js';
import { ECANCELED } from '../socket/numbers.js';
import { BaseClient } from './base-client.js';
import { clientFramer } from './client-settings.js';
import type { ClientLink } from './link.js';

const NAME = 'Swoole\\Async\\Client';
const MOST_AT_ONCE = 65536;
/** In bytes: what may wait to be sent where `socket_buffer_size` says nothing else. */
const SEND_BUFFER = 8 * 1024 * 1024;

/** What an asynchronous client calls. */
export interface AsyncClientEvents {
  connect: (client: AsyncClient) => unknown;
  receive: (client: AsyncClient, data: Buffer) => unknown;
  error: (client: AsyncClient) => unknown;
  close: (client: AsyncClient) => unknown;
  bufferFull: (client: AsyncClient) => unknown;
  bufferEmpty: (client: AsyncClient) => unknown;
}

const EVENTS = ['connect', 'receive', 'close', 'error', 'bufferFull', 'bufferEmpty'] as const;

/** A client that calls back instead of waiting. @see Swoole\Async\Client */
export class AsyncClient extends BaseClient {
  static readonly phpName = NAME;
  readonly #events: Partial<AsyncClientEvents> = {};
  #asleep = false;
  /** While it begins to speak TLS nothing else reads. */
  #securing = false;
  /** The connection whose bytes are being handed out. */
  #reads: ClientLink | null = null;
  /** While its close callback runs there is nothing to close. */
  #closing = false;
  /** Whether the event loop is kept going for it. */
  #holds = false;
  /** Whether more waits to be sent than the high watermark. */
  #full = false;

  /**
   * Sets a callback.
   * @param host the event: `connect`, `receive`, `error`, `close`, `bufferFull` or `bufferEmpty`, in any case
   * @returns false, with a warning, for another
   * @see Swoole\Async\Client::on
   */
  on<Event extends keyof AsyncClientEvents>(host: Event, callback: AsyncClientEvents[Event]): boolean {
    const event = EVENTS.find((each) => each.toLowerCase() === host.toLowerCase());
    if (event === undefined) return this.#refuse('on', `Unknown event callback type name '${host}'`);
    Object.assign(this.#events, { [event]: callback });
    return true;
  }

  /**
   * Begins to connect; `connect` or `error` is called when that has ended.
   * @param host a name, an address, or the path of a Unix socket
   * @param timeout in seconds; no limit from 0 down
   * @param sock_flag 1 has a datagram socket take datagrams from there only
   * @returns false, with a warning, for one that is connected or was told nonsense
   * @throws Error when there is no callback for `receive`, and for `connect`, `error` and `close` of a stream
   * @see Swoole\Async\Client::connect
   */
  connect(host: string, port = 0, timeout = 0.5, sock_flag = 0): boolean {
    if (host === '') return this.#refuse('connect', 'The host is empty');
    if (this.link !== null)
      return this.#refuse('connect', 'connection to the server has already been established');
    const overTcp = this.kind === SWOOLE_SOCK_TCP || this.kind === SWOOLE_SOCK_TCP6;
    if (overTcp && (port < 1 || port > 65535)) {
      this.#refuse('connect', 'The port is invalid');
      return fail(SWOOLE_ERROR_INVALID_PARAMS);
    }
    const isDatagram = [SWOOLE_SOCK_UDP, SWOOLE_SOCK_UDP6, SWOOLE_SOCK_UNIX_DGRAM].includes(this.kind);
    const needed = isDatagram ? ['receive' as const] : EVENTS.slice(0, 4);
    const missing = needed.find((event) => this.#events[event] === undefined);
    if (missing !== undefined) {
      const name = `on${missing.charAt(0).toUpperCase()}${missing.slice(1)}`;
      throw new SwooleError(`no '${name}' callback function`, SWOOLE_ERROR_PHP_FATAL_ERROR);
    }
    const settings = this.setting ?? {};
    // Settings that mean nothing are refused here, not when nobody can be told.
    clientFramer(settings);
    const link = this.makeLink();
    this.#hold(true);
    this.#begin(async () => {
      const aims = link.isDatagram && sock_flag !== 1;
      const error = await (aims ? link.aim(host, port) : link.connect(host, port, settings, timeout));
      this.#connected(link, error);
    });
    return true;
  }

  /** Begins what goes on by itself: it is no part of the coroutine that runs. */
  #begin(work: () => Promise<void>): void {
    callOutside(() => void work(), undefined, undefined);
  }

  #connected(link: ClientLink, error: number): void {
    if (this.link !== link) {
      link.close();
      return;
    }
    if (error === 0) {
      this.active = true;
      this.#call('connect');
      if (this.link === link) void this.#read(link);
      return;
    }
    this.link = null;
    this.#hold(false);
    this.errCode = error;
    fail(error);
    this.#call('error');
  }

  /** Hands out what comes until the connection ends, or it is to be left where it is. */
  async #read(link: ClientLink): Promise<void> {
    // The loop that waits looks again by itself.
    if (this.#reads === link) return;
    this.#reads = link;
    while (this.link === link && !this.#asleep && !this.#securing) {
      const got = await link.receive(`${NAME}->receive`, MOST_AT_ONCE, -1);
      if (this.link !== link) return;
      // Told to stop; it may have been told to go on since.
      if (got === ECANCELED) continue;
      if (got === '' || typeof got === 'number') this.close();
      else if (this.#events.receive !== undefined) perform(this.#events.receive, this as AsyncClient, got);
    }
    if (this.#reads === link) this.#reads = null;
  }

  /**
   * Sends, or queues what does not leave at once.
   * @param flag ignored
   * @returns the number of bytes; false when the queue is full: more than `socket_buffer_size` (8 MiB)
   * @see Swoole\Client::send
   */
  send(data: string | Uint8Array, flag = 0): number | false {
    void flag;
    if (data.length === 0) return this.refuse('send', 'data to send is empty');
    const link = this.ready('send');
    if (link === null) return false;
    const length = Buffer.byteLength(data);
    const socket = link.stream?.socket;
    if (socket === undefined) {
      const error = link.post(data);
      return error === 0 ? length : this.failed('send', `failed to send(${link.fd}) ${length} bytes`, error);
    }
    const limit = this.#bytes('socket_buffer_size', SEND_BUFFER);
    if (socket.writableLength + length > limit)
      return this.failed(
        'send',
        `failed to send(${link.fd}) ${length} bytes`,
        SWOOLE_ERROR_OUTPUT_BUFFER_OVERFLOW,
      );
    socket.write(data, this.#written);
    if (!this.#full && socket.writableLength >= this.#bytes('buffer_high_watermark', limit * 0.8)) {
      this.#full = true;
      this.#call('bufferFull');
    }
    return length;
  }

  readonly #written = (): void => {
    const waiting = this.link?.stream?.socket.writableLength ?? 0;
    if (!this.#full || waiting > this.#bytes('buffer_low_watermark', 0)) return;
    this.#full = false;
    if (this.active) this.#call('bufferEmpty');
  };

  #bytes(
    name: 'socket_buffer_size' | 'buffer_high_watermark' | 'buffer_low_watermark',
    none: number,
  ): number {
    return this.setting?.[name] || none;
  }

  /** Sends a datagram to an address. False when it is none, or not connected. @see Swoole\Client::sendto */
  sendto(ip: string, port: number, data: string | Uint8Array): boolean {
    const link = this.ready('sendto');
    if (link === null || !link.isDatagram) return false;
    const error = link.post(data, port, ip);
    return error === 0 || fail(error);
  }

  /** Begins to send a file, or a part of it: 0 for the rest. False without a connection. @see Swoole\Client::sendfile */
  sendfile(filename: string, offset = 0, length = 0): boolean {
    const link = this.ready('sendfile');
    if (link === null || link.isDatagram) return false;
    void link.sendfile(`${NAME}->sendfile()`, filename, offset, length, -1);
    return true;
  }

  /** Receives nothing until `wakeup()`; the other side has to wait. False when it does already. @see Swoole\Async\Client::sleep */
  sleep(): boolean {
    const link = this.ready('sleep', NAME);
    if (link === null || this.#asleep) return false;
    this.#asleep = true;
    link.reading?.interrupt(ECANCELED);
    this.#hold(false);
    return true;
  }

  /** Receives again. False when it has not slept. @see Swoole\Async\Client::wakeup */
  wakeup(): boolean {
    const link = this.ready('wakeup', NAME);
    if (link === null || !this.#asleep) return false;
    this.#asleep = false;
    this.#hold(true);
    this.#begin(() => this.#read(link));
    return true;
  }

  /** The same as `sleep()`. @see Swoole\Async\Client::pause */
  pause(): boolean {
    return this.sleep();
  }

  /** The same as `wakeup()`. @see Swoole\Async\Client::resume */
  resume(): boolean {
    return this.wakeup();
  }

  /**
   * Begins to speak TLS on the connection.
   * @param onSslReady is called when it does; `close` is when it cannot
   * @returns false for what is no connection over TCP
   * @throws Exception without a callback
   * @see Swoole\Async\Client::enableSSL
   */
  enableSSL(onSslReady: ((client: AsyncClient) => unknown) | null = null): boolean {
    if (onSslReady === null)
      throw new Exception('require `onSslReady` callback', SWOOLE_ERROR_INVALID_PARAMS);
    const link = this.ready('enableSSL');
    if (link === null) return false;
    if (this.kind !== SWOOLE_SOCK_TCP && this.kind !== SWOOLE_SOCK_TCP6)
      return this.#refuse('enableSSL', 'cannot use enableSSL');
    if (link.isSecure) return this.#refuse('enableSSL', 'SSL has been enabled');
    clientFramer(this.setting ?? {});
    this.#securing = true;
    link.reading?.interrupt(ECANCELED);
    this.#begin(() => this.#secure(link, onSslReady));
    return true;
  }

  async #secure(link: ClientLink, ready: (client: AsyncClient) => unknown): Promise<void> {
    const error = await link.enableSSL(this.setting ?? {}, -1);
    if (this.link !== link) return;
    this.#securing = false;
    if (error !== 0) {
      this.errCode = error;
      this.close();
      return;
    }
    perform(ready, this as AsyncClient);
    await this.#read(link);
  }

  /** Closes the connection and calls `close`. False, with a warning, when there is none. @see Swoole\Async\Client::close */
  close(force = false): boolean {
    void force;
    const { link, active } = this;
    if (this.#closing) return false;
    if (link === null) return this.#refuse('close', 'client is not connected to the server');
    this.link = null;
    this.active = false;
    this.#asleep = false;
    this.#securing = false;
    this.#full = false;
    link.close();
    this.#hold(false);
    this.#closing = true;
    try {
      if (active) this.#call('close');
    } finally {
      this.#closing = false;
    }
    return true;
  }

  #call(event: Exclude<keyof AsyncClientEvents, 'receive'>): void {
    const callback = this.#events[event];
    if (callback !== undefined) perform(callback, this as AsyncClient);
  }

  #hold(holds: boolean): void {
    if (this.#holds === holds) return;
    this.#holds = holds;
    if (holds) holdLoop();
    else releaseLoop();
  }

  #refuse(method: string, text: string): false {
    return this.refuse(method, text, SWOOLE_ERROR_PHP_FATAL_ERROR, NAME);
  }
}
