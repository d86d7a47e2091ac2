import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Exchange } from '../../src/engine/engine.js';
import { BINARY, TEXT } from '../hostile/raw.js';
import type { Program } from './recorder.js';

export const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
export const FIN = true;

export function accept(
  exchange: Exchange,
  headers: readonly string[] = [],
  protocol = '',
  extensions = '',
): void {
  expect(exchange.upgrade(KEY, headers, protocol, extensions)).toBe(true);
}

/** Becomes a WebSocket and does `message` with what comes; requests that are no handshakes are answered. */
export function socket(program: Program = {}): Program {
  return {
    whole: (exchange) => {
      if (exchange.head.headers.includes('sec-websocket-key')) accept(exchange);
      else exchange.respond('200 OK', [], exchange.head.path);
    },
    ...program,
  };
}

export const echo = socket({
  message: (connection, data, binary) => {
    connection.send(new Uint8Array(data.slice(0)), binary ? BINARY : TEXT, FIN, false);
  },
});

/** Answers each request, when it is whole, by what its path names. */
export function answering(answers: Record<string, (exchange: Exchange, body: Buffer) => unknown>): Program {
  return {
    whole: (exchange, body) => {
      const answer = answers[exchange.head.path];
      if (answer === undefined) exchange.respond('404 Not Found', [], exchange.head.path);
      else return answer(exchange, body);
    },
  };
}

/** A stream of the given bytes, in pieces of up to 64 KB, each on a turn of its own. */
export async function* bytes(data: string | Buffer): AsyncGenerator<Uint8Array> {
  const all = Buffer.from(data as string);
  for (let i = 0; i < all.length; i += 65_536) {
    await turn();
    yield all.subarray(i, i + 65_536);
  }
}
