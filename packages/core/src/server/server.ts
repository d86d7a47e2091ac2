import {
  SWOOLE_BASE,
  SWOOLE_PROCESS,
  SWOOLE_SOCK_TCP,
  SWOOLE_SSL,
  SWOOLE_WORKER_BUSY,
} from '../constants/index.js';
import { noteCallback } from '../coroutine/lifecycle.js';
import { Exception } from '../errors/exception.js';
import { fail, swoole_last_error } from '../errors/last-error.js';
import {
  SWOOLE_ERROR_INVALID_PARAMS,
  SWOOLE_ERROR_PHP_FATAL_ERROR,
  SWOOLE_ERROR_SESSION_NOT_EXIST,
} from '../errors/numbers.js';
import { warn, warnQuietly } from '../errors/warnings.js';
import type { Process } from '../process/process.js';
import { ConnectionIterator } from '../session/connection-iterator.js';
import type { Session } from '../session/session.js';
import { Field } from '../session/shared-sessions.js';
import { WorkerField } from '../worker/control.js';
import { MessageMethods } from '../worker/message-methods.js';
import { addressError, isStream, listenFailure } from './address.js';
import { type ClientInfo, clientInfo, farClientInfo } from './client-info.js';
import { eventScope, type ServerEvents } from './events.js';
import { silentFor } from './heartbeat.js';
import { type Callback, Port } from './port.js';
import { Runtime } from './runtime.js';
import { portSettings } from './settings/port-settings.js';
import {
  type ResolvedSettings,
  resolveSettings,
  type ServerSettings,
  warnSendYield,
  warnUnknownSettings,
} from './settings/settings.js';
import { type ServerStats, serverStats } from './stats.js';

const MAX_PAGE = 100;
const OWN_NAME = 'Swoole\\Server';

/**
 * A server for raw TCP, UDP and Unix sockets, and what all servers share: ports, events, settings, connections.
 * @see Swoole\Server
 */
export class Server extends MessageMethods {
  static readonly phpName: string = 'Swoole\\Server';

  /** What set() was given; null before. */
  setting: ServerSettings | null = null;
  /** The fds of all clients. */
  readonly connections: ConnectionIterator;
  readonly host: string;
  readonly type: number;
  readonly ssl: boolean;
  readonly mode: number;
  /** The listening ports; the first is the constructor's. */
  readonly ports: Port<this>[];
  master_pid = 0;
  manager_pid = 0;
  worker_id = -1;
  taskworker = false;
  worker_pid = 0;

  /** @internal Whether this worker sees the connections of all workers. Only a program that names SWOOLE_BASE wants less. */
  readonly wide: boolean;
  /** @internal */
  readonly runtime: Runtime;
  private readonly callbacks = new Map<string, Callback>();

  /**
   * @param host an IPv4 address (IPv6 with SWOOLE_SOCK_TCP6 and _UDP6), or a path with SWOOLE_SOCK_UNIX_STREAM and _UNIX_DGRAM
   * @param port 0 lets the system choose when the server starts
   * @param mode SWOOLE_BASE or SWOOLE_PROCESS; without it events are those of SWOOLE_BASE, and every worker sees all connections
   * @param sock_type SWOOLE_SOCK_TCP, _TCP6, _UDP, _UDP6, _UNIX_STREAM or _UNIX_DGRAM; `| SWOOLE_SSL` for TLS
   * @throws Exception for an address that cannot be listened on, with Swoole's error number
   * @see Swoole\Server::__construct
   */
  constructor(host = '0.0.0.0', port = 0, mode: number | null = null, sock_type: number = SWOOLE_SOCK_TCP) {
    super();
    this.wide = mode !== SWOOLE_BASE;
    if (mode !== null && mode !== SWOOLE_BASE && mode !== SWOOLE_PROCESS) {
      fail(SWOOLE_ERROR_INVALID_PARAMS);
      throw new Error(`invalid $mode parameters ${mode}`);
    }
    const wrong = addressError(host, port, sock_type);
    if (wrong !== null) {
      fail(wrong);
      throw new Exception(listenFailure(host, port, wrong, sock_type), wrong);
    }
    this.runtime = new Runtime(this);
    this.runtime.sessions.tell = (fd) => this.getClientInfo(fd);
    this.connections = new ConnectionIterator(this.runtime.sessions);
    this.host = host;
    this.mode = mode ?? SWOOLE_BASE;
    this.type = sock_type & ~SWOOLE_SSL;
    this.ssl = (sock_type & SWOOLE_SSL) !== 0;
    this.ports = [new Port(host, port, sock_type & ~SWOOLE_SSL, this.ssl, this.runtime.sessions, 0)];
  }

