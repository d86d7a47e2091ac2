import type { Direction } from '../socket/direction.js';
import type { OptionedDatagrams } from '../socket/options.js';

/** A datagram, and where it came from: a path and no port for a Unix socket, '' for one that is not bound. */
export interface Datagram {
  readonly data: Buffer;
  readonly from: { readonly address: string; readonly port: number };
}

/** A datagram socket whose datagrams wait until somebody receives them. Error numbers are the system's, 0 for none. */
export interface Datagrams {
  readonly reading: Direction;
  /** What has options; null for one that is not bound yet. */
  readonly optioned: OptionedDatagrams | null;
  readonly isBound: boolean;
  /** Whether a datagram has come. */
  readonly isReadable: boolean;
  bind(port: number, address: string): Promise<number>;
  connect(port: number, host: string): Promise<number>;
  /**
   * Sends, waiting where the system has no room.
   * @param what the call that waits, as a report names it
   * @param seconds no limit from 0 down
   * @param address left out for where it is connected
   */
  send(
    what: string,
    seconds: number,
    data: string | Uint8Array,
    port?: number,
    address?: string,
  ): Promise<number>;
  /** Sends now, and waits for nothing. */
  post(data: string | Uint8Array, port?: number, address?: string): number;
  /** @param keep leaves it to be received again @returns an error number when nothing came */
  receive(what: string, seconds: number, keep?: boolean): Promise<Datagram | number>;
  /** What would be received now, without taking it; an error number for nothing. */
  peek(): Buffer | number;
  /** The address of this side; null when it has none. */
  name(): { address: string; port: number } | null;
  /** The address of the other side; null when it is not connected. */
  peer(): { address: string; port: number } | null;
  /** Closes it; who waits is told. */
  close(error: number): void;
}
