import type { MessagePort } from 'node:worker_threads';
import type { PipeEnd } from './pipe-end.js';
import { MOST_UNREAD, type PipeWay } from './pipe-way.js';

/** A pipe between two threads. What the other end has read comes back as a number. */
export class PortWay implements PipeWay {
  private unread = 0;

  constructor(
    private readonly port: MessagePort,
    end: PipeEnd,
  ) {
    port.on('message', (message: Uint8Array | number) => {
      if (typeof message === 'number') this.unread -= message;
      else end.arrived(message);
    });
    port.on('close', () => end.ended());
    port.unref();
  }

  send(bytes: Uint8Array): boolean {
    if (this.unread + bytes.length > MOST_UNREAD) return false;
    this.unread += bytes.length;
    this.port.postMessage(bytes);
    return true;
  }

  want(): void {}

  took(bytes: number): void {
    this.port.postMessage(bytes);
  }

  hold(waits: boolean): void {
    if (waits) this.port.ref();
    else this.port.unref();
  }

  close(): void {
    this.port.close();
  }
}
