import { fail } from '../errors/last-error.js';
import { SWOOLE_ERROR_PHP_FATAL_ERROR } from '../errors/numbers.js';
import { warn } from '../errors/warnings.js';
import { RawMethods } from '../server/raw-methods.js';
import { pack } from './payload.js';
import { TaskFlag } from './task-flags.js';

/** Swoole's time for a task that is waited for, in seconds. */
const TIMEOUT = 0.5;
/** The most tasks that may be waited for together. */
const MOST_TOGETHER = 1024;

/** Tasks that are waited for together: a list, or what else stands for PHP's array. Its keys are not kept. */
export type TaskList =
  | readonly unknown[]
  | { readonly [key: string]: unknown }
  | ReadonlyMap<unknown, unknown>
  | Iterable<unknown>;

/** The methods of a server that have work done in task workers. */
export abstract class TaskMethods extends RawMethods {
  /**
   * Gives a task to a task worker, whose task event does it.
   * @param data anything that can be cloned; an object of a class arrives as a plain object
   * @param taskWorkerIndex which task worker, from 0; below 0 for one that has nothing to do
   * @param finishCallback gets the result instead of the finish event
   * @returns the task's number; false with error 503 in a task worker, without task workers, for an index that is none, for data that cannot be
   *   cloned, and when too many tasks wait
   * @see Swoole\Server::task
   */
  task<Result = unknown>(
    data: unknown,
    taskWorkerIndex = -1,
    finishCallback: ((server: this, taskId: number, result: Result) => unknown) | null = null,
  ): number | false {
    if (!this.runs('task') || !this.mayGive('task', taskWorkerIndex)) return false;
    const { tasks, call } = this.taskPlaces('task');
    const payload = pack(data, 'Swoole\\Server::task()');
    if (payload === undefined) return fail(SWOOLE_ERROR_PHP_FATAL_ERROR);
    const flags = TaskFlag.NONBLOCK | flagsOf(data) | (finishCallback === null ? 0 : TaskFlag.CALLBACK);
    if (finishCallback === null) return tasks.give(payload, taskWorkerIndex, flags, null);
    const id = tasks.give(payload, taskWorkerIndex, flags, (result) => {
      if (result !== null) call(() => finishCallback(this, id as number, result.data as Result));
    });
    return id;
  }

  /**
   * Gives a task to a task worker and waits for its result.
   * @param timeout in seconds
   * @param taskWorkerIndex as in {@link task}
   * @returns a promise of the result; of false after the timeout, when the task worker dies, and where {@link task} returns false
   * @see Swoole\Server::taskwait
   */
  taskwait(data: unknown, timeout: number = TIMEOUT, taskWorkerIndex = -1): Promise<unknown> {
    if (!this.mayWait('taskwait') || !this.mayGive('taskwait', taskWorkerIndex))
      return Promise.resolve(false);
    return this.waitFor('taskwait', data, timeout, taskWorkerIndex, 0).then(
      (result) => result?.data ?? false,
    );
  }

  /**
   * Gives out several tasks and waits for all of their results.
   * @param tasks a list; the keys of an object or a Map count for nothing, the order of its values does
   * @param timeout for all together, in seconds
   * @returns a promise of the results at the places of their tasks, with holes where none came in time; of false where {@link task} returns false
   * @see Swoole\Server::taskWaitMulti
   */
  async taskWaitMulti(tasks: TaskList, timeout: number = TIMEOUT): Promise<unknown[] | false> {
    const results = await this.waitForAll('taskWaitMulti', tasks, timeout);
    if (results === false) return false;
    const found: unknown[] = new Array(results.length);
    for (const [i, result] of results.entries()) if (result !== null) found[i] = result.data;
    return found;
  }

