import { SWOOLE_BASE, SWOOLE_PROCESS } from '../constants/index.js';
import { chooseEngine } from '../engine/choose.js';
import type { EngineAcceptor } from '../engine/engine.js';
import { isUnixDatagram, isUnixSocket } from '../server/address.js';
import { reservePort } from '../server/bind.js';
import type { Port } from '../server/port.js';
import { dropPrivileges } from '../server/process-identity.js';
import type { Runtime } from '../server/runtime.js';
import type { Server } from '../server/server.js';
import type { ResolvedSettings } from '../server/settings/settings.js';
import { ProcessSignals } from '../server/signals.js';
import { SharedSessions } from '../session/shared-sessions.js';
import { Timer } from '../timer/timer.js';
import { Control } from './control.js';
import { Crew } from './crew.js';
import type { Life } from './life.js';
import type { Member } from './member.js';
import { Messages } from './messages.js';
import type { Report } from './orders.js';
import { PidFile } from './pid-file.js';
import { checkCertificates, closePorts, speaksHttp2 } from './ports.js';
import { ProcessPipes } from './process-pipes.js';
import { Relay } from './relay/relay.js';
import { serveConnections } from './services.js';
import { Team } from './team.js';
import { connectPipes } from './team-pipes.js';
import { MASTER } from './thread.js';

/** The first thread of a server with several: Swoole's master and manager in one. It accepts connections and looks after the others. */
export class Master implements Life {
  private readonly acceptors = new Map<number, EngineAcceptor>();
  private readonly signals = new ProcessSignals();
  private readonly pidFile = new PidFile();
  private crew: Crew | null = null;
  private relay: Relay | null = null;
  private bySignal = false;
  private finished: ((value: boolean) => void) | null = null;

  constructor(
    private readonly runtime: Runtime,
    private readonly server: Server,
  ) {}

  async run(ports: readonly Port[], settings: ResolvedSettings): Promise<boolean> {
    const { runtime, server } = this;
    const over = new Promise<boolean>((resolve) => {
      this.finished = resolve;
    });
    const control = new Control(
      Control.create({
        workers: settings.worker_num,
        taskWorkers: settings.task_worker_num,
        userWorkers: runtime.processes.length,
      }),
    );
    const sessions = new SharedSessions(SharedSessions.create(settings.max_connection));
    const team = new Team(MASTER, sessions, control, server.wide);
    runtime.team = team;
    runtime.counters.useRow(control.row(0));
    runtime.counters.startTime = control.startTime;
    runtime.sessions.share({ sessions, thread: MASTER, worker: -1, wide: server.wide });
    serveConnections(team, server);
    runtime.messages = new Messages(server, team);
    const pipes = new ProcessPipes(team);
    pipes.onData = connectPipes(
      team,
      runtime.processes,
      -1,
      (letter) => pipes.handle(letter, MASTER),
      () => {},
    );
    const crew = new Crew(runtime, team);
    this.crew = crew;
    crew.onReport = (member, report) => this.hear(member, report);
    const relay = new Relay(runtime, server, team, settings);
    this.relay = relay;
    crew.onChange = () => {
      this.handOut();
      team.post.deliver();
    };
    crew.onEnd = (member) => relay.workerEnded(member.worker, member.thread);
    const late = ports.filter((port) => !port.resolved.open_http_protocol && !isNeededBefore(port));
    try {
      await this.reserve(ports);
      this.began(settings);
      await crew.startAll(
        ports.map((port) => port.port),
        ports.map((port) => port.datagrams?.share ?? -1),
      );
      for (const port of late) await relay.open(port);
    } catch (error) {
      crew.abandon();
      this.release();
      throw error;
    }
    this.handOut();
    dropPrivileges(settings, (text) => runtime.logger?.warning(text));
    if (server.mode === SWOOLE_PROCESS) runtime.raise('start');
    return over;
  }

  shutdown(): boolean {
    this.runtime.state = 'stopping';
    setImmediate(() => this.end());
    return true;
  }

  stop(worker: number): boolean {
    return this.crew?.replace(worker) ?? false;
  }

