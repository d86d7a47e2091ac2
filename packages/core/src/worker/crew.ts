import { MessageChannel } from 'node:worker_threads';
import { SWOOLE_WORKER_EXIT } from '../constants/index.js';
import { sharedInventory } from '../memory/shared-memory.js';
import { answersSoFar } from '../process/answers.js';
import { StatusInfo } from '../server/event-objects.js';
import type { Runtime } from '../server/runtime.js';
import { entryUrl, preloads } from './bootstrap.js';
import { WorkerField } from './control.js';
import { Member } from './member.js';
import type { Report } from './orders.js';
import type { Team } from './team.js';
import { MASTER, type Role } from './thread.js';

const GOING_AWAY = 1001;
/** RFC 6455's registry: the service is restarted. */
const SERVICE_RESTART = 1012;
/** A worker that ends sooner than this after its start is replaced later and later. In milliseconds. */
const SHORT_LIFE_MS = 1_000;
const FIRST_DELAY_MS = 100;
const LAST_DELAY_MS = 10_000;

/** The threads of a server: starts them, replaces those that end, and lets them end. */
export class Crew {
  onReport: (member: Member, report: Report) => void = () => {};
  /** The workers that serve have changed. */
  onChange: () => void = () => {};
  /** A thread has ended. */
  onEnd: (member: Member) => void = () => {};
  private readonly members = new Set<Member>();
  private readonly preload = preloads();
  private readonly entry = entryUrl();
  private ports: readonly number[] = [];
  private sockets: readonly number[] = [];
  private threads = 0;
  private readonly generations = new Map<number, number>();
  private readonly rows = new Map<Member, Float64Array>();
  /** How long the next replacement of a worker waits, in milliseconds. */
  private readonly delays = new Map<number, number>();
  /** Who waits for a worker to serve. */
  private readonly awaited = new Map<number, Array<() => void>>();
  private reloading: Promise<void> | null = null;
  /** A reload that was asked for while another went on; its argument. */
  private reloadAgain: boolean | null = null;
  private ending = false;
  private startFailed: ((error: Error) => void) | null = null;

  constructor(
    private readonly runtime: Runtime,
    private readonly team: Team,
  ) {}

  /** Whether all have served since the start: until then nobody gets connections. */
  get complete(): boolean {
    return this.startFailed === null;
  }

  /** The threads that take connections, by worker id. */
  serving(): Member[] {
    return [...this.members]
      .filter((member) => member.role === 'event' && member.state === 'serving')
      .sort((a, b) => a.worker - b.worker || a.thread - b.thread);
  }

  /**
   * Starts all, and resolves once they serve.
   * @throws Error when one ends before it does
   */
  async startAll(ports: readonly number[], sockets: readonly number[]): Promise<void> {
    this.ports = ports;
    this.sockets = sockets;
    const { workers, taskWorkers, userWorkers } = this.team.control.crew;
    const failed = new Promise<never>((_resolve, reject) => {
      this.startFailed = reject;
    });
    const ready: Promise<void>[] = [];
    for (let worker = 0; worker < workers + taskWorkers + userWorkers; worker++)
      ready.push(this.start(worker));
    await Promise.race([Promise.all(ready), failed]);
    this.startFailed = null;
  }

  /** Starts a thread for a worker id; resolves once it serves. */
  private start(worker: number): Promise<void> {
    const { control, sessions, mailbox } = this.team;
    const thread = ++this.threads;
    const generation = this.generations.get(worker) ?? 0;
    this.generations.set(worker, generation + 1);
    const links: Array<readonly [number, MessageChannel['port1']]> = [];
    const orders: Array<readonly [Member, MessageChannel['port1']]> = [];
    for (const other of this.members) {
      if (other.state === 'gone') continue;
      const { port1, port2 } = new MessageChannel();
      links.push([other.thread, port1]);
      orders.push([other, port2]);
    }
    const mine = new MessageChannel();
    links.push([MASTER, mine.port1]);
    mailbox.link(thread, mine.port2);
    for (const [other, port] of orders) other.tell({ do: 'link', thread, port });
    const row = control.takeRow();
    const member = new Member({
      server: this.runtime.number,
      role: this.roleOf(worker),
      worker,
      thread,
      generation,
      row: control.numberOf(row),
      sessions: sessions.buffer,
      control: control.buffer,
      ports: this.ports,
      sockets: this.sockets,
      inventory: sharedInventory(),
      answers: answersSoFar(),
      links,
      preload: this.preload,
      entry: this.entry,
    });
    this.members.add(member);
    this.rows.set(member, row);
    member.onExit = (code) => this.ended(member, code);
    member.onReport = (report) => {
      if (!('did' in report)) this.onReport(member, report);
      else if (report.did === 'ready') this.ready(member, report.shares);
      else if (report.did === 'dying') this.dying(member);
      else this.onReport(member, report);
    };
    return this.served(worker);
  }

