import { packBytes, unpackBytes } from './payload.js';

/** What finishes a task: the thread that does it. */
export type Finisher = (data: unknown) => boolean;

/**
 * A task, as its callback gets it with the setting task_enable_coroutine, task_object or event_object.
 * @see Swoole\Server\Task
 */
export class Task {
  static readonly phpName = 'Swoole\\Server\\Task';
  data: unknown = null;
  /** When it was given out, in seconds since the epoch. */
  dispatch_time = 0;
  /** The task's number, as task() has returned it. */
  id = -1;
  /** The worker that gave it out. */
  worker_id = -1;
  flags = 0;
  readonly #finisher: Finisher;

  /** @internal Made for the task event. */
  constructor(finisher: Finisher) {
    this.#finisher = finisher;
  }

  /**
   * Sends a result to the worker that gave out the task: its finish event, or what waits for the task, gets it.
   * @returns false with a warning for data that cannot be cloned
   * @see Swoole\Server\Task::finish
   */
  finish(data: unknown): boolean {
    return this.#finisher(data);
  }

  /** Turns data into bytes that unpack() understands; false with a warning for what cannot be cloned. @see Swoole\Server\Task::pack */
  static pack(data: unknown): Buffer | false {
    const bytes = packBytes(data, 'Swoole\\Server\\Task::pack()');
    return bytes === undefined ? false : Buffer.from(bytes.buffer);
  }

  /** The data that pack() has made bytes of; false for bytes that are none of its. @see Swoole\Server\Task::unpack */
  static unpack(data: Uint8Array): unknown {
    try {
      return unpackBytes(data);
    } catch {
      return false;
    }
  }
}
