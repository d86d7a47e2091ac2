import type { PipeEnd } from '../process/pipe-end.js';
import { MOST_UNREAD, type PipeWay } from '../process/pipe-way.js';
import { LetterKind } from './letters.js';
import type { Letter } from './mailbox.js';
import { countUnread, PipeSide } from './process-pipes.js';
import type { Team } from './team.js';

/** How a thread of a server reaches a pipe that the master keeps. */
class TeamWay implements PipeWay {
  private holds = false;

  /** @param reads which end of the pipe this is */
  constructor(
    private readonly team: Team,
    private readonly process: number,
    private readonly reads: number,
    private readonly post: (letter: Letter) => void,
    private readonly stay: (more: 1 | -1) => void,
  ) {}

  send(bytes: Uint8Array): boolean {
    const to = this.reads === PipeSide.PROCESS ? PipeSide.WORKERS : PipeSide.PROCESS;
    const { control } = this.team;
    if (countUnread(control, this.process, to, bytes.length) > MOST_UNREAD) {
      countUnread(control, this.process, to, -bytes.length);
      return false;
    }
    this.post([LetterKind.PROCESS_WRITE, this.process, to, bytes]);
    return true;
  }

  hold(waits: boolean): void {
    if (waits === this.holds) return;
    this.holds = waits;
    this.stay(waits ? 1 : -1);
  }

  want(): void {
    this.post([LetterKind.PROCESS_READ, this.process, this.reads]);
  }

  took(): void {}

  close(): void {}
}

/** A process of addProcess(), as far as its pipe goes. */
export interface Piped {
  readonly pipe: PipeEnd | null;
}

/**
 * Connects a thread with the pipes of a server's processes.
 * @param own which of the processes the thread is; -1 for none
 * @param post brings a letter to the master
 * @param stay told of each pipe that somebody waits at, and when nobody does any more
 * @returns takes the letters with what was written
 */
export function connectPipes(
  team: Team,
  processes: readonly Piped[],
  own: number,
  post: (letter: Letter) => void,
  stay: (more: 1 | -1) => void,
): (letter: Letter) => void {
  for (const [number, { pipe }] of processes.entries()) {
    const reads = number === own ? PipeSide.PROCESS : PipeSide.WORKERS;
    pipe?.connect(new TeamWay(team, number, reads, post, stay));
  }
  return ([, process, , bytes]) => {
    processes[process as number]?.pipe?.arrived(bytes as Uint8Array);
  };
}
