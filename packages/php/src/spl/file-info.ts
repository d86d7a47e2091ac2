import { lstatSync, type Stats, statSync } from 'node:fs';
import { RuntimeException } from '../errors/exceptions.js';
import { quietly } from '../files/failure.js';
import {
  is_dir,
  is_executable,
  is_file,
  is_link,
  is_readable,
  is_writable,
  readlink,
  realpath,
} from '../files/info.js';
import { basename } from '../files/paths.js';
import { toStr } from '../value/convert.js';

/** What can be told of a file by its name. The file itself is looked at when something of it is asked for. */
export class SplFileInfo {
  static readonly phpName: string = 'SplFileInfo';
  readonly #pathname: string;

  constructor(filename: unknown) {
    this.#pathname = toStr(filename).replace(/(?<=.)\/+$/, '');
  }

  /** The whole name as it was given. */
  getPathname(): string {
    return this.#pathname;
  }

  /** The folder it is in, without a slash at the end; empty when the name has none. */
  getPath(): string {
    const pathname = this.getPathname();
    return pathname.slice(0, Math.max(0, pathname.lastIndexOf('/')));
  }

  /** The name without its folder. */
  getFilename(): string {
    const path = this.getPath();
    return path === '' ? this.getPathname() : this.getPathname().slice(path.length + 1);
  }

  /** The name without its folder and without `suffix` at the end. */
  getBasename(suffix = ''): string {
    return basename(this.getFilename(), suffix);
  }

  /** What follows the last dot of the name; empty when there is none. */
  getExtension(): string {
    const name = this.getFilename();
    return name.includes('.') ? name.slice(name.lastIndexOf('.') + 1) : '';
  }

  isDir(): boolean {
    return is_dir(this.getPathname());
  }

  isFile(): boolean {
    return is_file(this.getPathname());
  }

  isLink(): boolean {
    return is_link(this.getPathname());
  }

  isReadable(): boolean {
    return is_readable(this.getPathname());
  }

  isWritable(): boolean {
    return is_writable(this.getPathname());
  }

  isExecutable(): boolean {
    return is_executable(this.getPathname());
  }

  /** Its length in bytes. */
  getSize(): number {
    return this.#stat('getSize').size;
  }

  getPerms(): number {
    return this.#stat('getPerms').mode;
  }

  getInode(): number {
    return this.#stat('getInode').ino;
  }

  getOwner(): number {
    return this.#stat('getOwner').uid;
  }

  getGroup(): number {
    return this.#stat('getGroup').gid;
  }

  /** When it was last changed, in seconds since 1970. */
  getMTime(): number {
    return Math.floor(this.#stat('getMTime').mtimeMs / 1000);
  }

  getATime(): number {
    return Math.floor(this.#stat('getATime').atimeMs / 1000);
  }

  getCTime(): number {
    return Math.floor(this.#stat('getCTime').ctimeMs / 1000);
  }

  /** `file`, `dir` or `link`, or another kind of file. */
  getType(): string {
    const found = quietly(() => lstatSync(this.getPathname()), null);
    if (found === null) throw this.#unseen('getType', 'Lstat');
    if (found.isSymbolicLink()) return 'link';
    if (found.isDirectory()) return 'dir';
    if (found.isFile()) return 'file';
    if (found.isFIFO()) return 'fifo';
    return found.isCharacterDevice() ? 'char' : found.isBlockDevice() ? 'block' : 'unknown';
  }

  /** The name without links and dots; false when there is no such file. */
  getRealPath(): string | false {
    return realpath(this.getPathname());
  }

  /** Where a link leads. */
  getLinkTarget(): string | false {
    return readlink(this.getPathname());
  }

  getFileInfo(): SplFileInfo {
    return new SplFileInfo(this.getPathname());
  }

  __toString(): string {
    return this.getPathname();
  }

  toString(): string {
    return this.__toString();
  }

  #stat(method: string): Stats {
    const found = quietly(() => statSync(this.getPathname()), null);
    if (found === null) throw this.#unseen(method, 'stat');
    return found;
  }

  #unseen(method: string, what: string): RuntimeException {
    return new RuntimeException(`SplFileInfo::${method}(): ${what} failed for ${this.getPathname()}`);
  }
}
