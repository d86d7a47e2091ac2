import { unlinkSync, writeFileSync } from 'node:fs';
import { SWOOLE_EXIT_IN_COROUTINE, SWOOLE_EXIT_IN_SERVER } from '../constants/index.js';
import { chooseEngine } from '../engine/choose.js';
import type { CloseInfo, Engine, EnginePort } from '../engine/engine.js';
import { setCallbackErrorHandler } from '../errors/callback-error.js';
import { setExitFlags } from '../errors/exit.js';
import { fail } from '../errors/last-error.js';
import { SWOOLE_ERROR_INVALID_PARAMS } from '../errors/numbers.js';
import { showWarnings, warn } from '../errors/warnings.js';
import { Response, setResponseFactory } from '../http/response.js';
import type { Session } from '../session/session.js';
import { SessionTable } from '../session/session-table.js';
import { Timer } from '../timer/timer.js';
import { isStream, isUnixSocket } from './address.js';
import { bindDatagram, bindPort, bindStream } from './bind.js';
import { Heartbeat } from './heartbeat.js';
import { Logger } from './log/logger.js';
import { PacketListener } from './packet-listener.js';
import type { Callback, Port } from './port.js';
import { PortListener } from './port-listener.js';
import type { Server } from './server.js';
import { laterSettings } from './settings/later-settings.js';
import type { ResolvedSettings } from './settings/settings.js';
import { ShutdownSignals } from './signals.js';
import { Counters } from './stats.js';
import { StreamListener } from './stream-listener.js';
import { tlsOptions } from './tls-options.js';

const GOING_AWAY = 1001;
const FATAL_STATUS = 255;

/** A server's inner life: what exists between start() and the shutdown event. */
export class Runtime {
  readonly sessions = new SessionTable();
  readonly counters = new Counters();
  state: 'ready' | 'running' | 'stopping' | 'over' = 'ready';
  settings: ResolvedSettings | null = null;
  private engine: Engine | null = null;
  private logger: Logger | null = null;
  private bound: EnginePort[] = [];
  private heartbeat: Heartbeat | null = null;
  private readonly signals = new ShutdownSignals();
  private finished: ((value: boolean) => void) | null = null;

  constructor(private readonly server: Server) {}

  get running(): boolean {
    return this.state === 'running' || this.state === 'stopping';
  }

  /** Binds all ports, raises start and workerStart, and resolves when the server is over. */
  async start(ports: readonly Port[], settings: ResolvedSettings): Promise<boolean> {
    this.settings = settings;
    this.logger = new Logger(settings);
    showWarnings(settings.display_errors);
    this.tellWhatComesLater();
    this.state = 'running';
    const over = new Promise<boolean>((resolve) => {
      this.finished = resolve;
    });
    setCallbackErrorHandler((error) => this.failed(error, 'timer', null));
    setExitFlags(() => SWOOLE_EXIT_IN_COROUTINE | SWOOLE_EXIT_IN_SERVER);
    try {
      for (const port of ports) this.bound.push(await this.open(port));
    } catch (error) {
      this.release();
      this.state = 'ready';
      setCallbackErrorHandler(null);
      setExitFlags(() => 0);
      throw error;
    }
    this.began(settings);
    setResponseFactory((fd, server) => this.makeResponse(fd, server));
    return over;
  }

  private open(port: Port): Promise<EnginePort> {
    const { open_http_protocol } = port.resolved;
    if (!isStream(port.type)) return bindDatagram(port, new PacketListener(this, this.server, port));
    if (!open_http_protocol) return bindStream(port, new StreamListener(this, this.server, port));
    if (this.engine === null) {
      this.engine = chooseEngine(this.settings?.engine ?? '');
      this.logger?.debug(this.engine.description);
    }
    return bindPort(this.engine, port, new PortListener(this, this.server, port));
  }

  private began(settings: ResolvedSettings): void {
    const { server } = this;
    this.counters.startTime = Math.floor(Date.now() / 1000);
    server.master_pid = process.pid;
    if (settings.pid_file) writeFileSync(settings.pid_file, String(process.pid));
    this.signals.install((signal) => {
      this.logger?.debug(`${signal} received, shutting down`);
      this.shutdown(true);
    });
    this.heartbeat = Heartbeat.start(this, settings);
    this.raise('start');
    server.worker_id = 0;
    server.worker_pid = process.pid;
    this.raise('workerStart', 0);
  }

  /** Begins the shutdown at the end of this turn: what was sent before still goes out. */
  shutdown(bySignal = false): boolean {
    if (this.state !== 'running') return false;
    this.state = 'stopping';
    setImmediate(() => this.end(bySignal));
    return true;
  }

  private end(bySignal: boolean): void {
    this.raise('beforeShutdown');
    for (const port of this.bound) port.stopListening();
    for (const session of [...this.sessions.values()]) {
      if (session.closed) continue;
      session.closedBy = 'server';
      if (session.engine.isWebSocket) session.engine.end(GOING_AWAY, '');
      else session.engine.close();
    }
    this.raise('workerStop', 0);
    // uWebSockets.js writes the last close frames at the end of this turn.
    setImmediate(() => this.complete(bySignal));
  }

