import { fail } from '../errors/last-error.js';
import { SWOOLE_ERROR_PHP_FATAL_ERROR } from '../errors/numbers.js';
import { warn } from '../errors/warnings.js';
import { TaskResult } from '../server/event-objects.js';
import type { Server } from '../server/server.js';
import { WorkerField } from '../worker/control.js';
import { LetterKind } from '../worker/letters.js';
import type { Letter } from '../worker/mailbox.js';
import type { Team } from '../worker/team.js';
import { type Payload, unpack } from './payload.js';

/** The most tasks that may wait for one task worker. */
const LONGEST_QUEUE = 10_000;

/** Flags of a task, as Swoole has them. */
export const TaskFlag = { SERIALIZE: 2, NONBLOCK: 4, CALLBACK: 8, WAITALL: 16, COROUTINE: 32 } as const;

/** What gets the result of a task instead of the finish event; once with null when the task worker has died. */
type Taker = (result: { data: unknown } | null) => void;

/** The tasks that this thread has given out. */
export class Tasks {
  private nextId = 0;
  private turn = 0;
  /** What waits for a task, and the thread that does it. */
  private readonly takers = new Map<number, { thread: number; take: Taker }>();

  constructor(
    private readonly server: Server,
    private readonly team: Team,
  ) {
    team.serve(LetterKind.FINISH, (letter) => this.finished(letter));
    team.onEnd((thread) => this.ended(thread));
  }

  /** How many task workers there are. */
  get workers(): number {
    return this.team.control.crew.taskWorkers;
  }

  /**
   * Gives out a task.
   * @param index which task worker; below 0 for any
   * @returns its number; false with a warning when too many wait already
   */
  give(payload: Payload, index: number, flags: number, take: Taker | null): number | false {
    const { team, server } = this;
    const { control } = team;
    const worker = index >= 0 ? control.crew.workers + index : this.choose();
    if (control.get(worker, WorkerField.TASKS) >= LONGEST_QUEUE) {
      warn(`Swoole\\Server::task(): ${LONGEST_QUEUE} tasks wait for task worker ${worker} already`);
      return fail(SWOOLE_ERROR_PHP_FATAL_ERROR);
    }
    const id = this.nextId++;
    const letter = [
      LetterKind.TASK,
      id,
      server.worker_id,
      team.thread,
      payload,
      flags,
      Date.now() / 1000,
    ] as const;
    const thread = control.get(worker, WorkerField.THREAD);
    if (!team.toWorker(worker, letter)) {
      warn(`Swoole\\Server::task(): too many tasks wait for task worker ${worker}, which has ended`);
      return fail(SWOOLE_ERROR_PHP_FATAL_ERROR);
    }
    control.add(worker, WorkerField.TASKS, 1);
    server.runtime.counters.tasks++;
    if (take !== null) this.takers.set(id, { thread, take });
    return id;
  }

  /** Gives up waiting for a task: its result goes nowhere. */
  forget(id: number): void {
    this.takers.delete(id);
  }

  /** A task worker with nothing to do, else the one with the least; one that serves, when one does. They take turns. */
  private choose(): number {
    const { control } = this.team;
    const { workers, taskWorkers } = control.crew;
    let best = workers;
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < taskWorkers; i++) {
      const worker = workers + ((this.turn + i) % taskWorkers);
      const absent = control.get(worker, WorkerField.THREAD) === 0;
      const waiting = control.get(worker, WorkerField.TASKS) + (absent ? LONGEST_QUEUE : 0);
      if (waiting >= least) continue;
      best = worker;
      least = waiting;
    }
    this.turn = best - workers + 1;
    return best;
  }

  private finished([, id, flags, worker, origin, payload, time]: Letter): void {
    const { server, team } = this;
    const data = unpack(payload as Payload);
    const number = id as number;
    const taker = origin === team.thread ? this.takers.get(number) : undefined;
    if (taker !== undefined) {
      this.takers.delete(number);
      taker.take({ data });
      return;
    }
    // Somebody has waited for it, and waits no more.
    if (((flags as number) & TaskFlag.NONBLOCK) === 0) return;
    if (server.runtime.settings?.event_object) {
      const result = new TaskResult();
      result.task_id = number;
      result.task_worker_id = worker as number;
      result.dispatch_time = time as number;
      result.data = data;
      server.runtime.raise('finish', result);
    } else server.runtime.raise('finish', number, data);
  }

  /** A thread has ended: what it had not done it will not do. */
  private ended(thread: number): void {
    for (const [id, taker] of [...this.takers]) {
      if (taker.thread !== thread) continue;
      this.takers.delete(id);
      taker.take(null);
    }
  }
}
