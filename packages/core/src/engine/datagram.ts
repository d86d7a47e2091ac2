import type dgram from 'node:dgram';
import type { Bytes, EnginePort } from './engine.js';

/** A bound port for datagrams. */
export interface DatagramPort extends EnginePort {
  /** Node's own socket: groups, broadcast and time to live are set on it. Null for a Unix socket, which has none of that. */
  readonly socket: dgram.Socket | null;
  /** What another thread can send with, through {@link DatagramEngine.sender}. */
  readonly share?: number;
  /**
   * Sends one datagram; the bytes are copied.
   * @param address an IP address of the family of the port, or a path
   * @returns the system's number of what is wrong, that of EAGAIN when too much waits to be sent; 0 for nothing
   */
  send(data: Bytes, address: string, port: number): number;
}

/** What a datagram engine reports. */
export interface DatagramListener {
  /** The data belongs to the listener. The address is a path for a Unix socket, '' for one without. */
  packet(data: Buffer, address: string, port: number): void;
}

export interface DatagramOptions {
  family: 'udp4' | 'udp6' | 'unix';
  reusePort: boolean;
  /** The most bytes that may wait to be sent. */
  maxWaiting: number;
}

export interface DatagramEngine {
  createPort(options: DatagramOptions, listener: DatagramListener): DatagramPort;
  /** Sends from a Unix socket that another thread of this process has. */
  sender(share: number): Pick<DatagramPort, 'send'>;
}
