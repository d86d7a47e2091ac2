import type * as Swoole from 'swoole-ts';
import { INTERVAL, packet, Refusal } from './packets.ts';

interface Device {
  /** Its fd. */
  device: number;
  name: string;
  value: number | null;
  readings: number;
}

/** Who is connected, and what they said last. In plain variables: the server has one worker. */
export class Gateway {
  private readonly devices = new Map<number, Device>();
  private readings = 0;

  constructor(private readonly server: Swoole.WebSocket.Server) {}

  hello(fd: number, name: string): void {
    if (this.devices.has(fd)) {
      throw new Refusal('hello was said before');
    }
    const device = { device: fd, name, value: null, readings: 0 };
    this.devices.set(fd, device);
    this.tell({ type: 'device', ...device });
  }

  reading(fd: number, value: number): void {
    const device = this.devices.get(fd);
    if (device === undefined) {
      throw new Refusal('hello comes first');
    }
    device.value = value;
    device.readings++;
    this.readings++;
    this.tell({ type: 'device', ...device });
  }

  gone(fd: number): void {
    if (!this.devices.delete(fd)) {
      return;
    }
    this.tell({ type: 'gone', device: fd });
  }

  /** Everything, for a dashboard that has just come. */
  show(fd: number): void {
    this.server.push(fd, JSON.stringify({ type: 'devices', devices: [...this.devices.values()] }));
  }

  /** Tells a device how often to send; false when there is no such device. */
  interval(device: number, seconds: number): boolean {
    const rest = Buffer.alloc(2);
    rest.writeUInt16BE(seconds);
    return this.devices.has(device) && this.server.send(device, packet(INTERVAL, rest));
  }

  stats(): { devices: number; readings: number; connections: number } {
    return {
      devices: this.devices.size,
      readings: this.readings,
      connections: this.server.connections.count(),
    };
  }

  /** All dashboards hear it. */
  private tell(message: object): void {
    const text = JSON.stringify(message);
    for (const fd of this.server.connections) {
      if (this.server.isEstablished(fd)) {
        this.server.push(fd, text);
      }
    }
  }
}
