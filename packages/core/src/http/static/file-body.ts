import { closeSync, constants, fstatSync, openSync, read, readSync } from 'node:fs';
import { promisify } from 'node:util';
import type { Piece } from './byteranges.js';
import type { Range } from './ranges.js';

const chunkSize = 65536;
const readFrom = promisify(read);

/** An open file whose bytes become a response body. */
export class FileBody implements AsyncIterable<Uint8Array> {
  /** The parts of the body, in order; set before it is read. */
  pieces: readonly Piece[] = [];
  private reading = false;
  private closed = false;

  private constructor(
    private readonly fd: number,
    readonly size: number,
    /** Seconds since 1970. */
    readonly modified: number,
  ) {}

  /**
   * Opens a regular file.
   * @param path a real path: when its last part has become a link meanwhile, that is a failure
   * @returns null when it cannot be read
   */
  static open(path: string): FileBody | null {
    let fd = -1;
    try {
      // O_NOFOLLOW is missing on Windows; O_NONBLOCK so that a pipe put in the file's place cannot hang the server.
      fd = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
      const stats = fstatSync(fd);
      if (stats.isFile()) return new FileBody(fd, stats.size, Math.floor(stats.mtimeMs / 1000));
    } catch {
      if (fd < 0) return null;
    }
    closeSync(fd);
    return null;
  }

  /** Reads all pieces at once; null when the file has shrunk meanwhile or fails. */
  readAll(): Buffer | null {
    const parts: Buffer[] = [];
    for (const piece of this.pieces) {
      const part = typeof piece === 'string' ? Buffer.from(piece) : this.readPart(piece);
      if (part === null) return null;
      parts.push(part);
    }
    return parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
  }

  private readPart({ offset, length }: Range): Buffer | null {
    const part = Buffer.allocUnsafe(length);
    try {
      for (let done = 0; done < length; ) {
        const count = readSync(this.fd, part, done, length - done, offset + done);
        if (count === 0) return null;
        done += count;
      }
      return part;
    } catch {
      return null;
    }
  }

  /** The pieces in chunks of up to 64 KiB. Ends early when the file has shrunk or fails. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void> {
    for (const piece of this.pieces) {
      if (typeof piece === 'string') {
        yield Buffer.from(piece);
        continue;
      }
      for (let done = 0; done < piece.length; ) {
        const chunk = await this.readChunk(piece.offset + done, Math.min(chunkSize, piece.length - done));
        if (chunk === null) return;
        done += chunk.length;
        yield chunk;
      }
    }
  }

  private async readChunk(position: number, length: number): Promise<Uint8Array | null> {
    if (this.closed) return null;
    this.reading = true;
    try {
      const { bytesRead, buffer } = await readFrom(this.fd, Buffer.allocUnsafe(length), 0, length, position);
      return bytesRead === 0 ? null : buffer.subarray(0, bytesRead);
    } catch {
      return null;
    } finally {
      this.reading = false;
      if (this.closed) closeSync(this.fd);
    }
  }

  /** Closes the file; once a read under way has ended, for its number may be given to another file at once. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    if (!this.reading) closeSync(this.fd);
  }
}
