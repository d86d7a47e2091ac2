import { SWOOLE_WORKER_BUSY, SWOOLE_WORKER_IDLE } from '../constants/index.js';
import { Fifo } from '../coroutine/fifo.js';
import { atEndOfTurn, type TurnTask } from '../engine/turn.js';
import type { Server } from '../server/server.js';
import { WorkerField } from '../worker/control.js';
import { LetterKind } from '../worker/letters.js';
import type { Letter } from '../worker/mailbox.js';
import type { Team } from '../worker/team.js';
import { type Payload, pack, unpack } from './payload.js';
import { Task } from './task.js';
import { TaskFlag } from './task-flags.js';

/** How long tasks are done one after the other in one turn of the event loop, in milliseconds. */
const IN_A_ROW_MS = 5;

/** What is known of a task beside the task itself. */
interface Order {
  task: Task;
  /** The thread that gave it out. */
  readonly origin: number;
  /** Where that thread reads how many of its tasks have begun. */
  readonly counter: Int32Array | undefined;
  /** Whether it has had a result. */
  finished: boolean;
}

/** What is to be told when a task can have no result any more. */
type Hope = readonly [task: number, worker: number, origin: number];

/** The side of a task worker: does one task after the other, or with task_enable_coroutine all at once. */
export class TaskWorker implements TurnTask {
  /** How many tasks it has begun. */
  begun = 0;
  private readonly queue = new Fifo<Order>();
  private current: Order | null = null;
  private running = 0;
  /** When it has done enough in this turn; 0 before the first task of a turn. */
  private turnEnds = 0;
  private readonly counters = new Map<number, Int32Array>();
  private readonly together: boolean;
  private readonly asObject: boolean;
  /** Task objects may be finished as long as the program has them. */
  private readonly given = new FinalizationRegistry<Hope>((hope) => this.tellNoResult(hope));

  constructor(
    private readonly server: Server,
    private readonly team: Team,
  ) {
    const { settings } = server.runtime;
    this.together = settings?.task_enable_coroutine === true;
    this.asObject = this.together || settings?.task_object === true || settings?.event_object === true;
    team.serve(LetterKind.TASK, (letter, from) => this.take(letter, from));
    team.serve(LetterKind.TASK_COUNTER, ([, counter], from) => {
      this.counters.set(from, counter as Int32Array);
    });
    team.onEnd((thread) => this.counters.delete(thread));
  }

  /** Whether there are tasks to do. */
  get busy(): boolean {
    return this.running > 0 || this.queue.length > 0;
  }

  /** finish() without a task: the one whose callback runs. @returns false when there is none, or the data cannot be cloned */
  finishCurrent(data: unknown): boolean {
    return this.current !== null && this.finish(this.current, data);
  }

  endOfTurn(): void {
    this.turnEnds = 0;
    if (this.queue.length > 0) this.next();
  }

  /** The thread ends: what it has begun it will not do. What it has not begun is given out again by those who did so first. */
  leave(): void {
    this.team.control.add(this.server.worker_id, WorkerField.TASKS, -this.running);
  }

  private take([, id, worker, origin, payload, flags, time]: Letter, from: number): void {
    const task: Task = new Task((data) => this.finish(order, data));
    const order: Order = {
      task,
      origin: origin as number,
      counter: this.counters.get(from),
      finished: false,
    };
    task.data = unpack(payload as Payload);
    task.dispatch_time = time as number;
    task.id = id as number;
    task.worker_id = worker as number;
    task.flags = flags as number;
    this.queue.push(order);
    this.next();
  }

  /** Does what it can. Tasks that take their time leave the rest to the next turn: there is more to look at than tasks. */
  private next(): void {
    const { runtime } = this.server;
    if (this.turnEnds === 0) {
      this.turnEnds = performance.now() + IN_A_ROW_MS;
      atEndOfTurn(this);
    }
    while (this.queue.length > 0 && (this.together || this.running === 0)) {
      if (runtime.state === 'over' || performance.now() > this.turnEnds) return;
      this.run(this.queue.shift() as Order);
    }
  }

  private run(order: Order): void {
    const { server, team } = this;
    const { task } = order;
    const { runtime, worker_id } = server;
    this.running++;
    if (!this.together) this.current = order;
    team.control.set(worker_id, WorkerField.STATUS, SWOOLE_WORKER_BUSY);
    team.control.set(worker_id, WorkerField.DOING, this.running);
    this.begun++;
    if (order.counter !== undefined) Atomics.add(order.counter, 0, 1);
    const callback = server.getCallback('task') as ((...args: unknown[]) => unknown) | null;
    let result: unknown;
    const promise = runtime.call('task', null, () => {
      result = this.asObject
        ? callback?.(server, task)
        : callback?.(server, task.id, task.worker_id, task.data);
      return result;
    });
    if (promise === null) this.done(order, result);
    else
      promise
        .then(
          (value) => this.done(order, value),
          () => this.done(order, null),
        )
        .then(() => this.next());
  }

  private done(order: Order, result: unknown): void {
    // In a coroutine only finish() counts.
    if (!this.together && result !== null && result !== undefined) this.finish(order, result);
    if (this.server.runtime.state === 'over') return;
    if (!order.finished && (order.task.flags & TaskFlag.CALLBACK) !== 0) this.unfinished(order);
    this.running--;
    this.current = null;
    const { control } = this.team;
    const { worker_id } = this.server;
    control.set(worker_id, WorkerField.DOING, this.running);
    control.add(worker_id, WorkerField.TASKS, -1);
    if (!this.busy) control.set(worker_id, WorkerField.STATUS, SWOOLE_WORKER_IDLE);
  }

  private finish(order: Order, data: unknown): boolean {
    const { task, origin } = order;
    const payload = pack(data, 'Swoole\\Server::finish()');
    if (payload === undefined) return false;
    order.finished = true;
    const { server, team } = this;
    const time = Date.now() / 1000;
    return team.toWorker(task.worker_id, [
      LetterKind.FINISH,
      task.id,
      task.flags,
      server.worker_id,
      origin,
      payload,
      time,
    ]);
  }

  /** The callback of a task is over, and somebody has a callback for its result that has not come. */
  private unfinished({ task, origin }: Order): void {
    const hope: Hope = [task.id, task.worker_id, origin];
    if (this.asObject) this.given.register(task, hope);
    else this.tellNoResult(hope);
  }

  private tellNoResult([task, worker, origin]: Hope): void {
    this.team.toWorker(worker, [LetterKind.NO_RESULT, task, origin]);
  }
}
