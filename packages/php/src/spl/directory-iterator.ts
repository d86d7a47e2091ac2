import { readdirSync } from 'node:fs';
import { OutOfBoundsException, UnexpectedValueException, ValueError } from '../errors/exceptions.js';
import { systemText } from '../files/failure.js';
import { className, toStr } from '../value/convert.js';
import type { Iterator } from '../value/foreach.js';
import type { Mixed } from '../value/mixed.js';
import { SplFileInfo } from './file-info.js';

/** Goes over a folder, `.` and `..` included: it is itself the file that it stands at. */
export class DirectoryIterator extends SplFileInfo implements Iterator<Mixed, Mixed> {
  static override readonly phpName: string = 'DirectoryIterator';
  readonly #directory: string;
  #names: string[];
  #at = 0;

  constructor(directory: unknown) {
    super(directory);
    if (toStr(directory) === '')
      throw new ValueError(`${className(this)}::__construct(): Argument #1 ($directory) cannot be empty`);
    this.#directory = super.getPathname();
    this.#names = this.#read();
  }

  #read(): string[] {
    try {
      return ['.', '..', ...readdirSync(this.#directory)].filter((name) => this.takes(name));
    } catch (error) {
      throw new UnexpectedValueException(
        `${className(this)}::__construct(${this.#directory}): Failed to open directory: ${systemText(error)}`,
      );
    }
  }

  /** Whether a name of the folder is gone over. */
  protected takes(_name: string): boolean {
    return true;
  }

  override getPath(): string {
    return this.#directory;
  }

  override getFilename(): string {
    return this.#names[this.#at] ?? '';
  }

  override getPathname(): string {
    return this.valid() ? `${this.#directory}/${this.getFilename()}` : '';
  }

  /** Whether it stands at `.` or `..`. */
  isDot(): boolean {
    return ['.', '..'].includes(this.getFilename());
  }

  current(): Mixed {
    return this;
  }

  key(): Mixed {
    return this.#at;
  }

  next(): void {
    this.#at++;
  }

  /** Reads the folder again and goes to its first file. */
  rewind(): void {
    this.#names = this.#read();
    this.#at = 0;
  }

  /** Goes to the file of this number. */
  seek(offset: number): void {
    if (offset < 0 || offset > this.#names.length)
      throw new OutOfBoundsException(`Seek position ${offset} is out of range`);
    this.#at = offset;
  }

  valid(): boolean {
    return this.#at < this.#names.length;
  }

  override __toString(): string {
    return this.getFilename();
  }
}

/** Goes over a folder: pathnames are its keys, and a new SplFileInfo each value, unless `flags` say otherwise. */
export class FilesystemIterator extends DirectoryIterator {
  static override readonly phpName: string = 'FilesystemIterator';
  static readonly CURRENT_MODE_MASK = 0xf0;
  static readonly CURRENT_AS_PATHNAME = 0x20;
  static readonly CURRENT_AS_FILEINFO = 0;
  static readonly CURRENT_AS_SELF = 0x10;
  static readonly KEY_MODE_MASK = 0xf00;
  static readonly KEY_AS_PATHNAME = 0;
  static readonly KEY_AS_FILENAME = 0x100;
  static readonly NEW_CURRENT_AND_KEY = 0x100;
  static readonly OTHER_MODE_MASK = 0x7000;
  static readonly SKIP_DOTS = 0x1000;
  static readonly UNIX_PATHS = 0x2000;
  static readonly FOLLOW_SYMLINKS = 0x4000;
  #flags: number;

  constructor(directory: unknown, flags = FilesystemIterator.SKIP_DOTS) {
    super(directory);
    this.#flags = flags;
    this.rewind();
  }

  protected override takes(name: string): boolean {
    // The folder is read once before there are flags.
    return !(#flags in this && this.#flags & FilesystemIterator.SKIP_DOTS && /^\.\.?$/.test(name));
  }

  getFlags(): number {
    return (
      this.#flags &
      (FilesystemIterator.OTHER_MODE_MASK |
        FilesystemIterator.KEY_MODE_MASK |
        FilesystemIterator.CURRENT_MODE_MASK)
    );
  }

  setFlags(flags: number): void {
    this.#flags = flags;
  }

  override current(): Mixed {
    if (this.#flags & FilesystemIterator.CURRENT_AS_PATHNAME) return this.getPathname();
    return this.#flags & FilesystemIterator.CURRENT_AS_SELF ? this : this.getFileInfo();
  }

  override key(): Mixed {
    return this.#flags & FilesystemIterator.KEY_AS_FILENAME ? this.getFilename() : this.getPathname();
  }

  override __toString(): string {
    return this.getPathname();
  }
}

/** A FilesystemIterator that can go into the folders of its folder: for RecursiveIteratorIterator. */
export class RecursiveDirectoryIterator extends FilesystemIterator {
  static override readonly phpName: string = 'RecursiveDirectoryIterator';
  #subPath = '';

  constructor(directory: unknown, flags = 0) {
    super(directory, flags);
  }

  /** Whether it stands at a folder to go into; at a link to one only when that is allowed. */
  hasChildren(allowLinks = false): boolean {
    if (!this.valid() || this.isDot()) return false;
    const links = allowLinks || (this.getFlags() & FilesystemIterator.FOLLOW_SYMLINKS) !== 0;
    return this.isDir() && (links || !this.isLink());
  }

  getChildren(): RecursiveDirectoryIterator {
    const children = new RecursiveDirectoryIterator(this.getPathname(), this.getFlags());
    children.#subPath = this.getSubPathname();
    return children;
  }

  /** The folder it goes over, as seen from the first one. */
  getSubPath(): string {
    return this.#subPath;
  }

  /** The file it stands at, as seen from the first folder. */
  getSubPathname(): string {
    return this.#subPath === '' ? this.getFilename() : `${this.#subPath}/${this.getFilename()}`;
  }
}
