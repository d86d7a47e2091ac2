import type { RequestHead } from '../engine/engine.js';

function isChunked(head: RequestHead): boolean {
  for (let i = 0; i < head.headers.length; i += 2) {
    if (head.headers[i] === 'transfer-encoding')
      return head.headers[i + 1]?.toLowerCase().includes('chunked') === true;
  }
  return false;
}

/**
 * The bytes of a request, made again from what the engine reports: header names are in lower case, spaces around
 * values are gone, and a chunked body is one chunk.
 */
export function requestData(head: RequestHead, body: Buffer): Buffer {
  let text = `${head.method} ${head.path}${head.query === '' ? '' : `?${head.query}`} HTTP/${head.version}\r\n`;
  for (let i = 0; i < head.headers.length; i += 2) text += `${head.headers[i]}: ${head.headers[i + 1]}\r\n`;
  const pieces = [Buffer.from(`${text}\r\n`), body];
  if (isChunked(head)) {
    if (body.length > 0) {
      pieces.splice(1, 0, Buffer.from(`${body.length.toString(16)}\r\n`));
      pieces.push(Buffer.from('\r\n'));
    }
    pieces.push(Buffer.from('0\r\n\r\n'));
  }
  return Buffer.concat(pieces);
}
