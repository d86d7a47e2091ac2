import { Fifo } from '../coroutine/fifo.js';
import type { ClientLink } from './link.js';

/** A connection that clients use one after another, and how often it was used again. */
export interface KeptLink {
  readonly link: ClientLink;
  uses: number;
}

/** Connections that were kept when a client was closed, by what the next client asks for. They keep no program from ending. */
const kept = new Map<string, Fifo<KeptLink>>();

/** Keeps a connection for the next one who asks. */
export function keepLink(key: string, link: KeptLink): void {
  let links = kept.get(key);
  if (links === undefined) {
    links = new Fifo();
    kept.set(key, links);
  }
  links.push(link);
}

/** A connection that is still alive, null for none. */
export function takeLink(key: string): KeptLink | null {
  const links = kept.get(key);
  for (let next = links?.shift(); next !== undefined; next = links?.shift()) {
    if (next.link.isIdle) return next;
    next.link.close();
  }
  kept.delete(key);
  return null;
}