  /** The port of the first listener; when it was 0, the system's choice once the server has started. */
  get port(): number {
    return this.mainPort.port;
  }

  /**
   * Adds options; later calls add to earlier ones. An unknown option is kept, with a warning.
   * @returns false when the server runs already
   * @see Swoole\Server::set
   */
  set(settings: ServerSettings): boolean {
    if (this.runtime.running) return this.refuse('set', 'server is running. unable to set');
    warnUnknownSettings(settings);
    resolveSettings(settings);
    this.setting = { ...this.setting, ...settings };
    warnSendYield({ ...settings, dispatch_mode: this.setting.dispatch_mode });
    this.mainPort.setting = this.setting;
    return true;
  }

  /**
   * Registers a callback. It may be async.
   * @param event_name the name, in any case
   * @returns false with a warning for an unknown event or something that cannot be called
   * @see Swoole\Server::on
   */
  on<Event extends keyof ServerEvents<this>>(event_name: Event, callback: ServerEvents<this>[Event]): boolean;
  on(event_name: string, callback: Callback): boolean;
  on(event_name: string, callback: Callback): boolean {
    if (this.runtime.running)
      return this.refuse('on', 'server is running. unable to register event callback function');
    if (eventScope(event_name) !== 'server') return this.mainPort.on(event_name, callback);
    if (typeof callback !== 'function')
      return this.refuse('on', `function '${String(callback)}' is not callable`);
    this.callbacks.set(event_name.toLowerCase(), callback);
    noteCallback(callback);
    return true;
  }

  /** The callback of an event, null when there is none. @see Swoole\Server::getCallback */
  getCallback(event_name: string): Callback | null {
    return this.callbacks.get(event_name.toLowerCase()) ?? this.mainPort.getCallback(event_name);
  }

  /** @internal A port's own callback, else the server's. */
  callbackFor<Type extends (...args: never[]) => unknown>(
    port: Pick<Port, 'getCallback'>,
    event: string,
  ): Type | null {
    return (port.getCallback(event) ?? this.mainPort.getCallback(event)) as Type | null;
  }

  /** @internal What gets the packets of a raw port. */
  receiverOf(port: Port): Callback | null {
    return this.callbackFor<Callback>(port, 'receive');
  }

  /**
   * Listens on a further port, with callbacks and settings of its own where they are given.
   * @returns the port; false with a warning for an address that cannot be listened on
   * @see Swoole\Server::listen
   */
  listen(host: string, port: number, sock_type: number): Port<this> | false {
    if (this.runtime.running) return this.refuse('listen', 'server is running, cannot add listener');
    const wrong = addressError(host, port, sock_type);
    if (wrong !== null) {
      warn(listenFailure(host, port, wrong, sock_type));
      return fail(wrong);
    }
    const added = new Port<this>(
      host,
      port,
      sock_type & ~SWOOLE_SSL,
      (sock_type & SWOOLE_SSL) !== 0,
      this.runtime.sessions,
      this.ports.length,
    );
    this.ports.push(added);
    return added;
  }

  /** The same as {@link listen}. @see Swoole\Server::addlistener */
  addlistener(host: string, port: number, sock_type: number): Port<this> | false {
    return this.listen(host, port, sock_type);
  }

  /** The same as {@link listen}: PHP's method names have no case. @see Swoole\Server::addlistener */
  addListener(host: string, port: number, sock_type: number): Port<this> | false {
    return this.listen(host, port, sock_type);
  }

