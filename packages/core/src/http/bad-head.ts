import type { RequestHead } from '../engine/engine.js';

/** The methods that Swoole's parser knows; to any other it answers 400. */
const METHODS = new Set(
  (
    'GET HEAD POST PUT DELETE PATCH OPTIONS CONNECT TRACE COPY LOCK MKCOL MOVE PROPFIND PROPPATCH UNLOCK REPORT MKACTIVITY ' +
    'CHECKOUT MERGE M-SEARCH NOTIFY SUBSCRIBE UNSUBSCRIBE PURGE'
  ).split(' '),
);

/** Whether a head that the engine let pass must be refused: an unknown method, two lengths (RFC 9112 section 6.3). */
export function badHead(head: RequestHead): boolean {
  if (!METHODS.has(head.method)) return true;
  const { headers } = head;
  let lengths = 0;
  for (let i = 0; i < headers.length; i += 2) {
    if (headers[i] === 'content-length' && ++lengths > 1) return true;
  }
  return false;
}
