import {
  PATHINFO_BASENAME,
  PATHINFO_DIRNAME,
  PATHINFO_EXTENSION,
  PATHINFO_FILENAME,
} from '../constants/files.js';
import { ValueError } from '../errors/exceptions.js';
import { toStr } from '../value/convert.js';

/** The last part of a path, without `suffix`. */
export function basename(path: unknown, suffix: unknown = ''): string {
  const base = /([^/]*)\/*$/.exec(toStr(path))?.[1] ?? '';
  const end = toStr(suffix);
  return end !== '' && base !== end && base.endsWith(end) ? base.slice(0, -end.length) : base;
}

/** The path without its last part. @param levels how many parts to leave out */
export function dirname(path: unknown, levels = 1): string {
  if (levels < 1) throw new ValueError('dirname(): Argument #2 ($levels) must be greater than or equal to 1');
  let out = toStr(path);
  for (let level = 0; level < levels; level++) {
    const parent = parentOf(out);
    if (parent === out) break;
    out = parent;
  }
  return out;
}

function parentOf(path: string): string {
  if (path === '') return '';
  const trimmed = path.replace(/\/+$/, '');
  if (trimmed === '') return '/';
  const slash = trimmed.lastIndexOf('/');
  if (slash < 0) return '.';
  return trimmed.slice(0, slash).replace(/\/+$/, '') || '/';
}

/** The parts of a path. */
export interface PathInfo {
  dirname?: string;
  basename: string;
  extension?: string;
  filename: string;
}

/** Takes a path apart; with `flags` it gives one part. */
export function pathinfo(path: unknown, flags?: 15): PathInfo;
export function pathinfo(path: unknown, flags: number): string;
export function pathinfo(path: unknown, flags = 15): PathInfo | string {
  const text = toStr(path);
  const base = basename(text);
  const dot = base.lastIndexOf('.');
  const info: PathInfo = {
    ...(text === '' ? {} : { dirname: dirname(text) }),
    basename: base,
    ...(dot < 0 ? {} : { extension: base.slice(dot + 1) }),
    filename: dot < 0 ? base : base.slice(0, dot),
  };
  if (flags === 15) return info;
  if ((flags & PATHINFO_DIRNAME) !== 0) return info.dirname ?? '';
  if ((flags & PATHINFO_BASENAME) !== 0) return info.basename;
  if ((flags & PATHINFO_EXTENSION) !== 0) return info.extension ?? '';
  return (flags & PATHINFO_FILENAME) !== 0 ? info.filename : '';
}

/** Whether a name matches a shell pattern: `*`, `?`, `[a-z]`. */
export function fnmatch(pattern: unknown, filename: unknown, flags = 0): boolean {
  return shellPattern(toStr(pattern), flags).test(toStr(filename));
}

export const FNM_NOESCAPE = 2;
export const FNM_PATHNAME = 1;
export const FNM_PERIOD = 4;
export const FNM_CASEFOLD = 16;

function shellPattern(pattern: string, flags: number): RegExp {
  const any = (flags & FNM_PATHNAME) !== 0 ? '[^/]' : '[\\s\\S]';
  const source = pattern.replace(/\\[\s\S]|\[!?[^\]]+\]|[\s\S]/g, (part) => {
    if (part === '*') return `${any}*`;
    if (part === '?') return any;
    if (part.length > 1 && part.startsWith('[')) return part.replace(/^\[!/, '[^').replace(/\\/g, '\\\\');
    const char =
      part.length > 1 && part.startsWith('\\') && (flags & FNM_NOESCAPE) === 0 ? part.slice(1) : part;
    return char.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  });
  return new RegExp(`^${source}$`, (flags & FNM_CASEFOLD) !== 0 ? 'i' : '');
}
