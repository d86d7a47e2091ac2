import type { Transform } from 'node:stream';
import { promisify } from 'node:util';
import {
  brotliDecompress,
  brotliDecompressSync,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  gunzip,
  gunzipSync,
  inflate,
  inflateRaw,
  inflateRawSync,
  inflateSync,
} from 'node:zlib';

/** In bytes: smaller bodies are unpacked at once, in less time than another thread would take to begin. */
const SMALL = 16_384;

type Kind = 'gzip' | 'deflate' | 'raw' | 'br';

const atOnce = { gzip: gunzipSync, deflate: inflateSync, raw: inflateRawSync, br: brotliDecompressSync };
const later = {
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
  raw: promisify(inflateRaw),
  br: promisify(brotliDecompress),
};
const streams: Record<Kind, () => Transform> = {
  gzip: createGunzip,
  deflate: createInflate,
  raw: createInflateRaw,
  br: createBrotliDecompress,
};

/** How a body is packed; null when it is not, or in a way that nobody here knows. */
function kindOf(encoding: string, first: number): Kind | null {
  const name = encoding.toLowerCase();
  if (name.startsWith('br')) return 'br';
  if (name.startsWith('gzip')) return 'gzip';
  // Some servers leave out the header that this encoding has (RFC 9110, section 8.4.1.2).
  if (name.startsWith('deflate')) return (first & 0x0f) === 8 ? 'deflate' : 'raw';
  return null;
}

/** What unpacks a body piece by piece; null where nothing has to. */
export function unpacker(encoding: string, first: number): Transform | null {
  const kind = kindOf(encoding, first);
  return kind === null ? null : streams[kind]();
}

/**
 * Unpacks a body. One that is broken is left as it is.
 * @param most how many bytes it may have
 * @returns null when it has more
 */
export function unpack(body: Buffer, encoding: string, most: number): Buffer | null | Promise<Buffer | null> {
  const kind = body.length === 0 ? null : kindOf(encoding, body[0] as number);
  if (kind === null) return body;
  const options = { maxOutputLength: most };
  if (body.length > SMALL) return later[kind](body, options).catch((error) => broken(error, body));
  try {
    return atOnce[kind](body, options);
  } catch (error) {
    return broken(error, body);
  }
}

function broken(error: unknown, body: Buffer): Buffer | null {
  return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? null : body;
}
