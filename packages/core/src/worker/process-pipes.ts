import { type Control, WorkerField } from './control.js';
import { LetterKind } from './letters.js';
import type { Letter } from './mailbox.js';
import type { Team } from './team.js';
import { MASTER } from './thread.js';

/** Which end of a pipe reads. */
export const PipeSide = { PROCESS: 0, WORKERS: 1 } as const;

interface Queue {
  readonly packets: Uint8Array[];
  /** The threads that want one, first come first. */
  readonly wanted: number[];
}

/**
 * The pipes of the processes of addProcess(), kept by the master. Nothing in them is lost when a thread ends, and what a process
 * writes goes to the worker that reads first, as with Swoole's.
 */
export class ProcessPipes {
  /** Takes what a process wrote to this thread. */
  onData: (letter: Letter) => void = () => {};
  private readonly queues = new Map<number, Queue>();

  constructor(private readonly team: Team) {
    const handle = (letter: Letter, from: number): void => this.handle(letter, from);
    team.serve(LetterKind.PROCESS_WRITE, handle);
    team.serve(LetterKind.PROCESS_READ, handle);
    team.onEnd((thread) => {
      for (const { wanted } of this.queues.values())
        wanted.splice(0, wanted.length, ...wanted.filter((one) => one !== thread));
    });
  }

  handle([kind, process, side, bytes]: Letter, from: number): void {
    const queue = this.queue(process as number, side as number);
    if (kind === LetterKind.PROCESS_READ) queue.wanted.push(from);
    else queue.packets.push(bytes as Uint8Array);
    while (queue.wanted.length > 0 && queue.packets.length > 0)
      this.give(queue.wanted.shift() as number, process as number, side as number, queue.packets);
  }

  private give(thread: number, process: number, side: number, packets: Uint8Array[]): void {
    const bytes = packets[0] as Uint8Array;
    const letter: Letter = [LetterKind.PROCESS_DATA, process, side, bytes];
    if (thread !== MASTER && !this.team.mailbox.send(thread, letter)) return;
    packets.shift();
    countUnread(this.team.control, process, side, -bytes.length);
    if (thread === MASTER) this.onData(letter);
  }

  private queue(process: number, side: number): Queue {
    const key = process * 2 + side;
    const found = this.queues.get(key) ?? { packets: [], wanted: [] };
    this.queues.set(key, found);
    return found;
  }
}

/** Adds to the bytes that wait in a pipe. @returns how many do */
export function countUnread(control: Control, process: number, side: number, bytes: number): number {
  const { workers, taskWorkers } = control.crew;
  const field = side === PipeSide.PROCESS ? WorkerField.TO_PROCESS : WorkerField.FROM_PROCESS;
  return control.add(workers + taskWorkers + process, field, bytes);
}
