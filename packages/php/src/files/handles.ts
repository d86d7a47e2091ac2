import { fstatSync } from 'node:fs';
import { Duplex } from 'node:stream';
import { LOCK_UN, SEEK_CUR, SEEK_END, SEEK_SET } from '../constants/files.js';
import { PhpTypeError } from '../errors/exceptions.js';
import { sprintf } from '../format/sprintf.js';
import { echo } from '../output/buffer.js';
import { toBytes, toStr, typeName } from '../value/convert.js';
import { type AnyArray, items } from '../value/kinds.js';
import type { Ref } from '../value/ref.js';
import { received, type Text } from '../value/text.js';
import { csvLine, parseCsv } from './csv.js';
import { DuplexStream, lineIn, streamOf } from './duplex-stream.js';
import { attempt } from './failure.js';
import { type FileStat, statOf } from './info.js';
import { fileStore, openStream, Stream } from './stream.js';

/** The standard streams. */
export const STDIN = new Stream(lazy(0), 'php://stdin', 'r', 1);
export const STDOUT = new Stream(lazy(1), 'php://stdout', 'w', 2);
export const STDERR = new Stream(lazy(2), 'php://stderr', 'w', 3);

/** A store that looks at its file when it is first used. */
function lazy(fd: number): ReturnType<typeof fileStore> {
  let store: ReturnType<typeof fileStore> | undefined;
  const use = (): ReturnType<typeof fileStore> => {
    store ??= fileStore(fd);
    return store;
  };
  return {
    fd,
    get seekable() {
      return use().seekable;
    },
    read: (position, size) => use().read(position, size),
    write: (position, data) => use().write(position, data),
    size: () => use().size(),
    truncate: (size) => use().truncate(size),
    close: () => {},
  };
}

function open(given: unknown, who: string): Stream {
  const stream = given instanceof Duplex ? streamOf(given) : given;
  if (!(stream instanceof Stream))
    throw new PhpTypeError(
      `${who}(): Argument #1 ($stream) must be of type resource, ${typeName(stream)} given`,
    );
  if (stream.closed) throw new PhpTypeError(`${who}(): supplied resource is not a valid stream resource`);
  return stream;
}

/** Opens a file or `php://memory`, `php://temp`, `php://stdin`, `php://stdout`, `php://stderr`, `php://output`; false when that fails. */
export function fopen(
  filename: unknown,
  mode: string,
  _use_include_path = false,
  _context: unknown = null,
): Stream | false {
  const path = toStr(filename);
  return attempt(`fopen(${path})`, () => openStream(path, mode), 'Failed to open stream: ');
}

export function tmpfile(): Stream {
  return openStream('php://temp', 'w+');
}

export function fclose(stream: unknown): boolean {
  open(stream, 'fclose').close();
  return true;
}

/** A stream of which something must have come before it is read. */
async function arrived(stream: unknown, who: string, enough: (held: Buffer) => boolean): Promise<void> {
  const file = open(stream, who);
  if (file instanceof DuplexStream) await file.arrival(enough);
}

/** Up to `length` bytes: a string when they are UTF-8, else a Buffer; empty at the end. */
export function fread(stream: unknown, length: number): string | Buffer | false {
  return received(open(stream, 'fread').read(length));
}

/** As `fread`, of a socket: waits until there is something. */
export async function fread_async(stream: unknown, length: number): Promise<string | Buffer | false> {
  await arrived(stream, 'fread', (held) => held.length > 0);
  return fread(stream, length);
}

/** Writes bytes and gives how many; false, with a notice, when nobody reads them any more. */
export function fwrite(stream: unknown, data: unknown, length: number | null = null): number | false {
  const all = toBytes(data);
  const written = open(stream, 'fwrite').write(length === null ? all : all.subarray(0, Math.max(0, length)));
  return written >= 0 && written;
}

export { fwrite as fputs };

/** The next line with its end; false at the end of the file. */
export function fgets(stream: unknown, length: number | null = null): string | false {
  const line = open(stream, 'fgets').line(length === null ? Number.POSITIVE_INFINITY : length - 1);
  return line === null ? false : toStr(line);
}

/** As `fgets`, of a socket: waits for the whole line. */
export async function fgets_async(stream: unknown, length: number | null = null): Promise<string | false> {
  const most = length === null ? Number.POSITIVE_INFINITY : length - 1;
  await arrived(stream, 'fgets', (held) => lineIn(held, most) !== null);
  return fgets(stream, length);
}

export function fgetc(stream: unknown): string | false {
  const byte = open(stream, 'fgetc').read(1);
  return byte.length === 0 ? false : toStr(byte);
}

/** As `fgetc`, of a socket: waits for a byte. */
export async function fgetc_async(stream: unknown): Promise<string | false> {
  await arrived(stream, 'fgetc', (held) => held.length > 0);
  return fgetc(stream);
}

/** Whether something was read beyond the end. */
export function feof(stream: unknown): boolean {
  return open(stream, 'feof').ended;
}

/** @returns 0, or -1 on failure */
export function fseek(stream: unknown, offset: number, whence = SEEK_SET): number {
  const file = open(stream, 'fseek');
  const from = whence === SEEK_CUR ? file.position : whence === SEEK_END ? file.store.size() : 0;
  if (from + offset < 0 || !file.store.seekable) return -1;
  file.seek(from + offset);
  return 0;
}

export function ftell(stream: unknown): number | false {
  return open(stream, 'ftell').position;
}

