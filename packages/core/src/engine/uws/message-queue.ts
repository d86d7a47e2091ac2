import type { Bytes } from '../engine.js';
import type { UwsConnection } from './connection.js';
import { kept } from './kept.js';
import { sendMessage } from './send-message.js';

/** The longest queue whose arrays are used again. */
const KEPT = 128;

/** What waits for one connection until the end of the turn, in order. */
export class MessageQueue {
  /** How many of the entries count. */
  length = 0;
  private data: Bytes[] = [];
  private kinds: number[] = [];

  add(data: Bytes, kind: number): void {
    this.data[this.length] = kept(data);
    this.kinds[this.length++] = kind;
  }

  /** Sends all of it, as long as the connection lasts; it is still to be cleared then. */
  sendTo(connection: UwsConnection): void {
    for (let i = 0; i < this.length && connection.socket !== null; i++)
      if (!sendMessage(connection.socket, this.data[i] as Bytes, this.kinds[i] as number))
        connection.congested = true;
  }

  /** Short lists are kept for the next turn; what they held is not. */
  clear(): void {
    if (this.length > KEPT) {
      this.data = [];
      this.kinds = [];
    } else for (let i = 0; i < this.length; i++) this.data[i] = '';
    this.length = 0;
  }
}
