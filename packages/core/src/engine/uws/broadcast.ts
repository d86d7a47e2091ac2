import type { Bytes } from '../engine.js';
import { atEndOfTurn, type TurnTask } from '../turn.js';
import type { UwsWebSocket } from './binding.js';
import type { SocketData, UwsConnection } from './connection.js';
import { copied, encoded } from './kept.js';
import { BINARY, COMPRESS, OPCODE } from './kind.js';

/**
 * One message on its way to many connections that get nothing else in this turn: what a loop of push() over all of them makes.
 * What the connections keep about it is settled before the first system call, so that sending it is a row of system calls with
 * little between them: that is what a receiver on the same machine cannot overtake, and waking it for each message costs half
 * as much again. A connection that gets a second message in this turn takes the first one into its own queue.
 */
class Broadcast implements TurnTask {
  data: Bytes = '';
  kind = 0;
  private members: UwsConnection[] = [];
  private sockets: Array<UwsWebSocket<SocketData>> = [];

  /** @returns false when it is not the message on its way: the connection queues it itself */
  join(connection: UwsConnection, data: Bytes, kind: number): boolean {
    if (this.members.length === 0) {
      this.data = typeof data === 'string' ? data : copied(data);
      this.kind = kind;
      atEndOfTurn(this);
    } else if (kind !== this.kind || (data !== this.data && !this.sameBytes(data))) return false;
    this.members.push(connection);
    return true;
  }

  endOfTurn(): void {
    const { members, sockets } = this;
    let count = 0;
    for (let i = 0; i < members.length; i++) {
      const connection = members[i] as UwsConnection;
      const socket = connection.leaveBroadcast();
      if (socket === null) continue;
      members[count] = connection;
      sockets[count++] = socket;
    }
    const data = typeof this.data === 'string' && count > 1 ? encoded(this.data) : this.data;
    const binary = (this.kind & OPCODE) === BINARY;
    const compress = (this.kind & COMPRESS) !== 0;
    for (let i = 0; i < count; i++) {
      const status = (sockets[i] as UwsWebSocket<SocketData>).send(data, binary, compress);
      if (status !== 1) (members[i] as UwsConnection).congested = true;
    }
    members.length = 0;
    sockets.length = 0;
    this.data = '';
  }

  private sameBytes(data: Bytes): boolean {
    return typeof data !== 'string' && copied(data) === this.data;
  }
}

export const broadcast = new Broadcast();
