import { accessSync, constants, lstatSync, readlinkSync, realpathSync, type Stats, statSync } from 'node:fs';
import { warn } from '../errors/raise.js';
import { toStr } from '../value/convert.js';
import { attempt, quietly } from './failure.js';

const stats = (filename: unknown): Stats | null => quietly(() => statSync(toStr(filename)), null);

export function file_exists(filename: unknown): boolean {
  return stats(filename) !== null;
}
export function is_file(filename: unknown): boolean {
  return stats(filename)?.isFile() ?? false;
}
export function is_dir(filename: unknown): boolean {
  return stats(filename)?.isDirectory() ?? false;
}
export function is_link(filename: unknown): boolean {
  return quietly(() => lstatSync(toStr(filename)).isSymbolicLink(), false);
}

const may = (filename: unknown, what: number): boolean =>
  quietly(() => {
    accessSync(toStr(filename), what);
    return true;
  }, false);

export function is_readable(filename: unknown): boolean {
  return may(filename, constants.R_OK);
}
export function is_writable(filename: unknown): boolean {
  return may(filename, constants.W_OK);
}
export { is_writable as is_writeable };
export function is_executable(filename: unknown): boolean {
  return may(filename, constants.X_OK);
}

export function filesize(filename: unknown): number | false {
  return field('filesize', filename, (found) => found.size);
}
export function filemtime(filename: unknown): number | false {
  return field('filemtime', filename, (found) => Math.floor(found.mtimeMs / 1000));
}
export function fileatime(filename: unknown): number | false {
  return field('fileatime', filename, (found) => Math.floor(found.atimeMs / 1000));
}
export function filectime(filename: unknown): number | false {
  return field('filectime', filename, (found) => Math.floor(found.ctimeMs / 1000));
}
export function fileperms(filename: unknown): number | false {
  return field('fileperms', filename, (found) => found.mode);
}
export function fileinode(filename: unknown): number | false {
  return field('fileinode', filename, (found) => found.ino);
}
export function fileowner(filename: unknown): number | false {
  return field('fileowner', filename, (found) => found.uid);
}
export function filegroup(filename: unknown): number | false {
  return field('filegroup', filename, (found) => found.gid);
}
export function filetype(filename: unknown): string | false {
  return field('filetype', filename, (found) =>
    found.isDirectory()
      ? 'dir'
      : found.isFile()
        ? 'file'
        : found.isFIFO()
          ? 'fifo'
          : found.isCharacterDevice()
            ? 'char'
            : 'unknown',
  );
}

function field<T>(who: string, filename: unknown, pick: (found: Stats) => T): T | false {
  const found = stats(filename);
  if (found !== null) return pick(found);
  warn(`${who}(): stat failed for ${toStr(filename)}`);
  return false;
}

/** What `stat` tells, by name. */
export interface FileStat {
  dev: number;
  ino: number;
  mode: number;
  nlink: number;
  uid: number;
  gid: number;
  rdev: number;
  size: number;
  atime: number;
  mtime: number;
  ctime: number;
  blksize: number;
  blocks: number;
}

export function stat(filename: unknown): FileStat | false {
  return field('stat', filename, statOf);
}

/** Node's answer in PHP's names; times in seconds. */
export function statOf(found: Stats): FileStat {
  const { dev, ino, mode, nlink, uid, gid, rdev, size, blksize, blocks } = found;
  const seconds = (ms: number): number => Math.floor(ms / 1000);
  return {
    dev,
    ino,
    mode,
    nlink,
    uid,
    gid,
    rdev,
    size,
    atime: seconds(found.atimeMs),
    mtime: seconds(found.mtimeMs),
    ctime: seconds(found.ctimeMs),
    blksize,
    blocks,
  };
}

/** Nothing is cached here. */
export function clearstatcache(_clear_realpath_cache = false, _filename: unknown = ''): void {}

/** The path without links and dots; false when there is no such file. */
export function realpath(path: unknown): string | false {
  const given = toStr(path);
  return quietly<string | false>(() => realpathSync(given === '' ? '.' : given), false);
}

export function readlink(path: unknown): string | false {
  return attempt('readlink()', () => readlinkSync(toStr(path)));
}
