import type { CloseInfo } from '../engine.js';

/** The reasons uWebSockets.js gives when it drops a peer, and the code of RFC 6455 section 7.4.1 for each. */
const PROTOCOL_FAILURES: ReadonlyArray<readonly [text: string, code: number]> = [
  ['Received invalid UTF-8', 1007],
  ['Received too big message', 1009],
  ['Received invalid close payload', 1002],
];

/** What the WebSocket close handler of uWebSockets.js tells, in the terms of RFC 6455. */
export function closeInfo(code: number, message: ArrayBuffer): CloseInfo {
  const reason = Buffer.from(message).toString();
  if (code !== 1006) return { code, reason, wasClean: true };
  for (const [text, number] of PROTOCOL_FAILURES)
    if (reason.startsWith(text)) return { code: number, reason, wasClean: false };
  return { code: 1006, reason: '', wasClean: false };
}
