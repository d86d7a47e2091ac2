import { realpathSync, type Stats, statSync } from 'node:fs';
import { posix, sep } from 'node:path';

const windows = process.platform === 'win32';

/**
 * Decodes the path of a request target, once: cut at `#`, `+` is a space, as in Swoole.
 * @returns null when it can name no file: no slash in front, not UTF-8, a NUL inside
 */
export function decodePath(target: string): string | null {
  if (target.charCodeAt(0) !== 0x2f) return null;
  const hash = target.indexOf('#');
  const path = decode(hash < 0 ? target : target.slice(0, hash));
  if (path.includes('\0') || path.includes('\ufffd')) return null;
  // On Windows these are separators, drives and alternate streams, never parts of a name.
  return windows && (path.includes('\\') || path.includes(':')) ? null : path;
}

/**
 * Resolves `.` and `..` in a decoded path, which begins with a slash.
 * @returns null when it climbs over the root
 */
export function removeDotSegments(path: string): string | null {
  if (!path.includes('/.')) return path;
  return climbsOut(path) ? null : posix.normalize(path);
}

function decode(path: string): string {
  if (!path.includes('%') && !path.includes('+')) return path;
  const bytes = Buffer.from(path);
  let length = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number;
    if (byte === 0x2b) {
      bytes[length++] = 0x20;
      continue;
    }
    if (byte === 0x25) {
      const high = hexDigit(bytes[i + 1]);
      const low = hexDigit(bytes[i + 2]);
      if (high >= 0 && low >= 0) {
        bytes[length++] = high * 16 + low;
        i += 2;
        continue;
      }
    }
    bytes[length++] = byte;
  }
  return bytes.toString('utf8', 0, length);
}

function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

function climbsOut(path: string): boolean {
  let depth = 0;
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    depth += segment === '..' ? -1 : 1;
    if (depth < 0) return true;
  }
  return false;
}

/** Something that exists under a document root, by its real path. */
export interface Located {
  readonly real: string;
  readonly stats: Stats;
}

/** A directory whose content is public, and nothing else. */
export class DocumentRoot {
  /** The real path, links resolved. */
  readonly path: string;
  private readonly prefix: string;

  /** @throws when the directory does not exist */
  constructor(directory: string) {
    if (directory === '') throw new Error('document_root is empty');
    this.path = realpathSync.native(directory);
    if (!statSync(this.path).isDirectory()) throw new Error(`document_root[${directory}] is not a directory`);
    this.prefix = this.path.endsWith(sep) ? this.path : this.path + sep;
  }

  /**
   * Finds a file or directory by a decoded path without dot segments.
   * @returns null when there is none, false when links lead out of the root
   */
  locate(path: string): Located | null | false {
    try {
      const candidate = this.path + path;
      const stats = statSync(candidate, { throwIfNoEntry: false });
      if (stats === undefined) return null;
      const real = realpathSync.native(candidate);
      return real === this.path || real.startsWith(this.prefix) ? { real, stats } : false;
    } catch {
      // A file used as a directory, a name that is too long, no permission: nothing to serve.
      return null;
    }
  }
}
