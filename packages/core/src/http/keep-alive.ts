import type { RequestHead } from '../engine/engine.js';

function hasToken(list: string, token: string): boolean {
  if (list.length < token.length) return false;
  for (const item of list.split(',')) {
    if (item.trim().toLowerCase() === token) return true;
  }
  return false;
}

/** Whether the peer wants its connection to outlive this request: by the version, and by the Connection header. */
export function keepsAlive(head: RequestHead): boolean {
  const headers = head.headers;
  let alive = head.version !== '1.0';
  for (let i = 0; i < headers.length; i += 2) {
    if (headers[i] !== 'connection') continue;
    const value = headers[i + 1] as string;
    if (value === 'keep-alive') alive = true;
    else if (hasToken(value, 'close')) return false;
    else if (!alive && hasToken(value, 'keep-alive')) alive = true;
  }
  return alive;
}
