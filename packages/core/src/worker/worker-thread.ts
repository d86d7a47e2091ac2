import { constants } from 'node:os';
import { MessagePort, parentPort } from 'node:worker_threads';
import { SWOOLE_BASE, SWOOLE_PROCESS, SWOOLE_WORKER_IDLE } from '../constants/index.js';
import { chooseEngine } from '../engine/choose.js';
import type { EnginePort } from '../engine/engine.js';
import { raiseSignal } from '../process/signals.js';
import { adoptPort } from '../server/bind.js';
import { Heartbeat } from '../server/heartbeat.js';
import type { Port } from '../server/port.js';
import { PortListener } from '../server/port-listener.js';
import type { Runtime } from '../server/runtime.js';
import type { Server } from '../server/server.js';
import type { ResolvedSettings } from '../server/settings/settings.js';
import { SharedSessions } from '../session/shared-sessions.js';
import { TaskWorker } from '../task/task-worker.js';
import { Tasks } from '../task/tasks.js';
import { Timer } from '../timer/timer.js';
import { Control, WorkerField } from './control.js';
import { ExitGuard } from './exit-guard.js';
import { HeapWatch } from './heap-watch.js';
import { LetterKind } from './letters.js';
import type { Life } from './life.js';
import { Messages } from './messages.js';
import type { Order, Report } from './orders.js';
import { checkCertificates, speaksHttp2 } from './ports.js';
import { receiveRelayed } from './relay/deliveries.js';
import { relayDatagrams } from './relay/remote-datagrams.js';
import { RequestLimit } from './request-limit.js';
import { serveConnections } from './services.js';
import { Team } from './team.js';
import { connectPipes } from './team-pipes.js';
import { type Assignment, MASTER } from './thread.js';

/** How long a thread that is about to end waits for the master's word, in milliseconds. */
const CUT_OFF_MS = 1_000;
/** How often a thread that is to end looks whether its callbacks have, in milliseconds. */
const LOOK_MS = 10;

/** A worker or task worker of a server: a thread that has run the script, and come to start(). */
export class WorkerThread implements Life {
  private readonly bound = new Map<number, EnginePort>();
  private readonly team: Team;
  private readonly guard = new ExitGuard((code) => this.dying(code));
  private heartbeat: Heartbeat | null = null;
  private heapWatch: HeapWatch | null = null;
  private requestLimit: RequestLimit | null = null;
  private cutOff: (() => void) | null = null;

  constructor(
    private readonly runtime: Runtime,
    private readonly server: Server,
    private readonly assignment: Assignment,
  ) {
    const { thread, sessions, control } = assignment;
    this.team = new Team(thread, new SharedSessions(sessions), new Control(control), server.wide);
  }

  /** Never resolves: what the script does after start() is done in the first thread only. */
  run(ports: readonly Port[], settings: ResolvedSettings): Promise<boolean> {
    this.guard.install();
    try {
      this.begin(ports, settings);
    } catch (error) {
      this.guard.failed(error);
    }
    return new Promise(() => {});
  }

  private begin(ports: readonly Port[], settings: ResolvedSettings): void {
    const { runtime, server, assignment, team } = this;
    const { worker, role, row, links } = assignment;
    runtime.team = team;
    if (role !== 'user') runtime.worker = worker;
    runtime.counters.useRow(team.control.row(row));
    runtime.counters.startTime = team.control.startTime;
    runtime.sessions.share({ sessions: team.sessions, thread: team.thread, worker, wide: team.wide });
    // A process ends when it has nothing to do.
    team.mailbox.holds = role !== 'user';
    for (const [thread, port] of links) team.mailbox.link(thread, port);
    for (const [index, port] of ports.entries()) port.port = assignment.ports[index] ?? port.port;
    server.master_pid = process.pid;
    server.manager_pid = process.pid;
    server.worker_pid = process.pid;
    server.taskworker = role === 'task';
    serveConnections(team, server);
    runtime.messages = new Messages(server, team);
    runtime.ownId = worker;
    if (role !== 'task') runtime.tasks = new Tasks(server, team);
    if (role === 'task') runtime.taskWorker = new TaskWorker(server, team);
    this.requestLimit = RequestLimit.start(
      settings,
      role,
      () => runtime.taskWorker?.begun ?? runtime.counters.requests,
      () => this.report({ did: 'wearOut', atOnce: false }),
    );
    parentPort?.on('message', (order: Order) => this.obey(order));
    this.connectPipes();
    this.heapWatch = new HeapWatch((used, limit) => this.heapIsFull(used, limit));
    relayDatagrams(team, ports, assignment.sockets);
    if (role === 'event') {
      this.openPorts(ports, settings);
      receiveRelayed(runtime, server, team);
    }
    if (role === 'user') {
      this.beProcess();
      return;
    }
    // In SWOOLE_BASE the first worker is what raises start.
    if (worker === 0 && assignment.generation === 0 && server.mode === SWOOLE_BASE) runtime.raise('start');
    server.worker_id = worker;
    team.control.set(worker, WorkerField.STATUS, SWOOLE_WORKER_IDLE);
    runtime.raise('workerStart', worker);
    if (runtime.state === 'running') this.ready();
  }

  /** Which process of addProcess() this thread is; -1 for none. */
  private get ownProcess(): number {
    const { workers, taskWorkers } = this.team.control.crew;
    return Math.max(-1, this.assignment.worker - workers - taskWorkers);
  }

  private connectPipes(): void {
    const { team, runtime } = this;
    let waits = 0;
    const deliver = connectPipes(
      team,
      runtime.processes,
      this.ownProcess,
      (letter) => team.mailbox.send(MASTER, letter),
      (more) => {
        waits += more;
        if (this.assignment.role !== 'user') return;
        if (waits > 0) parentPort?.ref();
        else parentPort?.unref();
      },
    );
    team.serve(LetterKind.PROCESS_DATA, deliver);
  }