  /**
   * Adds a process that lives beside the workers: its callback runs in a thread of its own when the server starts, and again whenever it
   * ends. The methods of the server work in it, `worker_id` is -1. At the shutdown it ends at once, unless it listens to SIGTERM by
   * `Process.signal()`: then within max_wait_time.
   * @returns the number of the process, from 0; false when the server runs already
   * @see Swoole\Server::addProcess
   */
  addProcess(process: Process): number | false {
    if (this.runtime.running) return this.refuse('addProcess', 'server is running, cannot add process');
    process.id = this.runtime.processes.push(process) - 1;
    return process.id;
  }

  /**
   * Runs the server.
   * @returns a promise of true when it has shut down; of false when it runs already
   * @throws Exception (through the promise) when a port cannot be bound, a required callback is missing, or TLS lacks its files
   * @see Swoole\Server::start
   */
  async start(): Promise<boolean> {
    if (this.runtime.running)
      return this.refuse('start', 'server is running. unable to execute Swoole\\Server::start');
    for (const port of this.ports) port.use(this.settingsOf(port));
    this.checkCallbacks();
    if (Number(this.setting?.task_worker_num ?? 0) > 0 && this.getCallback('task') === null)
      throw new Exception(
        "Swoole\\Server::start(): require 'onTask' callback: register one with on('task', …)",
      );
    return this.runtime.start(this.ports, this.mainPort.resolved);
  }

  /**
   * Closes a connection at once; a WebSocket gets no close frame (see disconnect()). The close event runs before this returns.
   * @param reset accepted; what is still unsent is thrown away
   * @returns false for an unknown or closed fd
   * @see Swoole\Server::close
   */
  close(fd: number, reset = false): boolean {
    if (!this.runs('close')) return false;
    const session = this.runtime.sessions.alive(fd);
    if (session === undefined)
      return this.runtime.team?.close(fd, reset) ?? fail(SWOOLE_ERROR_SESSION_NOT_EXIST);
    session.closedBy = 'server';
    session.engine.close(reset);
    return true;
  }

  /** Whether an fd is connected. @see Swoole\Server::exist */
  exist(fd: number): boolean {
    return this.runs('exist') && this.runtime.sessions.exists(fd);
  }

  /** The same as {@link exist}. @see Swoole\Server::exists */
  exists(fd: number): boolean {
    return this.runs('exists') && this.runtime.sessions.exists(fd);
  }

  /** Keeps heartbeats from closing a connection, or lets them again. @returns false for an unknown fd @see Swoole\Server::protect */
  protect(fd: number, is_protected = true): boolean {
    if (!this.runs('protect')) return false;
    const session = this.runtime.sessions.alive(fd);
    if (session !== undefined) session.protected = is_protected;
    else if (this.runtime.far(fd)) this.runtime.team?.sessions.set(fd, Field.PROTECTED, is_protected ? 1 : 0);
    else return false;
    return true;
  }

  /** Gives a connection a number of the program's, which getClientInfo() tells as `uid`. @returns false for an unknown fd, or one that has a number @see Swoole\Server::bind */
  bind(fd: number, uid: number): boolean {
    if (!this.runs('bind')) return false;
    const session = this.runtime.sessions.alive(fd);
    if (session === undefined)
      return this.runtime.far(fd) && this.runtime.team?.sessions.setOnce(fd, Field.UID, uid) === true;
    if (session.uid !== 0) return false;
    session.uid = uid;
    return true;
  }

  /** What is known of a connection, also in its close event; false for an unknown fd. @see Swoole\Server::getClientInfo */
  getClientInfo(fd: number, _reactor_id = -1, _ignoreError = false): ClientInfo | false {
    if (!this.runs('getClientInfo')) return false;
    const { sessions, team } = this.runtime;
    const session = sessions.get(fd);
    if (session !== undefined) return clientInfo(session);
    return team?.wide && team.sessions.has(fd) ? farClientInfo(team.sessions, fd, this.ports) : false;
  }

  /** The same as {@link getClientInfo}. @see Swoole\Server::connection_info */
  connection_info(fd: number, reactor_id = -1, ignoreError = false): ClientInfo | false {
    return this.getClientInfo(fd, reactor_id, ignoreError);
  }

