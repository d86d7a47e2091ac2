/**
 * The connections of all threads, in shared memory: whose they are and what is told of them. A connection's fd gives its row
 * (fd modulo the number of rows); an fd whose row is taken by an older connection is passed over.
 */

/** Rows are 128 bytes. */
const INTS = 32;
const HEAD = 32;
/** What stands before the rows. */
const NEXT_FD = 0;
const LIVE = 1;
const LOCK = 2;
const VERSION = 3;

/** After this one they begin anew: a server has to accept a thousand connections a second for weeks until then. */
const LAST_FD = 0x7fff_ffff;

/** The fields of a row, as positions of 32-bit integers; times are 64-bit floats, at even positions. */
export const Field = {
  FD: 0,
  STATE: 1,
  WEBSOCKET: 2,
  /** The worker whose callbacks are called. */
  WORKER: 3,
  /** The number of the thread that owns the socket. */
  THREAD: 4,
  PORT: 5,
  REMOTE_PORT: 6,
  PROTECTED: 7,
  UID: 8,
  /** Bytes on their way to the owner. */
  PENDING: 9,
  /** Its place in the list of living fds. */
  PLACE: 10,
  ADDRESS_LENGTH: 11,
  CONNECTED: 12,
  RECEIVED: 14,
  SENT: 16,
  /** Bytes that the owner could not send yet. */
  BACKLOG: 18,
  /** Bytes on their way from the owner of the socket to a worker. */
  RELAYED: 19,
  ADDRESS: 20,
} as const;

export const RowState = { FREE: 0, ALIVE: 1, CLOSING: 2 } as const;

const ADDRESS_BYTES = (INTS - Field.ADDRESS) * 4;

export class SharedSessions {
  private readonly ints: Int32Array;
  private readonly floats: Float64Array;
  private readonly bytes: Uint8Array;
  private readonly living: Int32Array;
  private readonly rows: number;
  private readonly firstRow: number;
  private snapshot: Int32Array = new Int32Array(0);
  private snapshotVersion = -1;

  /** @param connections how many there may be at once */
  static create(connections: number): SharedArrayBuffer {
    const rows = rowsFor(connections);
    return new SharedArrayBuffer((HEAD + rows + rows * INTS) * 4);
  }

  constructor(readonly buffer: SharedArrayBuffer) {
    this.ints = new Int32Array(buffer);
    this.floats = new Float64Array(buffer);
    this.bytes = new Uint8Array(buffer);
    this.rows = (this.ints.length - HEAD) / (INTS + 1);
    this.living = this.ints.subarray(HEAD, HEAD + this.rows);
    this.firstRow = HEAD + this.rows;
  }

  /** Takes a new fd for a connection; 0 when every row is taken. */
  claim(thread: number, worker: number, port: number, address: string, remotePort: number): number {
    const { ints } = this;
    for (let tries = 0; tries < this.rows; tries++) {
      const fd = (Atomics.add(ints, NEXT_FD, 1) + 1) & LAST_FD;
      if (fd === 0) continue;
      const row = this.rowOf(fd);
      if (Atomics.compareExchange(ints, row + Field.FD, 0, fd) !== 0) continue;
      ints[row + Field.WEBSOCKET] = 0;
      ints[row + Field.WORKER] = worker;
      ints[row + Field.THREAD] = thread;
      ints[row + Field.PORT] = port;
      ints[row + Field.REMOTE_PORT] = remotePort;
      ints[row + Field.PROTECTED] = 0;
      ints[row + Field.UID] = 0;
      ints[row + Field.PENDING] = 0;
      ints[row + Field.BACKLOG] = 0;
      ints[row + Field.RELAYED] = 0;
      this.setAddress(fd, address);
      this.setTime(fd, Field.SENT, 0);
      this.enlist(fd, row);
      Atomics.store(ints, row + Field.STATE, RowState.ALIVE);
      return fd;
    }
    return 0;
  }

  /** Gives a row back: the connection is over for everybody. */
  release(fd: number): void {
    const row = this.rowOf(fd);
    if (fd <= 0 || this.ints[row + Field.FD] !== fd) return;
    Atomics.store(this.ints, row + Field.STATE, RowState.FREE);
    this.strike(row);
    Atomics.store(this.ints, row + Field.FD, 0);
  }

  /** Whether the program may still talk to an fd. */
  alive(fd: number): boolean {
    return this.has(fd) && Atomics.load(this.ints, this.rowOf(fd) + Field.STATE) === RowState.ALIVE;
  }

  /** Whether there is a row for an fd, in its close event too. */
  has(fd: number): boolean {
    return Number.isInteger(fd) && fd > 0 && Atomics.load(this.ints, this.rowOf(fd) + Field.FD) === fd;
  }

