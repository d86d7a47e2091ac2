import { closeSync, createReadStream, openSync } from 'node:fs';
import type net from 'node:net';

/** A part of an open file. */
interface FilePart {
  readonly file: number;
  readonly offset: number;
  readonly length: number;
}

/** What leaves a socket behind a file: bytes and further files, in order, a file no faster than the peer reads. */
export class FileQueue {
  /** Bytes that wait behind a file. */
  waitingBytes = 0;
  private readonly waiting: Array<Buffer | FilePart> = [];
  private stopped = false;

  /** @param done called once nothing waits any more, with the error when a file could not be read to its end */
  constructor(
    private readonly socket: net.Socket,
    private readonly done: (error: Error | null) => void,
  ) {}

  /** The file is opened at once: the program may remove it right after. @throws Error of the system when it cannot be opened */
  addFile(path: string, offset: number, length: number): void {
    this.waiting.push({ file: openSync(path, 'r'), offset, length });
  }

  addBytes(bytes: Buffer): void {
    this.waiting.push(bytes);
    this.waitingBytes += bytes.length;
  }

  /** Begins to send what was added first. */
  start(): void {
    this.run().then(
      () => this.done(null),
      (error: Error) => this.done(error),
    );
  }

  /** Gives up: the connection is gone. */
  stop(): void {
    this.stopped = true;
    for (const item of this.waiting.splice(0)) if (!Buffer.isBuffer(item)) closeSync(item.file);
    this.waitingBytes = 0;
  }

  private async run(): Promise<void> {
    for (let item = this.waiting.shift(); item !== undefined; item = this.waiting.shift()) {
      if (Buffer.isBuffer(item)) {
        this.waitingBytes -= item.length;
        this.socket.write(item);
      } else await this.send(item);
    }
  }

  private async send({ file, offset, length }: FilePart): Promise<void> {
    let sent = 0;
    const { socket } = this;
    for await (const chunk of createReadStream('', { fd: file, start: offset, end: offset + length - 1 })) {
      if (this.stopped) return;
      sent += (chunk as Buffer).length;
      if (!socket.write(chunk as Buffer)) await drained(socket);
    }
    if (sent < length && !this.stopped) throw new Error(`the file ended ${length - sent} bytes early`);
  }
}

function drained(socket: net.Socket): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      socket.off('drain', go).off('close', go);
      resolve();
    };
    socket.on('drain', go).on('close', go);
  });
}