  /**
   * A page of fds above `start_fd`, in ascending order.
   * @param find_count at most 100
   * @returns an empty list after the last fd; false for a start that does not exist or too large a page
   * @see Swoole\Server::getClientList
   */
  getClientList(start_fd = 0, find_count = 10): number[] | false {
    if (!this.runs('getClientList')) return false;
    if (find_count > MAX_PAGE) {
      warn(`Swoole\\Server::getClientList(): swoole connection list max_find_count=${MAX_PAGE}`);
      return fail(SWOOLE_ERROR_INVALID_PARAMS);
    }
    if (start_fd !== 0 && !this.runtime.sessions.exists(start_fd)) return fail(SWOOLE_ERROR_PHP_FATAL_ERROR);
    return this.runtime.sessions.page(start_fd, find_count);
  }

  /** The same as {@link getClientList}. @see Swoole\Server::connection_list */
  connection_list(start_fd = 0, find_count = 10): number[] | false {
    return this.getClientList(start_fd, find_count);
  }

  /**
   * Finds the connections that have been silent for longer than heartbeat_idle_time.
   * @param ifCloseConnection whether to close them
   * @returns their fds; false when the heartbeat is not configured
   * @see Swoole\Server::heartbeat
   */
  heartbeat(ifCloseConnection = true): number[] | false {
    if (!this.runs('heartbeat')) return false;
    const { heartbeat_idle_time, heartbeat_check_interval } = this.mainPort.resolved;
    if (heartbeat_check_interval <= 0) return false;
    const silent = [...silentFor(this.runtime, heartbeat_idle_time || heartbeat_check_interval * 2)];
    if (ifCloseConnection)
      for (const session of silent) {
        session.closedBy = 'heartbeat';
        session.engine.close();
      }
    return silent.map((session) => session.fd);
  }

  /** Ends the server at the end of this turn: peers get 1001. @returns false when it does not run @see Swoole\Server::shutdown */
  shutdown(): boolean {
    return this.runtime.shutdown();
  }

  /**
   * Ends a worker, which is replaced; with one worker and no task workers, the server.
   * @param workerId -1 for the worker that calls
   * @returns false when the server does not run or there is no such worker
   * @see Swoole\Server::stop
   */
  stop(workerId = -1): boolean {
    return this.runs('stop') && this.runtime.stop(workerId);
  }

  /** @internal Ends a worker at once with a code, as a signal ends a process. @returns false for one that there is not */
  killWorker(worker: number, code: number): boolean {
    return this.runs('killWorker') && this.runtime.kill(worker, code);
  }

  /**
   * Replaces the workers by new threads: the new ones serve before the old ones end, and WebSockets of the old ones are closed with 1012.
   * @param only_reload_taskworker true for the task workers only
   * @returns false with one worker and no task workers: there is nothing to replace
   * @see Swoole\Server::reload
   */
  reload(only_reload_taskworker = false): boolean {
    return this.runs('reload') && this.runtime.reload(only_reload_taskworker);
  }

  /**
   * Reads the certificate and key files of all TLS ports again: new connections get the new certificate. An addition.
   * @returns false, with a warning, when the files of a port cannot be used: it keeps what it has
   */
  reloadCertificates(): boolean {
    return this.runs('reloadCertificates') && this.runtime.reloadCertificates();
  }

  /** The number of the last error. @see Swoole\Server::getLastError */
  getLastError(): number {
    return swoole_last_error();
  }

  /** The worker's number; false before the start, in the master and in a process of addProcess(). @see Swoole\Server::getWorkerId */
  getWorkerId(): number | false {
    return this.runtime.worker ?? false;
  }

  /**
   * The process id of a worker: workers are threads of one process.
   * @param worker_id -1 for this one
   * @returns false before the start and for a worker that does not exist
   * @see Swoole\Server::getWorkerPid
   */
  getWorkerPid(worker_id = -1): number | false {
    return this.runtime.running && this.hasWorker(worker_id) ? process.pid : false;
  }

