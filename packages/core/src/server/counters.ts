import { Count } from '../worker/control.js';

/** The counters behind stats(), of one thread. */
export class Counters {
  startTime = 0;
  private row: Float64Array = new Float64Array(8);

  /** Counts in memory that other threads read, from now on. */
  useRow(row: Float64Array): void {
    this.row = row;
  }

  /** A message has been given to its callback. */
  request(bytes: number): void {
    const { row } = this;
    row[Count.REQUESTS] = (row[Count.REQUESTS] as number) + 1;
    row[Count.RECEIVED_BYTES] = (row[Count.RECEIVED_BYTES] as number) + bytes;
  }

  get accepted(): number {
    return this.row[Count.ACCEPTED] as number;
  }
  set accepted(value: number) {
    this.row[Count.ACCEPTED] = value;
  }

  get closed(): number {
    return this.row[Count.CLOSED] as number;
  }
  set closed(value: number) {
    this.row[Count.CLOSED] = value;
  }

  get aborted(): number {
    return this.row[Count.ABORTED] as number;
  }
  set aborted(value: number) {
    this.row[Count.ABORTED] = value;
  }

  get requests(): number {
    return this.row[Count.REQUESTS] as number;
  }
  set requests(value: number) {
    this.row[Count.REQUESTS] = value;
  }

  get responses(): number {
    return this.row[Count.RESPONSES] as number;
  }
  set responses(value: number) {
    this.row[Count.RESPONSES] = value;
  }

  get receivedBytes(): number {
    return this.row[Count.RECEIVED_BYTES] as number;
  }
  set receivedBytes(value: number) {
    this.row[Count.RECEIVED_BYTES] = value;
  }

  get sentBytes(): number {
    return this.row[Count.SENT_BYTES] as number;
  }
  set sentBytes(value: number) {
    this.row[Count.SENT_BYTES] = value;
  }

  get tasks(): number {
    return this.row[Count.TASKS] as number;
  }
  set tasks(value: number) {
    this.row[Count.TASKS] = value;
  }
}
