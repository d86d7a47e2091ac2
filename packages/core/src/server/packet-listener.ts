import type { DatagramListener } from '../engine/datagram.js';
import { isUnixDatagram } from './address.js';
import { PacketEvent } from './event-objects.js';
import type { Port } from './port.js';
import type { Runtime } from './runtime.js';
import type { Server } from './server.js';

/** Where a datagram came from: the last argument of the packet event. */
export interface PacketInfo {
  /** Names the port for the last argument of sendto(). */
  server_socket: number;
  /** Seconds since the epoch. */
  dispatch_time: number;
  /** 0 for a Unix socket. */
  server_port: number;
  /** The sender's; for a Unix socket its path, '' for one that is not bound. */
  address: string;
  /** Not there for a Unix socket, which has none. */
  port: number;
}

type PacketCallback = (server: Server, data: Buffer | PacketEvent, client?: PacketInfo) => unknown;

/** Turns the datagrams of one port into packet events. */
export class PacketListener implements DatagramListener {
  private readonly onPacket: PacketCallback | null;
  private readonly index: number;
  private readonly unix: boolean;

  constructor(
    private readonly runtime: Runtime,
    private readonly server: Server,
    private readonly port: Port,
  ) {
    this.onPacket = server.callbackFor<PacketCallback>(port, 'packet');
    this.unix = isUnixDatagram(port.type);
    this.index = server.ports.indexOf(port as (typeof server.ports)[number]);
  }

  packet(data: Buffer, address: string, port: number): void {
    const { onPacket, server, runtime } = this;
    // As in Swoole, a datagram without data is no packet.
    if (data.length === 0 || onPacket === null) return;
    const from = {
      server_socket: this.index,
      dispatch_time: Date.now() / 1000,
      server_port: this.unix ? 0 : this.port.port,
      address,
    };
    const info = this.unix ? (from as PacketInfo) : { ...from, port };
    if (this.port.resolved.event_object) {
      const event = Object.assign(new PacketEvent(), info, { data });
      runtime.call('packet', null, () => onPacket(server, event));
    } else runtime.call('packet', null, () => onPacket(server, data, info));
    runtime.counters.receivedBytes += data.length;
    runtime.counters.requests++;
  }
}