  /**
   * Gives out several tasks and waits for all of their results.
   * @param tasks a list; the keys of an object or a Map count for nothing, the order of its values does
   * @param timeout for all together, in seconds
   * @returns a promise of the results at the places of their tasks, false where none came in time; of false for no tasks, and where {@link task}
   *   returns false
   * @see Swoole\Server::taskCo
   */
  async taskCo(tasks: TaskList, timeout: number = TIMEOUT): Promise<unknown[] | false> {
    const results = await this.waitForAll('taskCo', tasks, timeout);
    return results === false || results.length === 0 ? false : results.map((result) => result?.data ?? false);
  }

  /**
   * Sends the result of the task whose callback runs. With task_enable_coroutine several run at once: use the task's own finish().
   * @returns false where no task runs, and for data that cannot be cloned
   * @see Swoole\Server::finish
   */
  finish(data: unknown): boolean {
    if (!this.runs('finish')) return false;
    return this.runtime.taskWorker?.finishCurrent(data) ?? fail(SWOOLE_ERROR_PHP_FATAL_ERROR);
  }

  private async waitForAll(
    method: string,
    given: TaskList,
    timeout: number,
  ): Promise<Array<{ data: unknown } | null> | false> {
    if (!this.mayWait(method) || !this.mayGive(method, -1)) return false;
    const tasks = listOf(given);
    if (tasks.length >= MOST_TOGETHER) return this.no(method, 'too many concurrent tasks');
    return Promise.all(tasks.map((data) => this.waitFor(method, data, timeout, -1, TaskFlag.COROUTINE)));
  }

  private waitFor(
    method: string,
    data: unknown,
    timeout: number,
    index: number,
    flags: number,
  ): Promise<{ data: unknown } | null> {
    const { tasks } = this.taskPlaces(method);
    const payload = pack(data, `Swoole\\Server::${method}()`);
    if (payload === undefined) return Promise.resolve(null);
    return new Promise((resolve) => {
      let timer: NodeJS.Timeout | undefined;
      const id = tasks.give(payload, index, flags | flagsOf(data), (result) => {
        clearTimeout(timer);
        resolve(result);
      });
      if (id === false) return resolve(null);
      timer = setTimeout(() => {
        tasks.forget(id);
        resolve(null);
      }, timeout * 1000);
    });
  }

  private mayWait(method: string): boolean {
    if (!this.runs(method)) return false;
    return this.isEventWorker() || this.no(method, `${method} method can only be used in the worker process`);
  }

  private mayGive(method: string, index: number): boolean {
    if (this.isTaskWorker()) return this.no(method, 'Server->task() cannot use in the task-worker');
    const workers = this.runtime.tasks?.workers ?? 0;
    if (workers === 0) return this.no(method, "task method can't be executed without task worker");
    return index < workers || this.no(method, `worker_id must be less than task_worker_num[${workers}]`);
  }

  private taskPlaces(method: string) {
    const { tasks } = this.runtime;
    if (tasks === null) throw new Error(`Swoole\\Server::${method}(): there are no task workers`);
    return { tasks, call: (callback: () => unknown) => this.runtime.call('finish', null, callback) };
  }

  private no(method: string, text: string): false {
    warn(`Swoole\\Server::${method}(): ${text}`);
    return fail(SWOOLE_ERROR_PHP_FATAL_ERROR);
  }

  protected isTaskWorker(): boolean {
    return this.runtime.taskWorker !== null;
  }

  protected isEventWorker(): boolean {
    return this.runtime.worker !== null && this.runtime.taskWorker === null;
  }
}

/** Swoole serialises what is no string, and says so. */
function flagsOf(data: unknown): number {
  return typeof data === 'string' || data instanceof Uint8Array ? 0 : TaskFlag.SERIALIZE;
}

/** The tasks in their order. */
function listOf(tasks: TaskList): unknown[] {
  if (tasks instanceof Map) return [...tasks.values()];
  return Symbol.iterator in tasks ? [...(tasks as Iterable<unknown>)] : Object.values(tasks);
}
