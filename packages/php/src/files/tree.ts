import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  statfsSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { GLOB_BRACE, GLOB_MARK, GLOB_NOCHECK, GLOB_NOSORT, GLOB_ONLYDIR } from '../constants/files.js';
import { warn } from '../errors/raise.js';
import { compareBytes } from '../value/compare.js';
import { toInt, toStr } from '../value/convert.js';
import { attempt, quietly } from './failure.js';
import { is_dir } from './info.js';
import { fnmatch } from './paths.js';
import { Resource } from './resource.js';

const done =
  (work: () => void): (() => true) =>
  () => {
    work();
    return true;
  };

/** Removes a file. */
export function unlink(filename: unknown, _context: unknown = null): boolean {
  const file = toStr(filename);
  return attempt(
    `unlink(${file})`,
    done(() => unlinkSync(file)),
  );
}

export function rename(from: unknown, to: unknown): boolean {
  const [a, b] = [toStr(from), toStr(to)];
  return attempt(
    `rename(${a},${b})`,
    done(() => renameSync(a, b)),
  );
}

/** Copies a file. */
export function copy(from: unknown, to: unknown): boolean {
  const [a, b] = [toStr(from), toStr(to)];
  return attempt(
    `copy(${a})`,
    done(() => copyFileSync(a, b)),
    'Failed to open stream: ',
  );
}

/** Makes a directory, with those above it when `recursive` is true. */
export function mkdir(directory: unknown, permissions = 0o777, recursive = false): boolean {
  const dir = toStr(directory);
  if (existsSync(dir)) {
    warn('mkdir(): File exists');
    return false;
  }
  return attempt(
    'mkdir()',
    done(() => void mkdirSync(dir, { mode: permissions, recursive })),
  );
}

export function rmdir(directory: unknown): boolean {
  const dir = toStr(directory);
  return attempt(
    `rmdir(${dir})`,
    done(() => rmdirSync(dir)),
  );
}

/** Sets the times of a file in seconds, and makes it when it is not there. */
export function touch(filename: unknown, mtime: number | null = null, atime: number | null = null): boolean {
  const file = toStr(filename);
  const now = Date.now() / 1000;
  return attempt(
    'touch()',
    done(() => {
      if (!existsSync(file)) writeFileSync(file, '');
      utimesSync(file, atime ?? mtime ?? now, mtime ?? now);
    }),
  );
}

export function chmod(filename: unknown, permissions: number): boolean {
  return attempt(
    'chmod()',
    done(() => chmodSync(toStr(filename), permissions)),
  );
}

export function chown(filename: unknown, user: number): boolean {
  return attempt(
    'chown()',
    done(() => chownSync(toStr(filename), toInt(user), lstatSync(toStr(filename)).gid)),
  );
}

export function symlink(target: unknown, link: unknown): boolean {
  return attempt(
    'symlink()',
    done(() => symlinkSync(toStr(target), toStr(link))),
  );
}

export function link(target: unknown, link: unknown): boolean {
  return attempt(
    'link()',
    done(() => linkSync(toStr(target), toStr(link))),
  );
}

export function umask(mask: number | null = null): number {
  return mask === null ? process.umask() : process.umask(mask);
}

export function getcwd(): string {
  return process.cwd();
}

export function chdir(directory: unknown): boolean {
  return attempt(
    'chdir()',
    done(() => process.chdir(toStr(directory))),
  );
}

/** Makes an empty file with a name of its own. */
export function tempnam(directory: unknown, prefix: unknown): string | false {
  const file = path.join(
    toStr(directory),
    `${toStr(prefix)}${randomBytes(6).toString('base64url').replace(/[-_]/g, 'x').slice(0, 6)}`,
  );
  return attempt('tempnam()', () => {
    writeFileSync(file, '', { flag: 'wx', mode: 0o600 });
    return file;
  });
}

export function disk_free_space(directory: unknown): number | false {
  return attempt('disk_free_space()', () => {
    const { bavail, bsize } = statfsSync(toStr(directory));
    return bavail * bsize;
  });
}

export function disk_total_space(directory: unknown): number | false {
  return attempt('disk_total_space()', () => {
    const { blocks, bsize } = statfsSync(toStr(directory));
    return blocks * bsize;
  });
}

