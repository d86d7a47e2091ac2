import { ws } from './ws.js';

const NAME = 'permessage-deflate';
const MAX_WINDOW_BITS = 15;
/** zlib makes no raw stream of 8 bits: it takes 9. */
const MIN_WINDOW_BITS = 9;

/** What was agreed on about permessage-deflate. */
export interface DeflateAgreement {
  /** The value of Sec-WebSocket-Extensions that tells the client. */
  answer: string;
  /** The largest window that the server may use, as a power of two. */
  windowBits: number;
}

/**
 * Agrees on permessage-deflate without context takeover: each message stands alone, and a connection keeps no state.
 * @param offer what the client sent as Sec-WebSocket-Extensions
 * @returns null when nothing of it can be agreed to (RFC 7692, section 7.1)
 */
export function agreeOnDeflate(offer: string): DeflateAgreement | null {
  try {
    const offers = (ws().extension.parse(offer)[NAME] ?? []).filter(inRange);
    if (offers.length === 0) return null;
    const parameters = new (ws().PerMessageDeflate)({
      isServer: true,
      serverNoContextTakeover: true,
      clientNoContextTakeover: true,
    }).accept(offers);
    const bits = parameters.server_max_window_bits;
    const window = typeof bits === 'number' ? `; server_max_window_bits=${bits}` : '';
    return {
      answer: `${NAME}; client_no_context_takeover; server_no_context_takeover${window}`,
      windowBits: typeof bits === 'number' ? bits : MAX_WINDOW_BITS,
    };
  } catch {
    // The offer is malformed: the connection goes on without.
    return null;
  }
}

/** The values are texts as they were sent; RFC 7692, section 7.1.2 allows no leading zero. */
function inRange(offer: Record<string, unknown>): boolean {
  const bits = offer.server_max_window_bits;
  if (!Array.isArray(bits)) return true;
  const text = String(bits[0]);
  const number = Number(text);
  return String(number) === text && number >= MIN_WINDOW_BITS && number <= MAX_WINDOW_BITS;
}
