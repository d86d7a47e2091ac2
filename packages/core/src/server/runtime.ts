import { SWOOLE_EXIT_IN_COROUTINE, SWOOLE_EXIT_IN_SERVER } from '../constants/index.js';
import { callInCoroutine, callOutside } from '../coroutine/lifecycle.js';
import { setOptions } from '../coroutine/options.js';
import type { CloseInfo } from '../engine/engine.js';
import { setCallbackErrorHandler } from '../errors/callback-error.js';
import { Exception } from '../errors/exception.js';
import { setExitFlags } from '../errors/exit.js';
import { showWarnings } from '../errors/warnings.js';
import { Response, setResponseFactory } from '../http/response.js';
import { sealInventory } from '../memory/shared-memory.js';
import { isRepeating } from '../process/answers.js';
import type { Process } from '../process/process.js';
import { leavesScript } from '../process/self.js';
import type { Session } from '../session/session.js';
import { SessionTable } from '../session/session-table.js';
import type { TaskWorker } from '../task/task-worker.js';
import type { Tasks } from '../task/tasks.js';
import { isLeaving } from '../worker/exit-guard.js';
import { chooseLife, type Life } from '../worker/life.js';
import type { Messages } from '../worker/messages.js';
import type { Team } from '../worker/team.js';
import { assignment, ownProcess, processAssignment } from '../worker/thread.js';
import { Counters } from './counters.js';
import { Logger } from './log/logger.js';
import type { Callback, Port } from './port.js';
import { daemonize } from './process-identity.js';
import type { Server } from './server.js';
import { coroutineOptions } from './settings/coroutine-options.js';
import { laterSettings } from './settings/later-settings.js';
import type { ResolvedSettings } from './settings/settings.js';

const FATAL_STATUS = 255;

/** The events whose callbacks are no coroutines; a task's is one with task_enable_coroutine. */
const OUTSIDE: ReadonlySet<string> = new Set([
  'start',
  'task',
  'beforeShutdown',
  'shutdown',
  'workerStop',
  'workerExit',
  'managerStart',
  'managerStop',
  'beforeReload',
  'afterReload',
  'workerError',
]);

let made = 0;

/** A server's inner life: what exists between start() and the shutdown event. */
export class Runtime {
  readonly sessions = new SessionTable();
  readonly counters = new Counters();
  state: 'ready' | 'running' | 'stopping' | 'over' = 'ready';
  settings: ResolvedSettings | null = null;
  logger: Logger | null = null;
  /** The other threads of the server; null while there are none. */
  team: Team | null = null;
  /** The tasks that this thread has given out; null where none can be. */
  tasks: Tasks | null = null;
  /** What does tasks, in a task worker. */
  taskWorker: TaskWorker | null = null;
  /** Messages and commands of other workers; null with one thread. */
  messages: Messages | null = null;
  /** What addProcess() was given. */
  readonly processes: Process[] = [];
  /** This thread's number among workers, task workers and processes; -1 in the master. */
  ownId = -1;
  /** Which server of the script this is: threads run the script again, and find theirs by it. */
  readonly number = made++;
  /** The worker whose callbacks run in this thread; null in a thread that is none, and before the start. */
  worker: number | null = null;
  /** Callbacks whose promises have not settled. */
  unsettled = 0;
  private life: Life | null = null;

  constructor(private readonly server: Server) {}

  get running(): boolean {
    return this.state === 'running' || this.state === 'stopping';
  }

  /** Runs the server; resolves when it is over. In a thread that is a worker of it, never. */
  async start(ports: readonly Port[], settings: ResolvedSettings): Promise<boolean> {
    if (ownProcess !== null && isRepeating())
      throw new Exception(
        'the script has come to a server before the start() of the process that it was repeated for',
      );
    // Its workers would have to run the script up to the process first.
    const several = settings.worker_num > 1 || settings.task_worker_num > 0 || this.processes.length > 0;
    if (processAssignment !== null || (ownProcess !== null && several))
      throw new Exception(
        'a server with several workers, or in a thread, cannot be started in a Swoole.Process',
      );
    if (assignment !== null && assignment.server !== this.number) return new Promise(() => {});
    this.settings = settings;
    daemonize(settings);
    this.logger = loggerOf(settings);
    showWarnings(settings.display_errors);
    setOptions(coroutineOptions(settings, this.server.setting ?? {}));
    if (assignment === null) this.tellWhatComesLater();
    this.state = 'running';
    setCallbackErrorHandler((error) => this.failed(error, 'timer', null));
    setExitFlags(() => SWOOLE_EXIT_IN_COROUTINE | SWOOLE_EXIT_IN_SERVER);
    setResponseFactory((fd, server) => this.makeResponse(fd, server));
    sealInventory();
    try {
      this.life = chooseLife(this, this.server, settings);
      return await this.life.run(ports, settings);
    } catch (error) {
      this.state = 'ready';
      throw error;
    } finally {
      setResponseFactory(null);
      setCallbackErrorHandler(null);
      setExitFlags(() => 0);
    }
  }

