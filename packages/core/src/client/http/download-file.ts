import { constants, createWriteStream, ftruncateSync, openSync } from 'node:fs';
import type { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fail } from '../../errors/last-error.js';
import { unpacker } from './content-encoding.js';

const MODE = 0o664;

/** The file that the body of an answer is written to. It is opened when the first bytes come. */
export class DownloadFile {
  #target: Writable | null = null;
  #written: Promise<boolean> | null = null;

  /** @param offset where in the file to begin; 0 empties it first */
  constructor(
    private readonly path: string,
    private readonly offset: number,
  ) {}

  /** Whether there was anything to write. */
  get begun(): boolean {
    return this.#target !== null;
  }

  /**
   * Takes a piece of the body.
   * @param encoding how the body is packed, '' for not at all
   * @param source whose bytes they are: it waits while the disk does not keep up
   * @returns false when the file cannot be opened
   */
  write(piece: Buffer, encoding: string, source: Socket): boolean {
    this.#target ??= this.#open(encoding, piece[0] as number);
    if (this.#target === null) return false;
    if (!this.#target.write(piece)) {
      source.pause();
      this.#target.once('drain', () => source.resume());
    }
    return true;
  }

  /** The body is over. @returns whether all was written */
  async close(): Promise<boolean> {
    this.#target?.end();
    return (await this.#written) ?? true;
  }

  #open(encoding: string, first: number): Writable | null {
    try {
      const fd = openSync(this.path, constants.O_CREAT | constants.O_WRONLY, MODE);
      if (this.offset === 0) ftruncateSync(fd, 0);
      const file = createWriteStream('', { fd, start: this.offset });
      const unpacking = unpacker(encoding, first);
      const done = unpacking === null ? finished(file) : pipeline(unpacking, file);
      this.#written = done.then(
        () => true,
        () => false,
      );
      return unpacking ?? file;
    } catch (error) {
      fail(Math.abs((error as NodeJS.ErrnoException).errno ?? 0));
      return null;
    }
  }
}

function finished(file: Writable): Promise<void> {
  return new Promise((resolve, reject) => {
    file.once('close', resolve).once('error', reject);
  });
}
