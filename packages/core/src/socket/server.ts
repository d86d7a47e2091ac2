import { create } from '../coroutine/lifecycle.js';
import { Exception } from '../errors/exception.js';
import { E_USER_WARNING, warn } from '../errors/warnings.js';
import { AF_INET, AF_INET6, AF_UNIX, ECANCELED, EINVAL, ETIMEDOUT, SOCK_STREAM } from './numbers.js';
import { SO_REUSEPORT, SOL_SOCKET } from './options.js';
import { ServerConnection } from './server-connection.js';
import { Socket } from './socket.js';
import type { SocketProtocol } from './socket-base.js';

type ConnectionHandler = (connection: ServerConnection) => unknown;

const UNIX = 'unix:';

/** A server for byte streams that gives each connection a coroutine of its own. @see Swoole\Coroutine\Server */
export class CoroutineServer {
  static readonly phpName = 'Swoole\\Coroutine\\Server';
  static readonly Connection = ServerConnection;
  /** The address to listen on, for a Unix socket its path. */
  readonly host: string;
  /** The port; with 0 the one that the system has chosen, once it listens. */
  port: number;
  /** AF_INET (2), AF_INET6 (10) or AF_UNIX (1). */
  readonly type: number;
  /** A number that stands for the listening socket. */
  readonly fd: number;
  /** Why `start()` gave false. */
  errCode = 0;
  /** What `set()` was given. */
  setting: SocketProtocol;
  private running = false;
  private fn: ConnectionHandler | null = null;
  private readonly socket: Socket;

  /**
   * @param host an IP address, or `unix:` and the path of a Unix socket
   * @param port 0 for one that the system chooses
   * @param ssl whether to speak TLS, with `ssl_cert_file` and `ssl_key_file` of `set()`
   * @param reuse_port whether several sockets may listen on the port, where Node can
   */
  constructor(host: string, port = 0, ssl = false, reuse_port = false) {
    const unix = host.startsWith(`${UNIX}/`);
    this.type = unix ? AF_UNIX : host.includes('::') ? AF_INET6 : AF_INET;
    this.host = unix ? host.slice(UNIX.length) : host;
    this.port = port;
    this.socket = new Socket(this.type, SOCK_STREAM);
    if (reuse_port) this.socket.setOption(SOL_SOCKET, SO_REUSEPORT, true);
    this.fd = this.socket.fd;
    this.setting = { open_ssl: ssl };
  }

  /** Sets settings: what a packet is, and TLS. Others than before stay. @see Swoole\Coroutine\Server::set */
  set(setting: SocketProtocol): void {
    this.setting = { ...this.setting, ...setting };
  }

  /** Says what to do with each connection, in a coroutine of its own. @see Swoole\Coroutine\Server::handle */
  handle(fn: ConnectionHandler): void {
    this.fn = fn;
  }

  /** Has `start()` accept no more; connections go on. The promise is of false when it does not wait. @see Swoole\Coroutine\Server::shutdown */
  shutdown(): Promise<boolean> {
    this.running = false;
    return this.socket.cancel();
  }

  /**
   * Listens, and accepts until `shutdown()`.
   * @returns a promise of true at the end; of false without a handler, or with settings that make no sense
   * @throws Exception (through the promise) when the address cannot be bound, with the system's number
   * @see Swoole\Coroutine\Server::start
   */
  async start(): Promise<boolean> {
    const { fn, socket } = this;
    this.running = true;
    if (fn === null || !socket.setProtocol(this.setting)) {
      this.errCode = EINVAL;
      return false;
    }
    if (!(await socket.bind(this.host, this.port)))
      throw new Exception(`bind(${this.host}:${this.port}) failed`, socket.errCode);
    if (!(await socket.listen())) throw new Exception('listen() failed', socket.errCode);
    const name = socket.getsockname();
    if (name !== false) this.port = name.port;
    while (this.running) {
      const accepted = await socket.accept();
      if (accepted !== false) create('Swoole\\Coroutine\\Server', () => this.serve(fn, accepted), []);
      else if (socket.errCode !== ETIMEDOUT) {
        if (socket.errCode !== ECANCELED)
          warn(`accept failed, Error: ${socket.errMsg}[${socket.errCode}]`, E_USER_WARNING);
        break;
      }
    }
    socket.close();
    return true;
  }

  private async serve(fn: ConnectionHandler, socket: Socket): Promise<void> {
    if (this.setting.open_ssl === true && !(await socket.sslHandshake())) return;
    await fn(new ServerConnection(socket));
  }
}
