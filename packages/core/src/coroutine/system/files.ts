import { appendFile, readFile, statfs, writeFile } from 'node:fs/promises';
import { fail } from '../../errors/last-error.js';

const FILE_APPEND = 8;

/** What `System.statvfs()` tells of a file system. */
export interface FileSystemStats {
  /** Bytes in a block. */
  bsize: number;
  frsize: number;
  /** How many blocks there are. */
  blocks: number;
  /** How many blocks are free. */
  bfree: number;
  /** How many blocks are free for everybody. */
  bavail: number;
  /** How many files there may be. */
  files: number;
  /** How many files may still be made. */
  ffree: number;
  favail: number;
}

export async function readWhole(filename: string): Promise<Buffer | false> {
  return readFile(filename).catch(failed);
}

export async function writeWhole(
  filename: string,
  content: string | Uint8Array,
  flags: number,
): Promise<number | false> {
  const write = (flags & FILE_APPEND) !== 0 ? appendFile : writeFile;
  return write(filename, content).then(
    () => (typeof content === 'string' ? Buffer.byteLength(content) : content.byteLength),
    failed,
  );
}

export async function fileSystem(path: string): Promise<FileSystemStats | false> {
  return statfs(path).then(
    ({ bsize, blocks, bfree, bavail, files, ffree }) => ({
      bsize,
      frsize: bsize,
      blocks,
      bfree,
      bavail,
      files,
      ffree,
      favail: ffree,
    }),
    failed,
  );
}

function failed(error: NodeJS.ErrnoException): false {
  return fail(Math.abs(error.errno ?? 0));
}
