import type { MessagePort } from 'node:worker_threads';

const SOCK_STREAM = 1;

/** One end of the pipe between a process and the thread that started it. */
export class Pipe {
  private readonly arrived: Buffer[] = [];
  private readonly readers: Array<{ size: number; resolve: (data: Buffer) => void }> = [];
  private over = false;

  /** @param type SOCK_STREAM (1) for bytes in a row, SOCK_DGRAM (2) for packets */
  constructor(
    private readonly port: MessagePort,
    private readonly type: number,
  ) {
    port.on('message', (data: Uint8Array) => {
      this.arrived.push(Buffer.from(data.buffer, data.byteOffset, data.byteLength));
      this.serve();
    });
    port.on('close', () => {
      this.over = true;
      this.serve();
    });
    // Only somebody who reads keeps a thread from ending.
    port.unref();
  }

  write(data: string | Uint8Array): number {
    const bytes = typeof data === 'string' ? Buffer.from(data) : data;
    this.port.postMessage(new Uint8Array(bytes));
    return bytes.byteLength;
  }

  /** At most so many bytes: of one packet, whose rest is lost, or of all that has come. Empty once the other end is closed. */
  read(size: number): Promise<Buffer> {
    return new Promise((resolve) => {
      this.readers.push({ size, resolve });
      this.port.ref();
      this.serve();
    });
  }

  close(): void {
    this.port.close();
  }

  private serve(): void {
    while (this.readers.length > 0 && (this.over || this.arrived.length > 0)) {
      const { size, resolve } = this.readers.shift() as (typeof this.readers)[number];
      resolve(this.take(size));
    }
    if (this.readers.length === 0) this.port.unref();
  }

  private take(size: number): Buffer {
    if (this.type !== SOCK_STREAM) return (this.arrived.shift() ?? Buffer.alloc(0)).subarray(0, size);
    const all = Buffer.concat(this.arrived.splice(0));
    if (all.length > size) this.arrived.push(all.subarray(size));
    return all.subarray(0, size);
  }
}
