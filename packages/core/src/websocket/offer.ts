import type { Exchange } from '../engine/engine.js';

const KEY_LENGTH = 24;
const DEFLATE = 'permessage-deflate';

/** A header of a request, null when it is not there. */
export function headerOf(exchange: Exchange, name: string): string | null {
  const { headers } = exchange.head;
  for (let i = 0; i < headers.length; i += 2) if (headers[i] === name) return headers[i + 1] as string;
  return null;
}

/** The key of an opening handshake, null when there is none that could be. */
export function keyOf(exchange: Exchange): string | null {
  const key = headerOf(exchange, 'sec-websocket-key');
  return key !== null && key.length === KEY_LENGTH ? key : null;
}

/** What a client offers in order to compress, '' for nothing: Swoole agrees when the first offer, without its parameters, is exactly permessage-deflate. */
export function offeredDeflate(exchange: Exchange): string {
  const offer = headerOf(exchange, 'sec-websocket-extensions');
  if (offer === null) return '';
  const end = offer.indexOf(';');
  return (end < 0 ? offer : offer.slice(0, end)).trim() === DEFLATE ? offer : '';
}