  private beProcess(): void {
    const own = this.runtime.processes[this.ownProcess];
    if (own === undefined)
      throw new Error('the script has given addProcess() fewer processes than in the first thread');
    this.report({ did: 'ready', shares: [] });
    parentPort?.unref();
    process.once('beforeExit', () => this.dying(0));
    this.runtime.runProcess(own);
  }

  shutdown(): boolean {
    this.report({ ask: 'shutdown' });
    return true;
  }

  stop(worker: number): boolean {
    const id = worker < 0 ? this.assignment.worker : worker;
    if (id >= this.team.control.crew.workers + this.team.control.crew.taskWorkers) return false;
    this.report({ ask: 'stop', worker: id });
    return true;
  }

  kill(worker: number, code: number): boolean {
    if (worker === this.assignment.worker) process.exit(code);
    this.report({ ask: 'kill', worker, code });
    return this.team.control.has(worker);
  }

  reload(onlyTaskWorkers: boolean): boolean {
    this.report({ ask: 'reload', onlyTaskWorkers });
    return true;
  }

  reloadCertificates(): boolean {
    return checkCertificates(this.server.ports, (index) => this.bound.get(index)?.reloadCertificate());
  }

  private openPorts(ports: readonly Port[], settings: ResolvedSettings): void {
    const { runtime, server } = this;
    const engine = chooseEngine(runtime.settings?.engine ?? '', speaksHttp2(ports));
    for (const [index, port] of ports.entries())
      if (port.resolved.open_http_protocol)
        this.bound.set(index, adoptPort(engine, port, new PortListener(runtime, server, port)));
    this.heartbeat = Heartbeat.start(runtime, settings);
  }

  private obey(order: Order): void {
    if (order.do === 'link') this.team.mailbox.link(order.thread, order.port);
    else if (order.do === 'unlink') this.team.ended(order.thread);
    else if (order.do === 'cutOff') this.cutOff?.();
    else if (order.do === 'exit') process.exit(order.code);
    else this.leave(order.code, order.shutdown);
  }

  /** Ends in order, once callbacks have come to their end; at the latest after max_wait_time. */
  private leave(code: number, shutdown: boolean): void {
    const { runtime } = this;
    if (runtime.state !== 'running') return;
    runtime.state = 'stopping';
    const patience = (runtime.settings?.max_wait_time ?? 0) * 1000;
    if (this.assignment.role === 'user') {
      // One that listens to the signal ends by itself.
      if (raiseSignal(constants.signals.SIGTERM)) setTimeout(() => this.dying(0), patience).unref();
      else this.dying(0);
      return;
    }
    const until = Date.now() + patience;
    if (this.busy()) runtime.raise('workerExit', this.assignment.worker);
    const look = (): void => {
      if (this.busy() && Date.now() < until) setTimeout(look, LOOK_MS);
      else this.end(code, shutdown);
    };
    setImmediate(look);
  }

  private end(code: number, shutdown: boolean): void {
    const { runtime, server, assignment } = this;
    const { worker } = assignment;
    if (shutdown && worker === 0 && server.mode === SWOOLE_BASE) runtime.raise('beforeShutdown');
    runtime.closeAll(code, shutdown || !this.survive);
    runtime.raise('workerStop', worker);
    this.team.mailbox.flush();
    this.dying(0);
  }

  private busy(): boolean {
    if (this.runtime.unsettled > 0 || this.runtime.taskWorker?.busy) return true;
    for (const session of this.runtime.sessions.values()) if (session.exchange?.open) return true;
    return false;
  }

  /** Closes everything, and ends once the master gives no more connections. */
  private dying(code: number): void {
    const { runtime, team } = this;
    // From now on nothing of the program is called.
    runtime.state = 'over';
    team.deafen();
    runtime.taskWorker?.leave();
    this.heartbeat?.stop();
    this.heapWatch?.stop();
    this.requestLimit?.stop();
    Timer.clearAll();
    for (const session of [...runtime.sessions.values()])
      if (!session.closed && !(session.relayed && this.survive)) session.engine.close();
    team.mailbox.flush();
    const timer = setTimeout(() => this.cutOff?.(), CUT_OFF_MS);
    this.cutOff = () => {
      clearTimeout(timer);
      this.cutOff = null;
      // What was handed over before the word came is taken in, and closed.
      setImmediate(() => {
        for (const port of this.bound.values()) port.close();
        team.mailbox.close();
        setImmediate(() => setImmediate(() => this.guard.exit(code)));
      });
    };
    this.report({ did: 'dying' });
  }

  private heapIsFull(used: number, limit: number): void {
    const megabytes = (bytes: number): string => `${Math.round(bytes / 1048576)} MB`;
    this.runtime.logger?.warning(
      `worker ${this.assignment.worker} uses ${megabytes(used)} of the ${megabytes(limit)} that its heap may have: it is replaced`,
    );
    this.report({ did: 'wearOut', atOnce: true });
  }

  /** Whether raw connections, whose sockets the master has, outlive their worker. */
  private get survive(): boolean {
    return this.server.mode === SWOOLE_PROCESS;
  }

  private ready(): void {
    const shares = [...this.bound].map(([index, port]) => [index, port.share] as const);
    const ports = shares.map(([, share]) => share).filter((share) => share instanceof MessagePort);
    this.report({ did: 'ready', shares }, ports);
  }

  private report(report: Report, transfer: readonly MessagePort[] = []): void {
    parentPort?.postMessage(report, transfer);
  }
}
