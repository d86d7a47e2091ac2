import { createRequire } from 'node:module';
import type { Writable } from 'node:stream';

/** What the parser asks to inflate the payload of a frame; `fin` ends the message. */
export interface Inflating {
  decompress(data: Buffer, fin: boolean, done: (error: Error | null, data?: Buffer) => void): void;
}

interface ReceiverOptions {
  isServer: boolean;
  /** In bytes. */
  maxPayload: number;
  maxFragments: number;
  maxBufferedChunks: number;
  extensions: { 'permessage-deflate'?: Inflating };
}

interface DeflateOptions {
  isServer: boolean;
  serverNoContextTakeover: boolean;
  clientNoContextTakeover: boolean;
}

type Offers = Record<string, unknown>[];
type DeflateParameters = Record<string, boolean | number>;

/** What `ws` exports and its types leave out: its parser of frames, and its agreement on permessage-deflate. */
interface Parts {
  Receiver: new (options: ReceiverOptions) => Writable;
  PerMessageDeflate: new (options: DeflateOptions) => { accept(offers: Offers): DeflateParameters };
  extension: {
    parse(header: string): Record<string, Offers>;
  };
}

let loaded: Parts | null = null;

/** Loads `ws` when it is first needed: a server on uWebSockets.js needs it only to agree on compression. */
export function ws(): Parts {
  loaded ??= createRequire(import.meta.url)('ws') as Parts;
  return loaded;
}
