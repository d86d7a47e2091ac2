import { EOL } from 'node:os';
import path from 'node:path';

export const PHP_EOL = EOL;
export const PHP_VERSION = '8.2.0';
export const PHP_MAJOR_VERSION = 8;
export const PHP_MINOR_VERSION = 2;
export const PHP_RELEASE_VERSION = 0;
export const PHP_VERSION_ID = 80200;
export const PHP_EXTRA_VERSION = '';
export const PHP_SAPI = 'cli';
export const PHP_DEBUG = 0;
export const PHP_ZTS = 0;
export const PHP_MAXPATHLEN = 4096;
export const PHP_FD_SETSIZE = 1024;
export const DIRECTORY_SEPARATOR = path.sep;
export const PATH_SEPARATOR = path.delimiter;
export const PHP_SHLIB_SUFFIX = process.platform === 'win32' ? 'dll' : 'so';
export const PHP_BINARY = process.execPath;
export const PHP_BINDIR = path.dirname(process.execPath);

const SYSTEMS: { readonly [platform: string]: readonly [os: string, family: string] } = {
  linux: ['Linux', 'Linux'],
  darwin: ['Darwin', 'Darwin'],
  win32: ['WINNT', 'Windows'],
  freebsd: ['FreeBSD', 'BSD'],
};

export const PHP_OS = SYSTEMS[process.platform]?.[0] ?? 'Unknown';
export const PHP_OS_FAMILY = SYSTEMS[process.platform]?.[1] ?? 'Unknown';
