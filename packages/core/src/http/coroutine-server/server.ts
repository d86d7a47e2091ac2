import { SWOOLE_SOCK_TCP, SWOOLE_SOCK_TCP6, SWOOLE_SOCK_UNIX_STREAM } from '../../constants/socket.js';
import { noteCallback } from '../../coroutine/lifecycle.js';
import { Wait } from '../../coroutine/wait.js';
import { chooseEngine } from '../../engine/choose.js';
import type { EnginePort } from '../../engine/engine.js';
import { createNodeEngine } from '../../engine/node/index.js';
import { Exception } from '../../errors/exception.js';
import { fail } from '../../errors/last-error.js';
import { swoole_strerror } from '../../errors/strerror.js';
import { warn } from '../../errors/warnings.js';
import { bindPort } from '../../server/bind.js';
import { freePort } from '../../server/free-port.js';
import { Port } from '../../server/port.js';
import { resolveSettings, type ServerSettings } from '../../server/settings/settings.js';
import { SessionTable } from '../../session/session-table.js';
import { CoroutineListener } from './listener.js';
import { type Handler, Routes } from './routes.js';

const EINVAL = 22;
const ECANCELED = 125;
const OWN_NAME = 'Swoole\\Coroutine\\Http\\Server';
const UNIX = 'unix:';

/**
 * An HTTP server in one coroutine: each request is handled in a coroutine of its own, and a handler may make its connection
 * a WebSocket by `response.upgrade()`. It serves in the thread that starts it.
 * @see Swoole\Coroutine\Http\Server
 */
export class HttpCoroutineServer {
  static readonly phpName = OWN_NAME;
  /** Always -1: Node does not tell the descriptors of its sockets. */
  readonly fd = -1;
  readonly host: string;
  /** With 0 the constructor chooses a free one. */
  readonly port: number;
  readonly ssl: boolean;
  /** What `set()` was given; null before. */
  settings: (ServerSettings & { open_ssl?: boolean }) | null = null;
  /** Why `start()` has returned: 125 after `shutdown()`. */
  errCode = 0;
  /** The text of errCode. */
  errMsg = '';
  readonly #reusePort: boolean;
  readonly #routes = new Routes();
  #port: EnginePort | null = null;
  #listener: CoroutineListener | null = null;
  #wait: Wait<boolean> | null = null;

  /**
   * @param host an address, or `unix:/path` of a Unix socket
   * @param port 0 for any that is free
   * @param ssl whether to speak TLS, with the settings `ssl_cert_file` and `ssl_key_file`
   * @param reuse_port whether several servers may listen on the port
   * @throws Exception without a host
   * @see Swoole\Coroutine\Http\Server::__construct
   */
  constructor(host: string, port = 0, ssl = false, reuse_port = false) {
    if (host === '') throw new Exception('host is empty', EINVAL);
    this.host = host;
    this.ssl = ssl;
    this.#reusePort = reuse_port;
    this.port = port === 0 && !host.startsWith(UNIX) ? freePort() : port;
    if (ssl) this.settings = { open_ssl: true };
  }

  /**
   * Sets options that `start()` follows; others than before stay.
   * @returns false when there is none
   * @see Swoole\Coroutine\Http\Server::set
   */
  set(settings: ServerSettings): boolean {
    if (Object.keys(settings).length === 0) return false;
    this.settings = { ...this.settings, ...settings };
    return true;
  }

  /**
   * Registers what answers the requests whose path begins with a pattern: the longest counts. It may be async.
   * @param pattern `/` takes what no other does
   * @returns false, with a warning, for something that cannot be called
   * @see Swoole\Coroutine\Http\Server::handle
   */
  handle(pattern: string, callback: Handler): boolean {
    if (typeof callback !== 'function') {
      warn(`${OWN_NAME}::handle(): function '${String(callback)}' is not callable`);
      return fail(0);
    }
    noteCallback(callback);
    this.#routes.add(pattern, callback);
    return true;
  }

  /**
   * Serves until `shutdown()`.
   * @returns true when it is over; false when it serves already
   * @throws Exception with the system's number when the address cannot be bound
   * @see Swoole\Coroutine\Http\Server::start
   */
  async start(): Promise<boolean> {
    if (this.#listener !== null) return false;
    const { open_ssl: _ssl, ...given } = this.settings ?? {};
    const settings = resolveSettings({
      http_parse_files: false,
      ...given,
      open_http_protocol: true,
      open_websocket_protocol: true,
      ...(this.#reusePort ? { enable_reuse_port: true } : {}),
    });
    const port = this.#portObject();
    port.use(settings);
    const listener = new CoroutineListener(this.#routes, settings, this);
    this.#listener = listener;
    // Of the engines this one listens before a client of the same turn connects, and in any thread.
    const engine = settings.engine === 'uws' ? chooseEngine('uws') : createNodeEngine('for coroutines');
    try {
      const bound = await bindPort(engine, port, listener);
      if (this.#listener === listener) return await this.#serve(bound);
      bound.close();
      return true;
    } catch (error) {
      this.#listener = null;
      throw this.#failure(error);
    }
  }

  /** Ends `start()`: nobody can connect any more, requests are answered, and WebSockets go on. @see Swoole\Coroutine\Http\Server::shutdown */
  shutdown(): void {
    const listener = this.#listener;
    this.#listener = null;
    this.#port?.stopListening();
    this.#port = null;
    listener?.shutdown();
    this.#wait?.wake(true);
  }

  #serve(port: EnginePort): Promise<boolean> {
    this.#port = port;
    const canceled = (): boolean => {
      this.shutdown();
      return true;
    };
    const wait = new Wait<boolean>(`${OWN_NAME}->start()`, { canceled });
    this.#wait = wait;
    return wait.promise.finally(() => {
      this.#wait = null;
      this.#tell(ECANCELED);
    });
  }

  #portObject(): Port {
    const { host, port, ssl } = this;
    const unix = host.startsWith(UNIX);
    const type = unix ? SWOOLE_SOCK_UNIX_STREAM : host.includes(':') ? SWOOLE_SOCK_TCP6 : SWOOLE_SOCK_TCP;
    const where = unix ? host.slice(UNIX.length).replace(/^\/+/, '/') : host;
    const made = new Port(where, port, type, ssl, new SessionTable(), 0);
    const { open_ssl: _ssl, ...given } = this.settings ?? {};
    made.set(given);
    return made;
  }

  #failure(error: unknown): unknown {
    if (!(error instanceof Exception)) return error;
    this.#tell(error.code);
    return new Exception(`bind(${this.host}:${this.port}) failed`, error.code, error);
  }

  #tell(code: number): void {
    this.errCode = code;
    this.errMsg = swoole_strerror(code);
  }
}
