import http2, { type ClientHttp2Session } from 'node:http2';
import { Wait } from '../../coroutine/wait.js';
import { Error as SwooleError } from '../../errors/error.js';
import { fail } from '../../errors/last-error.js';
import {
  SWOOLE_ERROR_CLIENT_NO_CONNECTION,
  SWOOLE_ERROR_CO_HAS_BEEN_BOUND,
  SWOOLE_ERROR_INVALID_PARAMS,
} from '../../errors/numbers.js';
import { swoole_strerror } from '../../errors/strerror.js';
import type { ConnectSettings } from '../connect-settings.js';
import { connectSocket } from '../connect-socket.js';
import type { FormFields } from '../http/form-body.js';
import { Http2ClientException } from './http2-client-exception.js';
import { type ExchangeSink, Http2Exchange } from './http2-exchange.js';
import { encodedBody, requestHeaders } from './http2-outgoing.js';
import type { Http2Request } from './http2-request.js';
import type { Http2Response } from './http2-response.js';
import { type Http2Settings, LOCAL, NONE, remoteSettings } from './http2-settings.js';

const EBADF = 9;
const EINVAL = 22;
const EISCONN = 106;
const ETIMEDOUT = 110;
const ECANCELED = 125;
const CONNECT_SECONDS = 10;
const RECV_SECONDS = 60;

/** What `Coroutine.Http2.Client.set()` takes. */
export interface Http2ClientSettings extends ConnectSettings {
  /** Seconds that `recv()` waits, 60 by default; less than 0 for no limit. */
  timeout?: number;
  /** Seconds that connecting may take, 10 by default. */
  connect_timeout?: number;
  /** Seconds after which a MultiplexClient closes a connection without requests, 10 by default; 0 or less for never. */
  heartbeat_idle_time?: number;
}

/** What `stats()` tells. */
export interface Http2ClientStats {
  /** The number of the next request. */
  current_stream_id: number;
  /** The highest number that the server has answered. */
  last_stream_id: number;
  local_settings: Http2Settings;
  remote_settings: Http2Settings;
  /** How many requests are not answered yet. */
  active_stream_num: number;
}

interface Reader {
  readonly wait: Wait<Http2Response | number>;
  readonly inParts: boolean;
}

/**
 * A client of HTTP/2: many requests at a time on one connection. `send()` gives a number, and `recv()` the answers as they come,
 * whatever their order.
 * @see Swoole\Coroutine\Http2\Client
 */
export class Http2Client implements ExchangeSink {
  static readonly phpName: string = 'Swoole\\Coroutine\\Http2\\Client';
  static readonly Exception = Http2ClientException;
  /** Why the last call failed; after the server has said good-bye, its error. */
  errCode = 0;
  /** The text of errCode; after the server has said good-bye, what it said. */
  errMsg = '';
  /** Always -1: Node does not tell the descriptors of its sockets. */
  readonly sock = -1;
  readonly type = 0;
  /** What `set()` was given. */
  setting: Http2ClientSettings | null = null;
  connected = false;
  readonly host: string;
  readonly port: number;
  readonly ssl: boolean;
  /** The last request that the server has worked on, when it has said good-bye. */
  serverLastStreamId = 0;
  #session: ClientHttp2Session | null = null;
  #next = 0;
  #last = 0;
  readonly #streams = new Map<number, Http2Exchange>();
  /** Those of which something can be received, in the order in which it came. */
  readonly #ready = new Set<Http2Exchange>();
  #reader: Reader | null = null;

  /**
   * @param open_ssl whether to speak TLS
   * @throws Coroutine.Http2.Client.Exception without a host
   */
  constructor(host: string, port = 80, open_ssl = false) {
    if (host === '') throw new Http2ClientException('host is empty', SWOOLE_ERROR_INVALID_PARAMS);
    this.host = host;
    this.port = port;
    this.ssl = open_ssl;
  }

  /** Sets settings; others than before stay. @see Swoole\Coroutine\Http2\Client::set */
  set(settings: Http2ClientSettings): boolean {
    this.setting = { ...this.setting, ...settings };
    return true;
  }

