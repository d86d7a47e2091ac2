import type { Request } from '../request.js';
import type { Response } from '../response.js';

/** What answers requests. */
export type Handler = (request: Request, response: Response) => unknown;

/** Which handler answers which path. */
export class Routes {
  /** Longest first. */
  #patterns: { readonly prefix: string; readonly handler: Handler }[] = [];
  #root: Handler | null = null;

  /** @param pattern how the path begins; `/` takes what nothing else does */
  add(pattern: string, handler: Handler): void {
    if (pattern === '/') {
      this.#root = handler;
      return;
    }
    const prefix = pattern.toLowerCase();
    const others = this.#patterns.filter((each) => each.prefix !== prefix);
    this.#patterns = [...others, { prefix, handler }].sort((a, b) => b.prefix.length - a.prefix.length);
  }

  /** The handler whose pattern is the longest that the path begins with, in any case; null for none. */
  find(path: string): Handler | null {
    const wanted = path.toLowerCase();
    return this.#patterns.find(({ prefix }) => wanted.startsWith(prefix))?.handler ?? this.#root;
  }
}
