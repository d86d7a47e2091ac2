import { statSync } from 'node:fs';
import { fail } from '../errors/last-error.js';
import { SWOOLE_ERROR_OPERATION_NOT_SUPPORT } from '../errors/numbers.js';
import { assignment } from '../worker/thread.js';
import { isRepeating } from './answers.js';
import { freeQueue, popFromQueue, pushToQueue, type QueueStats, queueOf } from './message-queue.js';
import { lineToStarter } from './self.js';

const IPC_NOWAIT = 256;
/** Any message may be taken by anybody. */
const BALANCE = 2;

/** The message queue that a process uses. */
export class ProcessQueue {
  key: number | null = null;
  private mode = BALANCE;
  private waits = true;

  /** @param owner tells the process's number: messages have a type, one above it */
  constructor(private readonly owner: () => number) {}

  get isUsed(): boolean {
    return this.key !== null;
  }

  use(key: number, mode: number, capacity: number): boolean {
    if (assignment !== null) return fail(SWOOLE_ERROR_OPERATION_NOT_SUPPORT);
    this.key = key > 0 ? key : keyOfScript();
    this.waits = (mode & IPC_NOWAIT) === 0;
    this.mode = mode & ~IPC_NOWAIT;
    if (capacity > 0 && lineToStarter() === null) queueOf(this.key).capacity = capacity;
    return true;
  }

  push(data: string | Uint8Array): boolean {
    return isRepeating() || pushToQueue(this.key ?? 0, this.owner() + 1, data);
  }

  pop(size: number): Promise<Buffer | false> {
    const type = this.mode === BALANCE ? 0 : this.owner() + 1;
    return popFromQueue(this.key ?? 0, type, size, this.waits);
  }

  stats(): QueueStats | false {
    if (lineToStarter() !== null || isRepeating()) return fail(SWOOLE_ERROR_OPERATION_NOT_SUPPORT);
    return queueOf(this.key ?? 0).stats();
  }

  free(): boolean {
    const { key } = this;
    if (key === null) return false;
    this.key = null;
    if (isRepeating()) return true;
    return lineToStarter()?.post('queue free', key) ?? (freeQueue(key) || true);
  }
}

/** As the system's ftok() makes it of the file of the script. */
function keyOfScript(): number {
  const { ino, dev } = statSync(process.argv[1] ?? '.');
  return (ino & 0xffff) | ((dev & 0xff) << 16) | (1 << 24);
}