  /** Marks a connection as closing. @returns false when it is no more, or somebody else was first */
  beginClose(fd: number): boolean {
    if (!this.has(fd)) return false;
    const state = this.rowOf(fd) + Field.STATE;
    return Atomics.compareExchange(this.ints, state, RowState.ALIVE, RowState.CLOSING) === RowState.ALIVE;
  }

  get(fd: number, field: number): number {
    return Atomics.load(this.ints, this.rowOf(fd) + field);
  }

  set(fd: number, field: number, value: number): void {
    Atomics.store(this.ints, this.rowOf(fd) + field, value);
  }

  add(fd: number, field: number, value: number): number {
    return Atomics.add(this.ints, this.rowOf(fd) + field, value) + value;
  }

  /** Sets a field that holds 0. @returns false when it holds something else */
  setOnce(fd: number, field: number, value: number): boolean {
    return Atomics.compareExchange(this.ints, this.rowOf(fd) + field, 0, value) === 0;
  }

  /** A time in milliseconds since the epoch. */
  time(fd: number, field: number): number {
    return this.floats[(this.rowOf(fd) + field) / 2] as number;
  }

  setTime(fd: number, field: number, milliseconds: number): void {
    this.floats[(this.rowOf(fd) + field) / 2] = milliseconds;
  }

  address(fd: number): string {
    const start = (this.rowOf(fd) + Field.ADDRESS) * 4;
    const length = this.get(fd, Field.ADDRESS_LENGTH);
    return Buffer.from(this.bytes.slice(start, start + length)).toString('latin1');
  }

  setAddress(fd: number, address: string): void {
    const bytes = Buffer.from(address, 'latin1').subarray(0, ADDRESS_BYTES);
    this.bytes.set(bytes, (this.rowOf(fd) + Field.ADDRESS) * 4);
    this.set(fd, Field.ADDRESS_LENGTH, bytes.length);
  }

  /** How many connections there are, those in their close event included. */
  get count(): number {
    return Atomics.load(this.ints, LIVE);
  }

  /** The last fd given out. */
  get newestFd(): number {
    return Atomics.load(this.ints, NEXT_FD) & LAST_FD;
  }

  /** The fds of all connections, in ascending order: those of this moment, whatever is closed meanwhile. Not to be changed. */
  fds(): Int32Array {
    const version = Atomics.load(this.ints, VERSION);
    if (version === this.snapshotVersion) return this.snapshot;
    this.lock();
    this.snapshotVersion = Atomics.load(this.ints, VERSION);
    const copy = this.living.slice(0, this.count);
    this.unlock();
    this.snapshot = copy.sort();
    return copy;
  }

  /** The smallest fd there is; 0 without connections. */
  get oldestFd(): number {
    return this.fds()[0] ?? 0;
  }

  /** Gives back the rows of a thread that has ended. @returns how many there were */
  releaseThread(thread: number): number {
    let released = 0;
    for (const fd of this.fds()) {
      if (!this.has(fd) || this.get(fd, Field.THREAD) !== thread) continue;
      this.release(fd);
      released++;
    }
    return released;
  }

  private rowOf(fd: number): number {
    return this.firstRow + (fd & (this.rows - 1)) * INTS;
  }

  private enlist(fd: number, row: number): void {
    this.lock();
    const place = this.ints[LIVE] as number;
    this.living[place] = fd;
    this.ints[row + Field.PLACE] = place;
    Atomics.store(this.ints, LIVE, place + 1);
    Atomics.add(this.ints, VERSION, 1);
    this.unlock();
  }

  private strike(row: number): void {
    this.lock();
    const last = (this.ints[LIVE] as number) - 1;
    const place = this.ints[row + Field.PLACE] as number;
    const moved = this.living[last] as number;
    this.living[place] = moved;
    this.ints[this.rowOf(moved) + Field.PLACE] = place;
    Atomics.store(this.ints, LIVE, last);
    Atomics.add(this.ints, VERSION, 1);
    this.unlock();
  }

  /** Held for a few instructions; no thread can end within them. */
  private lock(): void {
    while (Atomics.compareExchange(this.ints, LOCK, 0, 1) !== 0) Atomics.wait(this.ints, LOCK, 1, 1);
  }

  private unlock(): void {
    Atomics.store(this.ints, LOCK, 0);
    Atomics.notify(this.ints, LOCK, 1);
  }
}

/** A power of two with room for twice as many, so that few fds are passed over. */
function rowsFor(connections: number): number {
  let rows = 64;
  while (rows < connections * 2) rows *= 2;
  return rows;
}
