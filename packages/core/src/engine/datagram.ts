import type dgram from 'node:dgram';
import type { Bytes, EnginePort } from './engine.js';

/** A bound port for datagrams. */
export interface DatagramPort extends EnginePort {
  /** Node's own socket: groups, broadcast and time to live are set on it. */
  readonly socket: dgram.Socket;
  /**
   * Sends one datagram; the bytes are copied.
   * @param address an IP address of the family of the port
   * @returns false when too much waits to be sent
   */
  send(data: Bytes, address: string, port: number): boolean;
}

/** What a datagram engine reports. */
export interface DatagramListener {
  /** The data belongs to the listener. */
  packet(data: Buffer, address: string, port: number): void;
}

export interface DatagramOptions {
  family: 'udp4' | 'udp6';
  reusePort: boolean;
  /** The most bytes that may wait to be sent. */
  maxWaiting: number;
}

export interface DatagramEngine {
  createPort(options: DatagramOptions, listener: DatagramListener): DatagramPort;
}