  /** Connects. @returns false with errCode, 106 for a client that is connected @see Swoole\Coroutine\Http2\Client::connect */
  async connect(): Promise<boolean> {
    if (this.#session !== null) return this.#error(EISCONN);
    const { setting, host, port, ssl } = this;
    const target = host.startsWith('unix:') ? { path: host.slice(5).replace(/^\/+/, '/') } : { host, port };
    const seconds = setting?.connect_timeout ?? CONNECT_SECONDS;
    const socket = await connectSocket(target, setting ?? {}, ssl, seconds, { alpn: ['h2'] });
    if (typeof socket === 'number') return this.#error(socket);
    const authority = `${ssl ? 'https' : 'http'}://${host.includes(':') ? 'localhost' : host}:${port}`;
    const session = http2.connect(authority, { createConnection: () => socket });
    session.on('error', () => {});
    session.on('goaway', (code, lastStream, data) => this.#goodbye(session, code, lastStream, data));
    session.on('close', () => this.#closed(session));
    this.#session = session;
    this.#next = 1;
    this.connected = true;
    // Numbers are given to requests from here on.
    await new Promise((resolve) => session.once('connect', resolve).once('close', resolve));
    session.unref();
    return this.#session === session || this.#error(SWOOLE_ERROR_CLIENT_NO_CONNECTION);
  }

  /**
   * What is known of the connection.
   * @param key one of the names of the result, for its value alone
   * @see Swoole\Coroutine\Http2\Client::stats
   */
  stats(): Http2ClientStats;
  stats<Key extends keyof Http2ClientStats>(key: Key): Http2ClientStats[Key];
  stats(key?: string): unknown;
  stats(key = ''): unknown {
    const all: Http2ClientStats = {
      current_stream_id: this.#next,
      last_stream_id: this.#last,
      local_settings: { ...LOCAL },
      remote_settings: this.#session === null ? { ...NONE } : remoteSettings(this.#session),
      active_stream_num: this.#streams.size,
    };
    if (key === '') return all;
    return Object.hasOwn(all, key) ? all[key as keyof Http2ClientStats] : null;
  }

  /** Whether a request is not answered yet; 0 for the connection itself. @see Swoole\Coroutine\Http2\Client::isStreamExist */
  isStreamExist(stream_id: number): boolean {
    if (this.#session === null || stream_id < 0) return false;
    return stream_id === 0 || this.#streams.has(stream_id);
  }

  /**
   * Sends a request.
   * @returns its number, false with errCode without a connection and for a request that cannot be
   * @see Swoole\Coroutine\Http2\Client::send
   */
  send(request: Http2Request): number | false {
    const session = this.#session;
    if (session === null) return this.#error(SWOOLE_ERROR_CLIENT_NO_CONNECTION);
    const { data, pipeline, usePipelineRead } = request;
    const body = encodedBody(data);
    let exchange: Http2Exchange;
    try {
      const stream = session.request(requestHeaders(request, this), {
        endStream: body.length === 0 && !pipeline,
      });
      exchange = new Http2Exchange(stream, pipeline, usePipelineRead, this);
    } catch {
      // A name, a value or a path that HTTP/2 does not have, or a connection that is closing.
      return this.#error(EINVAL);
    }
    this.#streams.set(exchange.id, exchange);
    this.#next = exchange.id + 2;
    if (body.length > 0) {
      if (pipeline) exchange.stream.write(body);
      else exchange.stream.end(body);
    }
    return exchange.id;
  }

  /**
   * Sends more of the body of a request whose `pipeline` was set.
   * @param end_stream whether the body ends with it
   * @returns false with errCode 22 for a request whose body is whole
   * @see Swoole\Coroutine\Http2\Client::write
   */
  write(stream_id: number, data: string | Uint8Array | FormFields, end_stream = false): boolean {
    if (this.#session === null) return this.#error(SWOOLE_ERROR_CLIENT_NO_CONNECTION);
    const exchange = this.#streams.get(stream_id);
    if (exchange === undefined || !exchange.writable)
      return this.#error(EINVAL, `unable to found active pipeline stream#${stream_id}`);
    const body = encodedBody(data);
    if (body.length > 0) exchange.stream.write(body);
    if (end_stream) {
      exchange.writable = false;
      exchange.stream.end();
    }
    return true;
  }

  /**
   * Waits for an answer, whichever is whole first.
   * @param timeout in seconds; 0 for that of the settings, less for no limit
   * @returns false with errCode, 110 when the time is over
   * @see Swoole\Coroutine\Http2\Client::recv
   */
  recv(timeout = 0): Promise<Http2Response | false> {
    return this.#receive(timeout, false);
  }

  /** The same as {@link recv}, but gives the parts of answers as they come. @see Swoole\Coroutine\Http2\Client::read */
  read(timeout = 0): Promise<Http2Response | false> {
    return this.#receive(timeout, true);
  }

  /**
   * Says good-bye: no answers are wanted to requests of the server's.
   * @param error_code one of `SWOOLE_HTTP2_ERROR_*`
   * @see Swoole\Coroutine\Http2\Client::goaway
   */
  goaway(error_code = 0, debug_data = ''): boolean {
    if (this.#session === null) return this.#error(SWOOLE_ERROR_CLIENT_NO_CONNECTION);
    this.#session.goaway(error_code, this.#last, Buffer.from(debug_data));
    return true;
  }

  /** Sends a ping. @see Swoole\Coroutine\Http2\Client::ping */
  ping(): boolean {
    if (this.#session === null) return this.#error(SWOOLE_ERROR_CLIENT_NO_CONNECTION);
    return this.#session.ping(() => {});
  }

  /** Closes the connection; what was not answered is lost. False with errCode 9 when there is none. @see Swoole\Coroutine\Http2\Client::close */
  close(): boolean {
    const session = this.#session;
    if (session === null) return this.#error(EBADF);
    this.#ready.clear();
    this.#closed(session);
    session.destroy();
    return true;
  }

  /** @internal */
  more(exchange: Http2Exchange): void {
    this.#last = Math.max(this.#last, exchange.id);
    // Whether this is all is known when the rest of what has come was looked at.
    setImmediate(() => {
      if (!this.#streams.has(exchange.id) || exchange.ended || !exchange.begun) return;
      this.#ready.add(exchange);
      this.#tell();
    });
  }

  /** @internal */
  over(exchange: Http2Exchange): void {
    // Streams that end with the connection have no answer.
    if (!this.#streams.has(exchange.id)) return;
    this.#last = Math.max(this.#last, exchange.id);
    if (this.claims(exchange)) {
      this.#streams.delete(exchange.id);
      return;
    }
    this.#ready.add(exchange);
    this.#tell();
  }

  /** Takes an answer that is whole away from `recv()`. */
  protected claims(exchange: Http2Exchange): boolean {
    void exchange;
    return false;
  }

  /** The connection has ended. */
  protected lost(): void {}

  async #receive(timeout: number, inParts: boolean): Promise<Http2Response | false> {
    const ready = this.#takeReady(inParts);
    if (ready !== null) return ready;
    if (this.#session === null) return this.#error(SWOOLE_ERROR_CLIENT_NO_CONNECTION);
    if (this.#reader !== null)
      throw new SwooleError(
        'another coroutine is receiving from this client',
        SWOOLE_ERROR_CO_HAS_BEEN_BOUND,
      );
    const leave = (error: number): number => {
      this.#reader = null;
      return error;
    };
    const ends = { canceled: () => leave(ECANCELED), timedOut: () => leave(ETIMEDOUT) };
    const seconds = timeout || (this.setting?.timeout ?? RECV_SECONDS);
    const wait = new Wait<Http2Response | number>('Swoole\\Coroutine\\Http2\\Client->recv()', ends, seconds);
    this.#reader = { wait, inParts };
    this.#session.ref();
    const received = await wait.promise;
    this.#session?.unref();
    if (typeof received !== 'number') return received;
    // The server's own words stay.
    return received === 0 ? false : this.#error(received);
  }

  #takeReady(inParts: boolean): Http2Response | null {
    for (const exchange of this.#ready) {
      if (!exchange.ended && !inParts && !exchange.inParts) continue;
      this.#ready.delete(exchange);
      if (exchange.ended) this.#streams.delete(exchange.id);
      return exchange.take();
    }
    return null;
  }

  #tell(): void {
    const reader = this.#reader;
    if (reader === null) return;
    const ready = this.#takeReady(reader.inParts);
    if (ready === null) return;
    this.#reader = null;
    reader.wait.wake(ready);
  }

  #goodbye(session: ClientHttp2Session, code: number, lastStream: number, data?: Uint8Array): void {
    if (this.#session !== session) return;
    this.errCode = code;
    this.errMsg = data === undefined ? '' : Buffer.from(data).toString();
    this.serverLastStreamId = lastStream;
    // Without an error the server still answers what it works on (RFC 9113, section 6.8).
    if (code === 0) return;
    this.#closed(session);
    session.destroy();
  }

  #closed(session: ClientHttp2Session): void {
    if (this.#session !== session) return;
    this.#session = null;
    this.connected = false;
    for (const exchange of this.#streams.values()) if (!this.#ready.has(exchange)) exchange.stream.destroy();
    this.#streams.clear();
    const reader = this.#reader;
    this.#reader = null;
    reader?.wait.wake(0);
    this.lost();
  }

  #error(number: number, text = swoole_strerror(number)): false {
    this.errCode = number;
    this.errMsg = text;
    return fail(number);
  }
}