const namesIn = (dir: string): string[] => ['.', '..', ...readdirSync(dir)];

/** The names in a directory, `.` and `..` too, in order; backwards with SCANDIR_SORT_DESCENDING. */
export function scandir(directory: unknown, sorting_order = 0): string[] | false {
  const dir = toStr(directory);
  const names = attempt(`scandir(${dir})`, () => namesIn(dir), 'Failed to open directory: ');
  if (names === false) {
    warn('scandir(): (errno 2): No such file or directory');
    return false;
  }
  if (sorting_order === 2) return names;
  names.sort(compareBytes);
  return sorting_order === 1 ? names.reverse() : names;
}

/** A directory that is open, as `opendir()` gives it. */
export class DirectoryHandle extends Resource {
  readonly names: string[];
  next = 0;

  constructor(names: string[]) {
    super('stream');
    this.names = names;
  }
}

export function opendir(directory: unknown): DirectoryHandle | false {
  const dir = toStr(directory);
  return attempt(`opendir(${dir})`, () => new DirectoryHandle(namesIn(dir)), 'Failed to open directory: ');
}

/** The next name, false at the end. */
export function readdir(dir_handle: DirectoryHandle): string | false {
  return dir_handle.names[dir_handle.next++] ?? false;
}

export function rewinddir(dir_handle: DirectoryHandle): void {
  dir_handle.next = 0;
}

export function closedir(dir_handle: DirectoryHandle): void {
  dir_handle.closed = true;
}

/** A directory that is open, as an object. */
export class Directory {
  static readonly phpName: string = 'Directory';

  constructor(
    readonly path: string,
    readonly handle: DirectoryHandle,
  ) {}

  /** The next name, false at the end. */
  read(): string | false {
    return readdir(this.handle);
  }

  rewind(): void {
    rewinddir(this.handle);
  }

  close(): void {
    closedir(this.handle);
  }
}

/** Opens a directory. */
export function dir(directory: unknown): Directory | false {
  const path = toStr(directory);
  const handle = attempt(
    `dir(${path})`,
    () => new DirectoryHandle(namesIn(path)),
    'Failed to open directory: ',
  );
  return handle === false ? false : new Directory(path, handle);
}

/** The files whose paths match a shell pattern, in order. */
export function glob(pattern: unknown, flags = 0): string[] {
  const patterns = (flags & GLOB_BRACE) !== 0 ? braces(toStr(pattern)) : [toStr(pattern)];
  const found = patterns.flatMap((one) => {
    const hits = expand(one).filter((file) => (flags & GLOB_ONLYDIR) === 0 || is_dir(file));
    return (flags & GLOB_NOSORT) === 0 ? hits.sort(compareBytes) : hits;
  });
  const shown = (flags & GLOB_MARK) !== 0 ? found.map((file) => (is_dir(file) ? `${file}/` : file)) : found;
  return shown.length === 0 && (flags & GLOB_NOCHECK) !== 0 ? patterns : shown;
}

function braces(pattern: string): string[] {
  const found = /\{([^{}]*)\}/.exec(pattern);
  if (found === null) return [pattern];
  const [before, after] = [pattern.slice(0, found.index), pattern.slice(found.index + found[0].length)];
  return (found[1] ?? '').split(',').flatMap((choice) => braces(before + choice + after));
}

function expand(pattern: string): string[] {
  const parts = pattern.split('/');
  let bases = [parts[0] === '' ? '/' : ''];
  if (parts[0] === '') parts.shift();
  for (const [i, part] of parts.entries()) {
    const isLast = i === parts.length - 1;
    if (part === '') continue;
    bases = bases.flatMap((base) => {
      const join = (name: string): string =>
        base === '' || base.endsWith('/') ? base + name : `${base}/${name}`;
      if (!/[*?[]/.test(part)) return existsSync(join(part)) ? [join(part)] : [];
      const names = quietly(() => readdirSync(base === '' ? '.' : base), []);
      return names
        .filter((name) => (!name.startsWith('.') || part.startsWith('.')) && fnmatch(part, name))
        .map(join)
        .filter((file) => isLast || is_dir(file));
    });
  }
  return bases.filter((base) => base !== '');
}
