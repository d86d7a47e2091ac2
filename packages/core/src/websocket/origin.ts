import type { RequestHead } from '../engine/engine.js';

/**
 * Whether a browser page may connect, by the setting allowed_origins: `https://app.example`, `*` for all. Clients that send no
 * Origin are no browsers, and pass.
 */
export function originAllowed(head: RequestHead, allowed: readonly string[]): boolean {
  const { headers } = head;
  for (let i = 0; i < headers.length; i += 2) {
    if (headers[i] !== 'origin') continue;
    const origin = (headers[i + 1] as string).toLowerCase();
    return allowed.some((one) => one === '*' || one.toLowerCase() === origin);
  }
  return true;
}