  /** Resolves once a new thread serves as a worker: this one, or the one that comes after it when it fails. */
  private served(worker: number): Promise<void> {
    return new Promise((resolve) => {
      const others = this.awaited.get(worker) ?? [];
      this.awaited.set(worker, [...others, resolve]);
    });
  }

  private ready(member: Member, shares: ReadonlyArray<readonly [number, unknown]>): void {
    for (const [port, share] of shares) member.shares.set(port, share);
    member.state = 'serving';
    this.team.control.set(member.worker, WorkerField.THREAD, member.thread);
    this.onChange();
    for (const resolve of this.awaited.get(member.worker) ?? []) resolve();
    this.awaited.delete(member.worker);
  }

  /** Replaces all workers, or the task workers: the new ones serve before the old ones leave. */
  reload(onlyTaskWorkers: boolean): void {
    if (this.reloading !== null) {
      // Once more after it: the code may have changed since it began.
      this.reloadAgain = onlyTaskWorkers && this.reloadAgain !== false;
      return;
    }
    this.reloading = this.reloadNow(onlyTaskWorkers).then(() => {
      this.reloading = null;
      const again = this.reloadAgain;
      this.reloadAgain = null;
      if (again !== null) this.reload(again);
    });
  }

  private async reloadNow(onlyTaskWorkers: boolean): Promise<void> {
    if (this.ending) return;
    const { runtime } = this;
    runtime.raise('beforeReload');
    const old = [...this.members].filter(
      (member) => isCurrent(member) && (member.role === 'task' || !onlyTaskWorkers),
    );
    await Promise.all(old.map((member) => this.succeed(member, false)));
    if (!this.ending) runtime.raise('afterReload');
  }

  /**
   * Replaces a worker's thread, unless that is on its way already.
   * @param atOnce true lets it leave before its successor serves
   */
  retire(member: Member, atOnce = false): void {
    if (isCurrent(member)) void this.succeed(member, atOnce);
  }

  /** Replaces one worker. @returns false for an id that there is not */
  replace(worker: number): boolean {
    // The eldest is meant, also while its successor starts.
    const member = [...this.members].find((one) => one.worker === worker && one.state !== 'leaving');
    if (member !== undefined) this.retire(member);
    return this.team.control.has(worker);
  }

  /** Lets a worker exit with a code; as after any failure, another takes its place. @returns false for an id that there is not */
  kill(worker: number, code: number): boolean {
    for (const member of this.members)
      if (member.worker === worker && member.state === 'serving') member.tell({ do: 'exit', code });
    return this.team.control.has(worker);
  }

  /** Starts a successor and lets the member leave, by default after that; resolves once it has ended. One that is only starting serves first. */
  private async succeed(member: Member, atOnce: boolean): Promise<void> {
    const ended = new Promise<void>((resolve) => {
      const { onExit } = member;
      member.onExit = (code) => {
        onExit(code);
        resolve();
      };
    });
    const leave = (): void => {
      if (member.state === 'gone') return;
      member.state = 'leaving';
      this.onChange();
      // What was written to it comes before the order to leave.
      this.team.mailbox.flush();
      member.tell({ do: 'leave', code: SERVICE_RESTART, shutdown: false });
    };
    // Until then it serves on, but nobody else is to replace it.
    member.retiring = true;
    if (member.state === 'starting') await Promise.race([this.served(member.worker), ended]);
    // Whatever ended it while it started, its successor comes as after any failure.
    if (member.state !== 'serving' || this.ending) return;
    if (atOnce) leave();
    await Promise.race([this.start(member.worker), ended]);
    if (!atOnce) leave();
    await ended;
  }

  /** A thread is about to end: nothing new goes to it. */
  private dying(member: Member): void {
    this.vacate(member);
    member.state = 'leaving';
    this.onChange();
    member.tell({ do: 'cutOff' });
  }

