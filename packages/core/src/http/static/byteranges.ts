import { randomBytes } from 'node:crypto';
import type { Range } from './ranges.js';

/** A part of a body: text as it is, or a piece of the file. */
export type Piece = string | Range;

/** The body of a `multipart/byteranges` response. */
export interface ByteRanges {
  readonly contentType: string;
  readonly pieces: readonly Piece[];
  readonly length: number;
}

/** Lays out several ranges of a file as RFC 9110, section 14.6, wants them. */
export function byteRanges(ranges: readonly Range[], type: string, size: number): ByteRanges {
  const boundary = `SwooleBoundary${randomBytes(12).toString('hex')}`;
  const pieces: Piece[] = [];
  let length = 0;
  for (const range of ranges) {
    const head =
      `${pieces.length > 0 ? '\r\n' : ''}--${boundary}\r\nContent-Type: ${type}\r\n` +
      `Content-Range: ${contentRange(range, size)}\r\n\r\n`;
    pieces.push(head, range);
    length += head.length + range.length;
  }
  const end = `\r\n--${boundary}--\r\n`;
  pieces.push(end);
  return { contentType: `multipart/byteranges; boundary=${boundary}`, pieces, length: length + end.length };
}

/** The value of `Content-Range` for one range. */
export function contentRange(range: Range, size: number): string {
  return `bytes ${range.offset}-${range.offset + range.length - 1}/${size}`;
}
