import type { Duplex } from 'node:stream';

/** What a connection reads from and writes to: a socket, or what stands for one of another thread. */
export interface DuplexSocket extends Duplex {
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
  /** Bytes that are on their way to another thread, in which they wait for the peer; absent for a socket of this thread. */
  readonly inTransit?: number;
}
