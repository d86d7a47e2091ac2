import {
  SWOOLE_DISPATCH_CO_CONN_LB,
  SWOOLE_DISPATCH_CO_REQ_LB,
  SWOOLE_DISPATCH_CONCURRENT_LB,
  SWOOLE_DISPATCH_IDLE_WORKER,
  SWOOLE_DISPATCH_IPMOD,
  SWOOLE_DISPATCH_RESULT_USERFUNC_FALLBACK,
  SWOOLE_DISPATCH_ROUND,
  SWOOLE_DISPATCH_STREAM,
  SWOOLE_DISPATCH_UIDMOD,
} from '../../constants/index.js';
import type { Server } from '../../server/server.js';
import type { ResolvedSettings } from '../../server/settings/settings.js';
import { Field } from '../../session/shared-sessions.js';
import { WorkerField } from '../control.js';
import type { Team } from '../team.js';

/** What is given to a worker; the numbers are Swoole's, which a dispatch_func sees. */
export const Parcel = { DATA: 0, DATAGRAM: 1, CLOSE: 4, CONNECT: 5 } as const;

const NOTHING = Buffer.alloc(0);

/** Chooses the workers of raw connections and packets, as dispatch_mode says. */
export class Dispatcher {
  private turn = 0;
  private readonly mode: number;

  constructor(
    private readonly server: Server,
    private readonly team: Team,
    private readonly settings: ResolvedSettings,
  ) {
    this.mode = settings.dispatch_mode;
  }

  /**
   * The worker of a connection or of one of its packets; negative for SWOOLE_DISPATCH_RESULT_*.
   * @param current the worker that it has so far, -1 for none
   */
  ofConnection(fd: number, current: number, parcel: number, data: Buffer = NOTHING): number {
    const { team, mode } = this;
    // In SWOOLE_BASE the worker that accepts a connection keeps it.
    if (!team.wide) return current < 0 ? this.modulo(fd) : current;
    const chosen = this.byFunction(fd, parcel, data);
    if (chosen !== null) return chosen;
    switch (mode) {
      case SWOOLE_DISPATCH_ROUND:
        // A connect and a close have no turn: nobody may be told of them.
        return parcel === Parcel.DATA ? this.nextInTurn() : this.modulo(fd);
      case SWOOLE_DISPATCH_IPMOD:
        return this.modulo(hash(team.sessions.address(fd)));
      case SWOOLE_DISPATCH_UIDMOD:
        return this.modulo(team.sessions.get(fd, Field.UID) || fd);
      case SWOOLE_DISPATCH_CO_CONN_LB:
        return current < 0 ? this.idlest() : current;
      case SWOOLE_DISPATCH_IDLE_WORKER:
      case SWOOLE_DISPATCH_STREAM:
      case SWOOLE_DISPATCH_CO_REQ_LB:
      case SWOOLE_DISPATCH_CONCURRENT_LB:
        return this.idlest();
      default:
        return this.modulo(fd);
    }
  }

  /** The worker of a datagram; negative to drop it. */
  ofDatagram(port: number, address: string, data: Buffer): number {
    const chosen = this.byFunction(0, Parcel.DATAGRAM, data);
    if (chosen !== null) return chosen;
    if (this.mode === SWOOLE_DISPATCH_ROUND) return this.nextInTurn();
    if (this.mode === SWOOLE_DISPATCH_IPMOD) return this.modulo(hash(address));
    const balanced = [SWOOLE_DISPATCH_IDLE_WORKER, SWOOLE_DISPATCH_STREAM, SWOOLE_DISPATCH_CO_REQ_LB];
    if ((balanced as readonly number[]).includes(this.mode)) return this.idlest();
    return this.modulo(port);
  }

  private byFunction(fd: number, parcel: number, data: Buffer): number | null {
    const choose = this.settings.dispatch_func;
    if (choose === null) return null;
    const chosen = Number(choose(this.server, fd, parcel, data));
    if (chosen === SWOOLE_DISPATCH_RESULT_USERFUNC_FALLBACK || !Number.isInteger(chosen)) return null;
    return chosen < this.workers ? chosen : null;
  }

  private get workers(): number {
    return this.team.control.crew.workers;
  }

  private modulo(key: number): number {
    return key % this.workers;
  }

  private nextInTurn(): number {
    return this.modulo(this.turn++);
  }

  /** The worker with the fewest packets before it; of several, the one whose turn it is. */
  private idlest(): number {
    const { control } = this.team;
    const first = this.nextInTurn();
    let best = first;
    for (let step = 1; step < this.workers; step++) {
      const worker = this.modulo(first + step);
      if (control.get(worker, WorkerField.WAITING) < control.get(best, WorkerField.WAITING)) best = worker;
    }
    return best;
  }
}

/** An IPv4 address is its number, as in Swoole; any other text gives some number. */
function hash(address: string): number {
  const parts = address.split('.');
  if (parts.length === 4) return parts.reduce((sum, part) => sum * 256 + (Number(part) || 0), 0);
  let sum = 5381;
  for (let i = 0; i < address.length; i++) sum = (sum * 33 + address.charCodeAt(i)) >>> 0;
  return sum;
}
