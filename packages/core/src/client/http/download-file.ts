import { type FileHandle, open } from 'node:fs/promises';
import { fail } from '../../errors/last-error.js';

/** The file that a download is written to. */
export class DownloadFile {
  private constructor(
    private readonly handle: FileHandle,
    readonly stream: NodeJS.WritableStream,
    private readonly finished: Promise<boolean>,
  ) {}

  /** @param offset where to begin; 0 empties the file. @returns false with the system's error number */
  static async open(file: string, offset: number): Promise<DownloadFile | false> {
    let handle: FileHandle;
    try {
      handle = await open(file, offset > 0 ? 'r+' : 'w');
    } catch (error) {
      return fail(Math.abs((error as NodeJS.ErrnoException).errno ?? 0));
    }
    const stream = handle.createWriteStream(offset > 0 ? { start: offset } : {});
    const finished = new Promise<boolean>((resolve) => {
      stream.once('close', () => resolve(true)).once('error', () => resolve(false));
    });
    return new DownloadFile(handle, stream, finished);
  }

  /** @returns whether all was written */
  async close(): Promise<boolean> {
    this.stream.end();
    const written = await this.finished;
    await this.handle.close().catch(() => {});
    return written;
  }
}
