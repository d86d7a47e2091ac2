import {
  deflateRawSync,
  deflateSync,
  gunzipSync,
  gzipSync,
  inflateRawSync,
  inflateSync,
  unzipSync,
} from 'node:zlib';
import { warn } from '../errors/raise.js';
import { toBytes } from '../value/convert.js';
import { received } from '../value/text.js';

const packed = (
  pack: (data: Buffer, options: { level: number }) => Buffer,
  data: unknown,
  level: number,
): Buffer => Buffer.from(pack(toBytes(data), { level }));

function unpacked(
  who: string,
  unpack: (data: Buffer, options: { maxOutputLength?: number }) => Buffer,
  data: unknown,
  most: number,
): string | Buffer | false {
  try {
    return received(unpack(toBytes(data), most > 0 ? { maxOutputLength: most } : {}));
  } catch (error) {
    warn(
      `${who}(): ${(error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'insufficient memory' : 'data error'}`,
    );
    return false;
  }
}

/** Compresses as zlib does. @param level 0 to 9, -1 for the default */
export function gzcompress(data: unknown, level = -1): Buffer {
  return packed(deflateSync, data, level);
}
/** @param max_length the most bytes that may come out, 0 for any number */
export function gzuncompress(data: unknown, max_length = 0): string | Buffer | false {
  return unpacked('gzuncompress', inflateSync, data, max_length);
}
export function gzdeflate(data: unknown, level = -1): Buffer {
  return packed(deflateRawSync, data, level);
}
export function gzinflate(data: unknown, max_length = 0): string | Buffer | false {
  return unpacked('gzinflate', inflateRawSync, data, max_length);
}
export function gzencode(data: unknown, level = -1): Buffer {
  return packed(gzipSync, data, level);
}
export function gzdecode(data: unknown, max_length = 0): string | Buffer | false {
  return unpacked('gzdecode', gunzipSync, data, max_length);
}
export function zlib_decode(data: unknown, max_length = 0): string | Buffer | false {
  return unpacked('zlib_decode', unzipSync, data, max_length);
}
