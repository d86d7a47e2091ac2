/** Numbers that all threads of a server read: which thread is which worker, what each is doing, and how much was done. */

/** Per worker id. */
const WORKER_INTS = 7;
export const WorkerField = {
  /** The number of the thread that is this worker now; 0 for none. */
  THREAD: 0,
  /** SWOOLE_WORKER_BUSY, _IDLE or _EXIT. */
  STATUS: 1,
  /** Tasks that wait for it or are being done. */
  TASKS: 2,
  /** Tasks that are being done. */
  DOING: 3,
  /** Packets relayed to it that it has not looked at. */
  WAITING: 4,
  /** Bytes in the pipe to it that it has not read, when it is a process of addProcess(). */
  TO_PROCESS: 5,
  /** Bytes that it has written and no worker has read. */
  FROM_PROCESS: 6,
} as const;

/** What a thread counts, as positions of 64-bit floats. Each thread has a row of its own, so nobody waits for anybody. */
export const Count = {
  ACCEPTED: 0,
  CLOSED: 1,
  ABORTED: 2,
  REQUESTS: 3,
  RESPONSES: 4,
  RECEIVED_BYTES: 5,
  SENT_BYTES: 6,
  TASKS: 7,
} as const;
const COUNTS = 8;

export interface Crew {
  readonly workers: number;
  readonly taskWorkers: number;
  readonly userWorkers: number;
}

/** Threads that may exist at once: while workers are replaced there are two of each. */
function rowsFor(crew: Crew): number {
  return (crew.workers + crew.taskWorkers + crew.userWorkers) * 3 + 8;
}

export class Control {
  readonly crew: Crew;
  readonly startTime: number;
  private readonly ints: Int32Array;
  private readonly counts: Float64Array;
  private readonly ids: number;

  static create(crew: Crew): SharedArrayBuffer {
    const ids = crew.workers + crew.taskWorkers + crew.userWorkers;
    const floats = 4 + rowsFor(crew) * COUNTS;
    const buffer = new SharedArrayBuffer(floats * 8 + (ids * WORKER_INTS + rowsFor(crew)) * 4);
    const head = new Float64Array(buffer, 0, 4);
    head.set([crew.workers, crew.taskWorkers, crew.userWorkers, Math.floor(Date.now() / 1000)]);
    return buffer;
  }

  constructor(readonly buffer: SharedArrayBuffer) {
    const [workers = 0, taskWorkers = 0, userWorkers = 0, startTime = 0] = new Float64Array(buffer, 0, 4);
    this.crew = { workers, taskWorkers, userWorkers };
    this.startTime = startTime;
    this.ids = workers + taskWorkers + userWorkers;
    const rows = rowsFor(this.crew);
    this.counts = new Float64Array(buffer, 32, rows * COUNTS);
    this.ints = new Int32Array(buffer, 32 + rows * COUNTS * 8);
  }

  /** Whether a worker id exists: workers come first, then task workers, then processes of addProcess(). */
  has(worker: number): boolean {
    return Number.isInteger(worker) && worker >= 0 && worker < this.ids;
  }

  get(worker: number, field: number): number {
    return Atomics.load(this.ints, worker * WORKER_INTS + field);
  }

  set(worker: number, field: number, value: number): void {
    Atomics.store(this.ints, worker * WORKER_INTS + field, value);
  }

  add(worker: number, field: number, value: number): number {
    return Atomics.add(this.ints, worker * WORKER_INTS + field, value) + value;
  }

  /** A row of counters for a new thread. */
  takeRow(): Float64Array {
    const start = this.ids * WORKER_INTS;
    for (let row = 1; start + row < this.ints.length; row++)
      if (Atomics.compareExchange(this.ints, start + row, 0, 1) === 0) return this.row(row);
    throw new Error('there are more threads than a server can count for');
  }

  /** What a thread that has ended had counted is kept in the first row, which is the master's. */
  giveRowBack(row: Float64Array): void {
    const number = this.numberOf(row);
    const kept = this.row(0);
    for (let i = 0; i < COUNTS; i++) kept[i] = (kept[i] as number) + (row[i] as number);
    row.fill(0);
    Atomics.store(this.ints, this.ids * WORKER_INTS + number, 0);
  }

  numberOf(row: Float64Array): number {
    return (row.byteOffset - this.counts.byteOffset) / (COUNTS * 8);
  }

  row(number: number): Float64Array {
    return this.counts.subarray(number * COUNTS, (number + 1) * COUNTS);
  }

  /** What all threads together have counted. */
  total(count: number): number {
    let sum = 0;
    for (let i = count; i < this.counts.length; i += COUNTS) sum += this.counts[i] as number;
    return sum;
  }
}
