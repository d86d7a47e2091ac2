import type { RequestHead } from '../engine/engine.js';

/** The methods that Swoole's parser knows; to any other it answers 400. */
const METHODS = new Set(
  (
    'GET HEAD POST PUT DELETE PATCH OPTIONS CONNECT TRACE COPY LOCK MKCOL MOVE PROPFIND PROPPATCH UNLOCK REPORT MKACTIVITY ' +
    'CHECKOUT MERGE M-SEARCH NOTIFY SUBSCRIBE UNSUBSCRIBE PURGE'
  ).split(' '),
);

/**
 * Whether a head that the engine let pass must be refused: an unknown method, a target that is not ASCII, two lengths, or a
 * transfer encoding other than chunked (RFC 9112, sections 3.2, 6.1 and 6.3).
 */
export function badHead(head: RequestHead): boolean {
  // Nearly all are GET: the set is not asked.
  if ((head.method !== 'GET' && !METHODS.has(head.method)) || !isAscii(head.path) || !isAscii(head.query))
    return true;
  const { headers } = head;
  let lengths = 0;
  let encodings = 0;
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i];
    if (name === 'content-length') lengths++;
    else if (name === 'transfer-encoding') {
      encodings++;
      if ((headers[i + 1] as string).toLowerCase() !== 'chunked') return true;
    }
  }
  return lengths > 1 || encodings > 1 || (lengths > 0 && encodings > 0);
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 126) return false;
  return true;
}
