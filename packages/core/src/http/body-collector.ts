import type { Exchange } from '../engine/engine.js';
import { formKind } from './parse/content-type.js';

interface Collected {
  pieces: Buffer[];
  size: number;
  limit: number;
}

const TOO_LARGE = '413 Request Entity Too Large';
const MALFORMED = '400 Bad Request';
const NOTHING = Buffer.alloc(0);

/** Collects request bodies up to their limits: package_max_length counts the head too, uploads have a limit of their own. */
export class BodyCollector {
  constructor(
    private readonly maxPackage: number,
    private readonly maxUpload: number,
  ) {}

  /** @returns the status to refuse the request with, null to go on */
  begin(exchange: Exchange, chunk: Uint8Array, last: boolean): string | null {
    if (last && chunk.length === 0) return null;
    const { headers } = exchange.head;
    let announced = 0;
    let type: string | null = null;
    for (let i = 0; i < headers.length; i += 2) {
      if (headers[i] === 'content-length') announced = Number(headers[i + 1]);
      else if (headers[i] === 'content-type') type = headers[i + 1] as string;
    }
    if (!Number.isSafeInteger(announced) || announced < 0) return MALFORMED;
    const uploads = type !== null && formKind(type) === 'multipart';
    const limit = uploads
      ? Math.max(this.maxUpload, this.maxPackage)
      : this.maxPackage - headLength(exchange);
    if (announced > limit || chunk.length > limit) return TOO_LARGE;
    exchange.owner = { pieces: [Buffer.from(chunk)], size: chunk.length, limit } satisfies Collected;
    return null;
  }

  /** @returns the status to refuse the request with, null to go on */
  add(exchange: Exchange, chunk: Uint8Array): string | null {
    const body = exchange.owner as Collected | null;
    if (body === null) return null;
    body.size += chunk.length;
    if (body.size > body.limit) {
      exchange.owner = null;
      return TOO_LARGE;
    }
    if (chunk.length > 0) body.pieces.push(Buffer.from(chunk));
    return null;
  }

  /** The whole body; null when there is none. */
  take(exchange: Exchange): Buffer | null {
    const body = exchange.owner as Collected | null;
    if (body === null) return null;
    exchange.owner = null;
    return body.pieces.length === 1 ? (body.pieces[0] ?? NOTHING) : Buffer.concat(body.pieces, body.size);
  }
}

/** The bytes that a request's head took, as far as its parts tell. */
function headLength(exchange: Exchange): number {
  const { method, path, query, headers } = exchange.head;
  let length =
    method.length + path.length + (query === '' ? 0 : query.length + 1) + ' HTTP/1.1\r\n\r\n'.length + 1;
  for (let i = 0; i < headers.length; i++) length += (headers[i] as string).length + 2;
  return length;
}
