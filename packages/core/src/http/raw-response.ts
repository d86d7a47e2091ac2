import type { Exchange } from '../engine/engine.js';

const HEAD_END = '\r\n\r\n';
const VERSION = 'HTTP/1.1 ';
/** Written by the engine. */
const OF_THE_ENGINE = new Set(['content-length', 'transfer-encoding', 'date']);

/**
 * Sends a response that the program has written by hand: `$server->send($fd, "HTTP/1.1 200 OK\r\n…")` after detach().
 * @returns false for bytes that are no whole response with an unencoded body, or when nothing waits for one
 */
export function sendRawResponse(exchange: Exchange, bytes: Uint8Array): boolean {
  if (!exchange.open || exchange.started) return false;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = text.indexOf(HEAD_END);
  if (end < 0) return false;
  const [statusLine = '', ...lines] = text.toString('latin1', 0, end).split('\r\n');
  if (!statusLine.startsWith(VERSION)) return false;
  const headers: string[] = [];
  let close = false;
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon <= 0) return false;
    const name = line.slice(0, colon);
    const value = line.slice(colon + 1).trim();
    const lower = name.toLowerCase();
    if (lower === 'transfer-encoding') return false;
    if (lower === 'connection' && value.toLowerCase() === 'close') close = true;
    if (!OF_THE_ENGINE.has(lower)) headers.push(name, value);
  }
  exchange.respond(statusLine.slice(VERSION.length), headers, text.subarray(end + HEAD_END.length), close);
  return true;
}
