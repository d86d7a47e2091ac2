import type { RequestHead } from '../../engine/engine.js';

/** {@link bodyLength} of a body that tells its end by chunks. */
export const CHUNKED = -1;
/** {@link bodyLength} of headers that contradict each other. */
export const CONTRADICTORY = -2;

/** The number a Content-Length says, CONTRADICTORY for anything but digits. */
function parseLength(value: string): number {
  const text = value.trimEnd();
  if (text === '') return CONTRADICTORY;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x30 || code > 0x39) return CONTRADICTORY;
  }
  const length = Number(text);
  return Number.isSafeInteger(length) ? length : CONTRADICTORY;
}

/** Whether the last encoding is chunked: without it nobody can tell where the body ends. */
function endsWithChunked(encoding: string): boolean {
  return (
    encoding
      .slice(encoding.lastIndexOf(',') + 1)
      .trim()
      .toLowerCase() === 'chunked'
  );
}

/**
 * How the body of a request ends (RFC 9112, 6.3).
 * @returns its length in bytes, {@link CHUNKED}, or {@link CONTRADICTORY}
 */
export function bodyLength(head: RequestHead): number {
  const { headers } = head;
  let length = CHUNKED;
  let encoding: string | null = null;
  for (let i = 0; i + 1 < headers.length; i += 2) {
    const value = headers[i + 1] as string;
    if (headers[i] === 'content-length') {
      if (length >= 0) return CONTRADICTORY;
      length = parseLength(value);
      if (length < 0) return CONTRADICTORY;
    } else if (headers[i] === 'transfer-encoding') {
      encoding = encoding === null ? value : `${encoding},${value}`;
    }
  }
  // A length beside an encoding is how requests are smuggled.
  if (encoding !== null) return length >= 0 || !endsWithChunked(encoding) ? CONTRADICTORY : CHUNKED;
  return Math.max(length, 0);
}