  kill(worker: number, code: number): boolean {
    return this.crew?.kill(worker, code) ?? false;
  }

  reload(onlyTaskWorkers: boolean): boolean {
    this.crew?.reload(onlyTaskWorkers);
    return true;
  }

  reloadCertificates(): boolean {
    const done = checkCertificates(this.server.ports, (index) =>
      this.relay?.reloadCertificate(this.server.ports[index] as Port),
    );
    // A worker reads the files when it opens its ports.
    if (done) this.crew?.reload(false);
    return done;
  }

  private async reserve(ports: readonly Port[]): Promise<void> {
    const { runtime } = this;
    const engine = chooseEngine(runtime.settings?.engine ?? '', speaksHttp2(ports));
    runtime.logger?.debug(engine.description);
    for (const [index, port] of ports.entries()) {
      if (port.resolved.open_http_protocol) this.acceptors.set(index, await reservePort(engine, port));
      else if (isNeededBefore(port)) await this.relay?.open(port);
    }
  }

  private began(settings: ResolvedSettings): void {
    const { server, runtime } = this;
    server.master_pid = process.pid;
    server.manager_pid = process.pid;
    this.pidFile.write(settings.pid_file);
    this.signals.onShutdown((signal) => {
      runtime.logger?.debug(`${signal} received, shutting down`);
      this.bySignal = true;
      runtime.shutdown();
    });
    this.signals.onReload((onlyTaskWorkers) => this.crew?.reload(onlyTaskWorkers));
    runtime.raise('managerStart');
  }

  private hear(member: Member, report: Report): void {
    if ('ask' in report) {
      if (report.ask === 'shutdown') this.runtime.shutdown();
      else if (report.ask === 'reload') this.crew?.reload(report.onlyTaskWorkers);
      else if (report.ask === 'kill') this.crew?.kill(report.worker, report.code);
      else if (report.worker === member.worker) this.crew?.retire(member);
      else this.crew?.replace(report.worker);
    } else if (report.did === 'wearOut') this.crew?.retire(member, report.atOnce);
  }

  /**
   * Connections go to the workers that serve. With all of them there, connection n goes to worker n modulo their number, as the
   * numbers of connections count from 1.
   */
  private handOut(): void {
    if (this.crew === null || !this.crew.complete) return;
    const members = this.crew.serving();
    const ordered = [...members.slice(1), ...members.slice(0, 1)];
    for (const [port, acceptor] of this.acceptors)
      acceptor.handTo(ordered.map((member) => member.shares.get(port)));
  }

  private async end(): Promise<void> {
    const { runtime, server } = this;
    if (server.mode !== SWOOLE_BASE) runtime.raise('beforeShutdown');
    for (const acceptor of this.acceptors.values()) acceptor.handTo([]);
    this.relay?.stopListening();
    const stuck = (await this.crew?.endAll()) ?? [];
    runtime.raise('managerStop');
    this.release();
    runtime.raise('shutdown');
    Timer.clearAll();
    this.pidFile.remove();
    runtime.state = 'over';
    const patience = runtime.settings?.max_wait_time ?? 0;
    if (stuck.length > 0) {
      runtime.logger?.warning(
        `worker ${stuck.join(', ')} did not end within ${patience} s (max_wait_time): the process ends without it`,
      );
      process.exit(0);
    }
    if (this.bySignal) this.signals.exitWhenStuck(patience, (text) => runtime.logger?.warning(text));
    else runtime.logger?.close();
    this.finished?.(true);
  }

  private release(): void {
    const { ports } = this.server;
    this.signals.remove();
    this.relay?.close();
    this.runtime.team?.mailbox.close();
    for (const [index, acceptor] of this.acceptors) closePorts([ports[index] as Port], [acceptor]);
    this.acceptors.clear();
  }
}

/** Whether workers are to know the number of a port, which the system chooses, or its socket; any other port listens once they serve. */
function isNeededBefore(port: Port): boolean {
  return isUnixDatagram(port.type) || (port.port === 0 && !isUnixSocket(port.type));
}