  private ended(member: Member, code: number): void {
    const { runtime, team } = this;
    this.members.delete(member);
    for (const other of this.members) other.tell({ do: 'unlink', thread: member.thread });
    team.ended(member.thread);
    runtime.counters.closed += team.sessions.releaseThread(member.thread);
    const row = this.rows.get(member);
    if (row !== undefined) team.control.giveRowBack(row);
    this.rows.delete(member);
    this.vacate(member);
    this.onEnd(member);
    this.onChange();
    if (this.ending) return;
    const failure = code !== 0 || member.error !== null;
    // A process may have had its whole life while workers start.
    if (this.startFailed !== null && (member.role !== 'user' || this.awaited.has(member.worker))) {
      this.startFailed(
        new Error(`worker ${member.worker} ended with ${code} before it served`, {
          cause: member.error,
        }),
      );
      return;
    }
    if (failure) {
      if (member.error !== null)
        runtime.logger?.error(`worker ${member.worker}: ${member.error.stack ?? member.error.message}`);
      this.tellError(member.worker, code);
    }
    if (!this.hasSuccessor(member)) this.startAgain(member);
  }

  /** Nobody writes to a thread any more; a successor keeps its place. */
  private vacate(member: Member): void {
    const { control } = this.team;
    if (control.get(member.worker, WorkerField.THREAD) !== member.thread) return;
    control.set(member.worker, WorkerField.THREAD, 0);
    control.set(member.worker, WorkerField.STATUS, SWOOLE_WORKER_EXIT);
    control.set(member.worker, WorkerField.DOING, 0);
  }

  private tellError(worker: number, code: number): void {
    const { runtime } = this;
    if (!runtime.settings?.event_object) {
      runtime.raise('workerError', worker, process.pid, code, 0);
      return;
    }
    const info = new StatusInfo();
    info.worker_id = worker;
    info.worker_pid = process.pid;
    info.status = code << 8;
    info.exit_code = code;
    runtime.raise('workerError', info);
  }

  private hasSuccessor(member: Member): boolean {
    return [...this.members].some((one) => one.worker === member.worker && one.thread > member.thread);
  }

  /** A worker has ended that nobody replaces yet. One that ends again and again must not keep the machine busy. */
  private startAgain(member: Member): void {
    const { worker } = member;
    const short = Date.now() - member.startedAt < SHORT_LIFE_MS;
    const delay = short ? (this.delays.get(worker) ?? 0) : 0;
    this.delays.set(worker, short ? Math.min(Math.max(delay * 2, FIRST_DELAY_MS), LAST_DELAY_MS) : 0);
    if (delay > 0)
      this.runtime.logger?.warning(
        `worker ${worker} ends right after its start; the next one comes in ${delay} ms`,
      );
    setTimeout(() => {
      if (!this.ending && !this.hasSuccessor(member)) void this.start(worker);
    }, delay);
  }

  /** Lets all threads end. @returns the ids of workers that have not after max_wait_time */
  async endAll(): Promise<number[]> {
    this.ending = true;
    const patience = (this.runtime.settings?.max_wait_time ?? 0) * 1000 + SHORT_LIFE_MS;
    const left = new Promise<void>((resolve) => {
      const check = (): void => {
        if (this.members.size === 0) resolve();
      };
      for (const member of this.members) {
        const { onExit } = member;
        member.onExit = (code) => {
          onExit(code);
          check();
        };
        member.tell({ do: 'leave', code: GOING_AWAY, shutdown: true });
      }
      check();
    });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, patience);
    });
    await Promise.race([left, late]);
    clearTimeout(timer);
    // A process has no sockets: it can be ended whatever it does.
    for (const member of this.members) if (member.role === 'user') member.terminate();
    if ([...this.members].every((member) => member.role === 'user')) await left;
    return [...this.members].map((member) => member.worker);
  }

  /** Gives up a start that has failed. */
  abandon(): void {
    this.ending = true;
    for (const member of this.members) {
      if (member.state === 'starting') member.terminate();
      else member.tell({ do: 'leave', code: GOING_AWAY, shutdown: true });
    }
  }

  private roleOf(worker: number): Role {
    const { workers, taskWorkers } = this.team.control.crew;
    if (worker < workers) return 'event';
    return worker < workers + taskWorkers ? 'task' : 'user';
  }
}

/** Whether a reload replaces it: a worker or a task worker that serves or starts, and that nobody is replacing. */
const isCurrent = ({ role, state, retiring }: Member): boolean =>
  role !== 'user' && (state === 'serving' || state === 'starting') && !retiring;
