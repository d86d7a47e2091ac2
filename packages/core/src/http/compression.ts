import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import type { RequestHead } from '../engine/engine.js';

export type ContentEncoding = 'br' | 'gzip' | 'deflate';

/**
 * The encoding Swoole takes for an Accept-Encoding header: the first of br, gzip and deflate that occurs in it as a
 * substring. Weights are not read, so `gzip;q=0` means gzip.
 */
export function chooseEncoding(accept: string, brotli: boolean): ContentEncoding | null {
  if (brotli && accept.includes('br')) return 'br';
  if (accept.includes('gzip')) return 'gzip';
  return accept.includes('deflate') ? 'deflate' : null;
}

/** The encoding for the answer to a request; of several Accept-Encoding headers the last counts. */
export function acceptedEncoding(head: RequestHead, brotli: boolean): ContentEncoding | null {
  const headers = head.headers;
  for (let i = headers.length - 2; i >= 0; i -= 2) {
    if (headers[i] === 'accept-encoding') return chooseEncoding(headers[i + 1] as string, brotli);
  }
  return null;
}

function zlibLevel(level: number): number {
  if (level < 0) return constants.Z_DEFAULT_COMPRESSION;
  if (level === 0) return constants.Z_BEST_SPEED;
  return Math.min(level, constants.Z_BEST_COMPRESSION);
}

/**
 * Compresses a whole body.
 * @param level `http_compression_level`; 1 to 9 for gzip and deflate, 0 to 11 for br, moved to the nearest that exists
 */
export function compress(body: string | Uint8Array, encoding: ContentEncoding, level: number): Buffer {
  if (encoding === 'gzip') return gzipSync(body, { level: zlibLevel(level) });
  // HTTP's deflate is the zlib format (RFC 9110, 8.4.1.2); Swoole leaves its header out, which strict clients refuse.
  if (encoding === 'deflate') return deflateSync(body, { level: zlibLevel(level) });
  const quality = Math.max(constants.BROTLI_MIN_QUALITY, Math.min(level, constants.BROTLI_MAX_QUALITY));
  return brotliCompressSync(body, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: quality,
      [constants.BROTLI_PARAM_SIZE_HINT]: Buffer.byteLength(body),
    },
  });
}