export function rewind(stream: unknown): boolean {
  open(stream, 'rewind').seek(0);
  return true;
}

export function ftruncate(stream: unknown, size: number): boolean {
  open(stream, 'ftruncate').store.truncate(size);
  return true;
}

/** Everything is written at once. */
export function fflush(stream: unknown): boolean {
  open(stream, 'fflush');
  return true;
}

export { fflush as fsync };

/** Locks among the callers in this process are not needed, others are not held off: it always succeeds. @param operation `LOCK_*` */
export function flock(stream: unknown, operation: number, would_block?: Ref<number>): boolean {
  open(stream, 'flock');
  if (would_block !== undefined) would_block.value = 0;
  return operation > 0 || operation === LOCK_UN;
}

export function fstat(stream: unknown): FileStat | false {
  const { fd } = open(stream, 'fstat');
  return fd === null ? false : statOf(fstatSync(fd));
}

export function fprintf(stream: unknown, format: unknown, ...values: unknown[]): number {
  const text = sprintf(format, ...values);
  return open(stream, 'fprintf').write(toBytes(text));
}

/** Puts out the rest of a file and gives the number of bytes. */
export function fpassthru(stream: unknown): number {
  const rest = open(stream, 'fpassthru').read(Number.MAX_SAFE_INTEGER);
  echo(rest);
  return rest.length;
}

/** The rest of a stream: a string when it is UTF-8, else a Buffer. */
export function stream_get_contents(
  stream: unknown,
  length: number | null = null,
  offset = -1,
): string | Buffer | false {
  const file = open(stream, 'stream_get_contents');
  if (offset >= 0) file.seek(offset);
  return received(file.read(length === null || length < 0 ? Number.MAX_SAFE_INTEGER : length));
}

/** As `stream_get_contents`, of a socket: waits for its end, or for so much. */
export async function stream_get_contents_async(
  stream: unknown,
  length: number | null = null,
  offset = -1,
): Promise<string | Buffer | false> {
  const wanted = length === null || length < 0 ? Number.POSITIVE_INFINITY : length;
  await arrived(stream, 'stream_get_contents', (held) => held.length >= wanted);
  return stream_get_contents(stream, length, offset);
}

export function stream_get_line(stream: unknown, length: number, ending: Text = ''): string | false {
  const end = toBytes(ending);
  const line = open(stream, 'stream_get_line').line(
    length === 0 ? Number.POSITIVE_INFINITY : length,
    end.at(-1) ?? 10,
  );
  if (line === null) return false;
  return toStr(
    end.length > 0 && line.subarray(-end.length).equals(end) ? line.subarray(0, -end.length) : line,
  );
}

/** Whether reading waits. Of files it always does. */
export function stream_set_blocking(stream: unknown, enable: boolean): boolean {
  const file = open(stream, 'stream_set_blocking');
  if (!(file instanceof DuplexStream)) return enable;
  file.blocking = enable;
  return true;
}

export function stream_isatty(stream: unknown): boolean {
  const { fd } = open(stream, 'stream_isatty');
  return fd !== null && fstatSync(fd).isCharacterDevice();
}

/** What is known of a stream. */
export function stream_get_meta_data(stream: unknown): {
  uri: string;
  mode: string;
  eof: boolean;
  seekable: boolean;
  timed_out: boolean;
  blocked: boolean;
} {
  const file = open(stream, 'stream_get_meta_data');
  return {
    timed_out: false,
    blocked: !(file instanceof DuplexStream) || file.blocking,
    eof: file.ended,
    mode: file.mode,
    seekable: file.store.seekable,
    uri: file.uri,
  };
}

export function stream_copy_to_stream(
  from: unknown,
  to: unknown,
  length: number | null = null,
): number | false {
  const rest = open(from, 'stream_copy_to_stream').read(length ?? Number.MAX_SAFE_INTEGER);
  return open(to, 'stream_copy_to_stream').write(rest);
}

/** The number of a resource. */
export function get_resource_id(resource: Stream | Duplex): number {
  return (resource instanceof Duplex ? streamOf(resource) : resource).id;
}

export function get_resource_type(resource: Stream | Duplex): string {
  const { closed, type } = resource instanceof Duplex ? streamOf(resource) : resource;
  return closed ? 'Unknown' : type;
}

/** The next record of a CSV file; false at the end. */
export function fgetcsv(
  stream: unknown,
  _length: number | null = null,
  separator = ',',
  enclosure = '"',
  escape_char = '\\',
): (string | null)[] | false {
  const file = open(stream, 'fgetcsv');
  let text = '';
  for (;;) {
    const line = file.line(Number.POSITIVE_INFINITY);
    if (line === null) break;
    text += toStr(line);
    if (text.split(enclosure).length % 2 === 1) break;
  }
  return text === '' ? false : parseCsv(text.replace(/\r?\n$/, ''), separator, enclosure, escape_char);
}

/** Writes a record of a CSV file and gives the number of bytes. */
export function fputcsv(
  stream: unknown,
  fields: AnyArray,
  separator = ',',
  enclosure = '"',
  escape_char = '\\',
  eol = '\n',
): number | false {
  return open(stream, 'fputcsv').write(
    toBytes(csvLine(items(fields), separator, enclosure, escape_char) + eol),
  );
}

/** The fields of one record. */
export function str_getcsv(
  string: unknown,
  separator = ',',
  enclosure = '"',
  escape_char = '\\',
): (string | null)[] {
  return parseCsv(toStr(string), separator, enclosure, escape_char);
}
