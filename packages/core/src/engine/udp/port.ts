import dgram from 'node:dgram';
import type { DatagramListener, DatagramOptions, DatagramPort } from '../datagram.js';
import type { Bytes } from '../engine.js';

const EAGAIN = 11;

/** A UDP port. */
export class UdpPort implements DatagramPort {
  readonly socket: dgram.Socket;
  private open = true;

  constructor(
    private readonly options: DatagramOptions & { readonly family: 'udp4' | 'udp6' },
    listener: DatagramListener,
  ) {
    const family = options.family === 'udp4' ? 4 : 6;
    this.socket = dgram.createSocket({
      type: options.family,
      ...(options.reusePort ? { reusePort: true } : {}),
      // Addresses are checked before: nothing is to be looked up, and a datagram leaves within the call that sends it.
      lookup: (address, _options, found) => found(null, address, family),
    });
    this.socket.on('message', (data, from) => {
      if (this.open) listener.packet(data, from.address, from.port);
    });
    // A datagram that could not be delivered: UDP promises nothing.
    this.socket.on('error', () => {});
  }

  listen(host: string, port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.socket.once('error', reject);
      this.socket.bind(port, host, () => {
        this.socket.off('error', reject);
        resolve(this.socket.address().port);
      });
    });
  }

  /** Never called: it has a port. */
  listenUnix(): Promise<void> {
    return Promise.reject(new Error('a UDP port has no path'));
  }

  send(data: Bytes, address: string, port: number): number {
    if (!this.open || this.socket.getSendQueueSize() + data.length > this.options.maxWaiting) return EAGAIN;
    this.socket.send(Buffer.from(data as string), port, address, ignore);
    return 0;
  }

  stopListening(): void {
    this.open = false;
  }

  close(): void {
    this.open = false;
    this.socket.close();
  }

  reloadCertificate(): void {}
}

/** Without a callback errors of single datagrams would be raised on the socket. */
function ignore(): void {}