  /** A worker's status (SWOOLE_WORKER_*); false before the start and for a worker that does not exist. @see Swoole\Server::getWorkerStatus */
  getWorkerStatus(worker_id = -1): number | false {
    if (!this.runtime.running || !this.hasWorker(worker_id)) return false;
    const own = worker_id < 0 || worker_id === this.worker_id;
    return own
      ? SWOOLE_WORKER_BUSY
      : (this.runtime.team?.control.get(worker_id, WorkerField.STATUS) ?? false);
  }

  private hasWorker(worker: number): boolean {
    return worker <= 0 || this.runtime.team?.control.has(worker) === true;
  }

  /** The process id once the server runs with several threads; 0 with one, which has no manager. @see Swoole\Server::getManagerPid */
  getManagerPid(): number {
    return this.manager_pid;
  }

  /** The process id, 0 before the start. @see Swoole\Server::getMasterPid */
  getMasterPid(): number {
    return this.master_pid;
  }

  /** Counters since the start; false before it. @see Swoole\Server::stats */
  stats(): ServerStats | false {
    return this.runs('stats') && serverStats(this.runtime);
  }

  /** @internal Whether the server speaks HTTP or WebSocket on ports that do not say otherwise. */
  protected protocolSettings(): ServerSettings {
    return {};
  }

  /** @internal @throws Exception when a callback is missing without which the server could not do anything */
  protected checkCallbacks(): void {
    for (const port of this.ports) {
      const { open_http_protocol, open_websocket_protocol, open_redis_protocol } = port.resolved;
      if (open_redis_protocol && this.receiverOf(port as unknown as Port) !== null) continue;
      if (!isStream(port.type)) this.requireCallback(port, 'packet');
      else if (open_websocket_protocol) this.requireCallback(port, 'message');
      else if (open_http_protocol) this.requireCallback(port, 'request');
      else this.requireCallback(port, 'receive');
    }
  }

  private requireCallback(port: Port<this>, event: string): void {
    if (this.callbackFor(port, event) !== null) return;
    const name = `on${event.charAt(0).toUpperCase()}${event.slice(1)}`;
    const { phpName } = this.constructor as typeof Server;
    throw new Exception(`${phpName}::start(): require ${name} callback: register one with on('${event}', …)`);
  }

  /** @internal Sends what another thread has pushed: only WebSocket servers push. */
  deliverPush(_fds: readonly number[], _data: string | Uint8Array, _opcode: number, _flags: number): void {}

  /** @internal Sends what another thread has sent. */
  deliverSend(fd: number, data: string | Uint8Array): void {
    this.runtime.team?.sessions.add(fd, Field.PENDING, -data.length);
    const session = this.runtime.sessions.alive(fd);
    if (session !== undefined) this.sendRaw(session, data);
  }

  protected sendRaw(session: Session, bytes: string | Uint8Array): boolean {
    return session.output === null ? fail(SWOOLE_ERROR_INVALID_PARAMS) : session.output.send(bytes);
  }

  /** @internal */
  protected get mainPort(): Port<this> {
    return this.ports[0] as Port<this>;
  }

  /** Warns and sets the error when the server does not run. */
  protected runs(method: string, owner = OWN_NAME): boolean {
    if (this.runtime.running) return true;
    return this.refuse(method, 'server is not running', owner);
  }

  /** The session that a method is to work on, else null with the warning and error 503. */
  protected find(method: string, fd: number, owner = OWN_NAME): Session | null {
    if (!this.runs(method, owner)) return null;
    const session = this.runtime.sessions.alive(fd);
    if (session !== undefined) return session;
    warnQuietly(`${owner}::${method}(): session#${fd} does not exists`);
    fail(SWOOLE_ERROR_PHP_FATAL_ERROR);
    return null;
  }

  private settingsOf(port: Port): ResolvedSettings {
    const own = port === this.mainPort ? null : port.setting;
    return portSettings(this.setting ?? {}, own, this.protocolSettings());
  }

  private refuse(method: string, message: string, owner = OWN_NAME): false {
    warn(`${owner}::${method}(): ${message}`);
    return fail(SWOOLE_ERROR_PHP_FATAL_ERROR);
  }
}
