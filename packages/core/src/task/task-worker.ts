import { SWOOLE_WORKER_BUSY, SWOOLE_WORKER_IDLE } from '../constants/index.js';
import type { Server } from '../server/server.js';
import { WorkerField } from '../worker/control.js';
import { LetterKind } from '../worker/letters.js';
import type { Letter } from '../worker/mailbox.js';
import type { Team } from '../worker/team.js';
import { type Payload, pack, unpack } from './payload.js';
import { Task } from './task.js';

/** What is known of a task beside the task itself. */
interface Order {
  task: Task;
  /** The thread that gave it out. */
  origin: number;
}

/** The side of a task worker: does one task after the other, or with task_enable_coroutine all at once. */
export class TaskWorker {
  private readonly queue: Order[] = [];
  private current: Order | null = null;
  private running = 0;
  /** How many tasks it has begun. */
  begun = 0;
  private readonly orders = new WeakMap<Task, Order>();
  private readonly together: boolean;
  private readonly asObject: boolean;

  constructor(
    private readonly server: Server,
    private readonly team: Team,
  ) {
    const { settings } = server.runtime;
    this.together = settings?.task_enable_coroutine === true;
    this.asObject = this.together || settings?.task_object === true || settings?.event_object === true;
    team.serve(LetterKind.TASK, (letter) => this.take(letter));
  }

  /** Whether there are tasks to do. */
  get busy(): boolean {
    return this.running > 0 || this.queue.length > 0;
  }

  /** finish() without a task: the one whose callback runs. @returns false when there is none, or the data cannot be cloned */
  finishCurrent(data: unknown): boolean {
    return this.current !== null && this.finish(this.current, data);
  }

  private take([, id, worker, origin, payload, flags, time]: Letter): void {
    const task = new Task((one, data) => this.finish(this.orders.get(one) as Order, data));
    task.data = unpack(payload as Payload);
    task.dispatch_time = time as number;
    task.id = id as number;
    task.worker_id = worker as number;
    task.flags = flags as number;
    const order = { task, origin: origin as number };
    this.orders.set(task, order);
    this.queue.push(order);
    this.next();
  }

  private next(): void {
    while (this.queue.length > 0 && (this.together || this.running === 0))
      this.run(this.queue.shift() as Order);
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
      promise.then(
        (value) => this.done(order, value),
        () => this.done(order, null),
      );
  }

  private done(order: Order, result: unknown): void {
    // In a coroutine only finish() counts.
    if (!this.together && result !== null && result !== undefined) this.finish(order, result);
    this.running--;
    this.current = null;
    const { control } = this.team;
    const { worker_id } = this.server;
    control.set(worker_id, WorkerField.DOING, this.running);
    if (control.add(worker_id, WorkerField.TASKS, -1) < 0) control.set(worker_id, WorkerField.TASKS, 0);
    if (!this.busy) control.set(worker_id, WorkerField.STATUS, SWOOLE_WORKER_IDLE);
    this.next();
  }

  private finish({ task, origin }: Order, data: unknown): boolean {
    const payload = pack(data, 'Swoole\\Server::finish()');
    if (payload === null) return false;
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
}
