import { readFileSync, readSync, writeFileSync } from 'node:fs';
import { FILE_APPEND, FILE_IGNORE_NEW_LINES, FILE_SKIP_EMPTY_LINES } from '../constants/files.js';
import { echo } from '../output/buffer.js';
import { toBytes, toStr } from '../value/convert.js';
import { isArray, items } from '../value/kinds.js';
import { received } from '../value/text.js';
import { attempt } from './failure.js';
import { openStream, Stream } from './stream.js';

function readAll(path: string): Buffer {
  if (path.toLowerCase().startsWith('php://')) {
    const stream = openStream(path, 'r');
    const parts: Buffer[] = [];
    for (let part = stream.read(8192); part.length > 0; part = stream.read(8192)) parts.push(part);
    stream.close();
    return Buffer.concat(parts);
  }
  return readFileSync(path.replace(/^file:\/\//, ''));
}

/** A whole file: a string when it is UTF-8, else a Buffer; false when it cannot be read. For a URL there is `file_get_contents_url`. */
export function file_get_contents(
  filename: unknown,
  _use_include_path = false,
  _context: unknown = null,
  offset = 0,
  length: number | null = null,
): string | Buffer | false {
  const path = toStr(filename);
  const all = attempt(`file_get_contents(${path})`, () => readAll(path), 'Failed to open stream: ');
  if (all === false) return false;
  return received(
    offset === 0 && length === null
      ? all
      : all.subarray(offset, length === null ? undefined : offset + length),
  );
}

/** `file_get_contents` of an http or https URL; false when it cannot be read or the status is an error. */
export async function file_get_contents_url(url: unknown): Promise<string | Buffer | false> {
  try {
    const response = await fetch(toStr(url));
    if (!response.ok) return false;
    return received(Buffer.from(await response.arrayBuffer()));
  } catch {
    return false;
  }
}

/** Writes a whole file. @param data a string, bytes, an array of strings or a stream @param flags `FILE_APPEND` and `LOCK_EX` @returns the number of bytes, or false */
export function file_put_contents(
  filename: unknown,
  data: unknown,
  flags = 0,
  _context: unknown = null,
): number | false {
  const path = toStr(filename);
  const body = bodyOf(data);
  const written = attempt(
    `file_put_contents(${path})`,
    () => {
      if (!path.toLowerCase().startsWith('php://'))
        writeFileSync(path.replace(/^file:\/\//, ''), body, {
          flag: (flags & FILE_APPEND) !== 0 ? 'a' : 'w',
        });
      else openStream(path, 'w').write(body);
      return body.length;
    },
    'Failed to open stream: ',
  );
  return written;
}

function bodyOf(data: unknown): Buffer {
  if (isArray(data)) return Buffer.concat(items(data).map(toBytes));
  return data instanceof Stream ? data.read(Number.MAX_SAFE_INTEGER) : toBytes(data);
}

/** The lines of a file, each with its end unless FILE_IGNORE_NEW_LINES is set. */
export function file(filename: unknown, flags = 0): string[] | false {
  const path = toStr(filename);
  const all = attempt(`file(${path})`, () => readAll(path), 'Failed to open stream: ');
  if (all === false) return false;
  const lines = toStr(all).split(/(?<=\n)/);
  const shown =
    (flags & FILE_IGNORE_NEW_LINES) !== 0 ? lines.map((line) => line.replace(/\r?\n$/, '')) : lines;
  return (flags & FILE_SKIP_EMPTY_LINES) !== 0
    ? shown.filter((line) => line !== '')
    : shown.filter((line, i) => line !== '' || i < lines.length - 1 || lines[i] !== '');
}

/** Puts out a whole file and gives the number of bytes, or false. */
export function readfile(filename: unknown): number | false {
  const path = toStr(filename);
  const all = attempt(`readfile(${path})`, () => readAll(path), 'Failed to open stream: ');
  if (all === false) return false;
  echo(all);
  return all.length;
}

/** A line from standard input after a prompt; false at its end. */
export function readline(prompt: unknown = null): string | false {
  if (prompt !== null) echo(prompt);
  const line: number[] = [];
  const byte = Buffer.alloc(1);
  while (readSync(0, byte) === 1) {
    if (byte[0] === 10) return Buffer.from(line).toString();
    line.push(byte[0] ?? 0);
  }
  return line.length === 0 ? false : Buffer.from(line).toString();
}