  /** Begins the shutdown at the end of this turn: what was sent before still goes out. */
  shutdown(): boolean {
    return this.state === 'running' && this.life !== null && this.life.shutdown();
  }

  /** Ends a worker, which is replaced; in a server of one thread, the server. */
  stop(worker: number): boolean {
    return this.life?.stop(worker) ?? false;
  }

  /** Ends a worker at once with a code, and another takes its place. */
  kill(worker: number, code: number): boolean {
    return this.life?.kill(worker, code) ?? false;
  }

  /** Replaces workers; in a server of one thread there is nothing to replace. */
  reload(onlyTaskWorkers: boolean): boolean {
    return this.life?.reload(onlyTaskWorkers) ?? false;
  }

  /** Whether a connection is another thread's that the program sees. */
  far(fd: number): boolean {
    return this.team?.wide === true && this.team.sessions.alive(fd);
  }

  /** Settings that need what this release does not have are no mistake, but nobody should wait for their effect. */
  private tellWhatComesLater(): void {
    const later = laterSettings(this.server.setting ?? {});
    if (later.length > 0) this.logger?.notice(`not in this release, and without effect: ${later.join(', ')}`);
  }

  /**
   * Closes the connections of this thread; WebSockets with a close frame.
   * @param relayed whether those too whose sockets another thread has
   */
  closeAll(code: number, relayed = true): void {
    for (const session of [...this.sessions.values()]) {
      if (session.closed || (session.relayed && !relayed)) continue;
      session.closedBy = 'server';
      if (session.engine.isWebSocket) session.engine.end(code, '');
      else session.engine.close();
    }
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
    return this.life?.reloadCertificates() ?? false;
  }

  /** Runs the callback of a process of addProcess(). */
  runProcess(own: Process): void {
    try {
      this.watch('process', null, own.serve());
    } catch (error) {
      this.failed(error, 'process', null);
    }
  }

  /** Calls a callback of the server's own events. */
  raise(event: string, ...rest: unknown[]): void {
    const callback = this.server.getCallback(event) as
      | ((server: Server, ...rest: unknown[]) => unknown)
      | null;
    if (callback !== null) this.call(event, null, () => callback(this.server, ...rest));
  }

  /** Calls a callback and sees to it that what it throws, now or later, is reported. Returns its promise, if it gave one. */
  call(event: string, session: Session | null, callback: () => unknown): PromiseLike<unknown> | null {
    try {
      const outside =
        OUTSIDE.has(event) && !(event === 'task' && this.settings?.task_enable_coroutine === true);
      const call = outside ? callOutside : callInCoroutine;
      return this.watch(event, session, call(invoke, callback, undefined));
    } catch (error) {
      this.failed(error, event, session);
      return null;
    }
  }

  /** Sees to it that a rejection of a callback's promise is reported. Returns the promise; null for any other value. */
  watch(event: string, session: Session | null, result: unknown): PromiseLike<unknown> | null {
    if (!isPromise(result)) return null;
    this.unsettled++;
    result.then(
      () => {
        this.unsettled--;
      },
      (error: unknown) => {
        this.unsettled--;
        this.failed(error, event, session);
      },
    );
    return result;
  }

  /** An error has left a callback: the error event gets it, else it ends the server as an uncaught exception ends a PHP worker. */
  failed(error: unknown, event: string, session: Session | null): void {
    if (isLeaving(error) || leavesScript(error)) return;
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
    this.team?.sessions.beginClose(session.fd);
    this.counters.closed++;
    if (session.refused || this.state === 'over') {
      this.sessions.delete(session.fd);
      return;
    }
    if (!info.wasClean && session.closedBy === 'client' && info.code === 1006) this.counters.aborted++;
    if (session.closedBy === 'client')
      session.finish(emit, (this.settings as ResolvedSettings).max_wait_time);
    else emit();
  }
}

function invoke(callback: () => unknown): unknown {
  return callback();
}

/** The log tells by a sign who writes: the master, a worker, a task worker. */
function loggerOf(settings: ResolvedSettings): Logger {
  if (assignment === null) return new Logger(settings);
  return new Logger(settings, assignment.role === 'task' ? '^' : '*', assignment.worker);
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' && value !== null && typeof (value as PromiseLike<unknown>).then === 'function'
  );
}