  private complete(bySignal: boolean): void {
    const settings = this.settings as ResolvedSettings;
    this.release();
    this.raise('shutdown');
    Timer.clearAll();
    if (settings.pid_file) unlinkQuietly(settings.pid_file);
    this.state = 'over';
    setResponseFactory(null);
    if (bySignal) this.signals.exitWhenStuck(settings.max_wait_time, (text) => this.logger?.warning(text));
    else this.logger?.close();
    setCallbackErrorHandler(null);
    setExitFlags(() => 0);
    this.finished?.(true);
  }

  private release(): void {
    this.heartbeat?.stop();
    this.signals.remove();
    const { ports } = this.server;
    for (const [index, bound] of this.bound.splice(0).entries()) {
      bound.close();
      const port = ports[index] as Port;
      port.socket = port.datagrams = null;
      if (isUnixSocket(port.type)) unlinkQuietly(port.host);
    }
  }

  /** Settings that need what this release does not have are no mistake, but nobody should wait for their effect. */
  private tellWhatComesLater(): void {
    const later = laterSettings(this.server.setting ?? {});
    if (later.length > 0) this.logger?.notice(`not in this release, and without effect: ${later.join(', ')}`);
  }

  /** For Response.create(): another response object for the request that an fd waits with. */
  private makeResponse(fd: number, server: object | null): Response | false {
    const session = this.sessions.alive(fd);
    if (session === undefined && server !== null) return false;
    const context = (session?.port ?? this.server.ports[0])?.responseContext;
    if (context === undefined || context === null) return false;
    const exchange = session?.exchange ?? null;
    return new Response(exchange?.open ? exchange : null, fd, context);
  }

  logWarning(text: string): void {
    this.logger?.warning(text);
  }

  /** max_connection is reached: the connection ends with no event of its own. */
  refuseConnection(session: Session): void {
    this.logger?.warning(`connection refused: max_connection (${this.settings?.max_connection}) is reached`);
    session.refused = true;
    // Not from within the engine's connect report, which still uses the socket.
    setImmediate(() => session.engine.close());
  }

  /** The certificate files of all TLS ports are read again. Returns false, with a warning, for files that cannot be used. */
  reloadCertificates(): boolean {
    let done = true;
    for (const [index, bound] of this.bound.entries()) {
      const port = this.server.ports[index] as Port;
      if (!port.ssl) continue;
      try {
        tlsOptions(port);
        bound.reloadCertificate();
      } catch (error) {
        warn(`Swoole\\Server::reloadCertificates(): ${(error as Error).message}`);
        done = fail(SWOOLE_ERROR_INVALID_PARAMS);
      }
    }
    return done;
  }

  /** Calls a callback of the server's own events. */
  private raise(event: string, workerId?: number): void {
    const callback = this.server.getCallback(event) as
      | ((server: Server, workerId?: number) => unknown)
      | null;
    if (callback === null) return;
    this.call(
      event,
      null,
      workerId === undefined ? () => callback(this.server) : () => callback(this.server, workerId),
    );
  }

  /** Calls a callback and sees to it that what it throws, now or later, is reported. Returns its promise, if it gave one. */
  call(event: string, session: Session | null, callback: () => unknown): PromiseLike<unknown> | null {
    try {
      return this.watch(event, session, callback());
    } catch (error) {
      this.failed(error, event, session);
      return null;
    }
  }

  /** Sees to it that a rejection of a callback's promise is reported. Returns the promise; null for any other value. */
  watch(event: string, session: Session | null, result: unknown): PromiseLike<unknown> | null {
    if (!isPromise(result)) return null;
    result.then(undefined, (error: unknown) => this.failed(error, event, session));
    return result;
  }

  /** An error has left a callback: the error event gets it, else it ends the server as an uncaught exception ends a PHP worker. */
  failed(error: unknown, event: string, session: Session | null): void {
    const handler = this.server.getCallback('error') as Callback | null;
    if (handler !== null) {
      try {
        const call = handler as (
          server: Server,
          error: unknown,
          context: { event: string; fd: number | null },
        ) => unknown;
        const result = call(this.server, error, { event, fd: session?.fd ?? null });
        if (isPromise(result))
          result.then(undefined, (inner: unknown) => this.fatal(inner, 'error', session));
        return;
      } catch (inner) {
        this.fatal(inner, 'error', session);
      }
    } else this.fatal(error, event, session);
  }

  private fatal(error: unknown, event: string, session: Session | null): never {
    const where =
      session === null ? `the ${event} callback` : `the ${event} callback of connection ${session.fd}`;
    const text = error instanceof Error ? (error.stack ?? String(error)) : String(error);
    process.stderr.write(
      `Fatal error: Uncaught ${text}\n  thrown in ${where}; register an 'error' event to contain such errors\n`,
    );
    process.exit(FATAL_STATUS);
  }

  /** The engine reports the end of a connection, whoever ended it. */
  closed(session: Session, info: CloseInfo, emit: () => void): void {
    session.closed = true;
    this.counters.closed++;
    if (session.refused) {
      this.sessions.delete(session.fd);
      return;
    }
    if (!info.wasClean && session.closedBy === 'client' && info.code === 1006) this.counters.aborted++;
    if (session.closedBy === 'client')
      session.finish(emit, (this.settings as ResolvedSettings).max_wait_time);
    else emit();
  }
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' && value !== null && typeof (value as PromiseLike<unknown>).then === 'function'
  );
}

function unlinkQuietly(file: string): void {
  try {
    unlinkSync(file);
  } catch {
    // Somebody else has removed it: nothing is left to do.
  }
}
