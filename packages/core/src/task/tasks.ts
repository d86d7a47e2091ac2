import { beginWork } from '../coroutine/begun-work.js';
import { fail } from '../errors/last-error.js';
import { SWOOLE_ERROR_PHP_FATAL_ERROR } from '../errors/numbers.js';
import { warn } from '../errors/warnings.js';
import { TaskResult } from '../server/event-objects.js';
import type { Server } from '../server/server.js';
import { WorkerField } from '../worker/control.js';
import { LetterKind } from '../worker/letters.js';
import type { Letter } from '../worker/mailbox.js';
import type { Team } from '../worker/team.js';
import { type GivenTask, GivenTasks } from './given-tasks.js';
import { type Payload, unpack } from './payload.js';
import { TaskFlag } from './task-flags.js';

/** The most tasks that may wait for one task worker. */
const LONGEST_QUEUE = 10_000;

/** What gets the result of a task instead of the finish event; once with null when the task worker has died. */
type Taker = (result: { data: unknown } | null) => void;

/** The tasks that this thread has given out. */
export class Tasks {
  private nextId = 0;
  private turn = 0;
  /** What waits for a task, and the thread that has it; 0 while none has. */
  private readonly takers = new Map<number, { thread: number; take: Taker }>();
  /** What is not begun, by thread. */
  private readonly given = new Map<number, GivenTasks>();

  constructor(
    private readonly server: Server,
    private readonly team: Team,
  ) {
    team.serve(LetterKind.FINISH, (letter) => this.finished(letter));
    team.serve(LetterKind.NO_RESULT, ([, id, origin]) => {
      if (origin === team.thread) this.takers.delete(id as number);
    });
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
    control.add(worker, WorkerField.TASKS, 1);
    if (take !== null) this.takers.set(id, { thread: 0, take });
    if (!this.send({ id, worker, anywhere: index < 0, letter })) {
      control.add(worker, WorkerField.TASKS, -1);
      this.takers.delete(id);
      warn(`Swoole\\Server::task(): too many tasks wait for task worker ${worker}, which has ended`);
      return fail(SWOOLE_ERROR_PHP_FATAL_ERROR);
    }
    server.runtime.counters.tasks++;
    beginWork();
    return id;
  }

  /** Writes a task to the thread that is the task worker, and remembers it until that has begun it. */
  private send(task: GivenTask): boolean {
    return this.team.toWorker(task.worker, task.letter, (thread) => {
      this.givenTo(thread).add(task);
      const taker = this.takers.get(task.id);
      if (taker !== undefined) taker.thread = thread;
    });
  }

  private givenTo(thread: number): GivenTasks {
    const known = this.given.get(thread);
    if (known !== undefined) return known;
    const given = new GivenTasks();
    this.given.set(thread, given);
    this.team.mailbox.send(thread, [LetterKind.TASK_COUNTER, given.counter]);
    return given;
  }

  /** How many tasks somebody waits for, or has a callback for. */
  get awaited(): number {
    return this.takers.size;
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
    // Somebody has waited for it, and waits no more; or a callback has had its result, or has gone with its worker.
    if (((flags as number) & TaskFlag.NONBLOCK) === 0) return;
    if (((flags as number) & TaskFlag.CALLBACK) !== 0) return warn("require 'onFinish' callback");
    if (server.runtime.settings?.event_object) {
      const result = new TaskResult();
      result.task_id = number;
      result.task_worker_id = worker as number;
      result.dispatch_time = time as number;
      result.data = data;
      server.runtime.raise('finish', result);
    } else server.runtime.raise('finish', number, data);
  }

  /** A thread has ended. Others do what it had not begun, and who waits for what it had begun waits in vain. */
  private ended(thread: number): void {
    const left = this.given.get(thread)?.left() ?? [];
    this.given.delete(thread);
    for (const { id } of left) {
      const taker = this.takers.get(id);
      if (taker !== undefined) taker.thread = 0;
    }
    for (const [id, taker] of [...this.takers]) {
      if (taker.thread !== thread) continue;
      this.takers.delete(id);
      taker.take(null);
    }
    if (this.server.runtime.state === 'running') for (const task of left) this.giveAgain(task);
  }

  private giveAgain(task: GivenTask): void {
    if (!task.anywhere) return void this.send(task);
    const { control } = this.team;
    const worker = this.choose();
    control.add(task.worker, WorkerField.TASKS, -1);
    control.add(worker, WorkerField.TASKS, 1);
    this.send({ ...task, worker });
  }
}
