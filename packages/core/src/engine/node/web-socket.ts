import type { Writable } from 'node:stream';
import type { CloseInfo } from '../engine.js';
import { ws } from '../ws.js';
import type { NodeConnection } from './connection.js';
import type { Deflate } from './deflate.js';

/** As `ws` has them by default: each part of a message costs memory, however small it is. */
const MAX_FRAGMENTS = 16 * 1024;
const MAX_BUFFERED_CHUNKS = 256 * 1024;

/** What a failure of the parser is in RFC 6455, section 7.4.1. All others are protocol errors. */
const CODES: Readonly<Record<string, number>> = {
  WS_ERR_INVALID_UTF8: 1007,
  WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: 1009,
  WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH: 1009,
  WS_ERR_TOO_MANY_BUFFERED_PARTS: 1008,
  // Of zlib: more bytes than the largest message has, and bytes that are no deflated data.
  ERR_BUFFER_TOO_LARGE: 1009,
  Z_DATA_ERROR: 1007,
  Z_NEED_DICT: 1007,
};
const PROTOCOL_ERROR = 1002;

/** The reading side of a WebSocket: the parser of `ws` takes the bytes, this tells the connection what they are. */
export class WebSocketReader {
  private readonly receiver: Writable;

  constructor(connection: NodeConnection, maxPayload: number, deflate: Deflate | null) {
    this.receiver = new (ws().Receiver)({
      isServer: true,
      maxPayload,
      maxFragments: MAX_FRAGMENTS,
      maxBufferedChunks: MAX_BUFFERED_CHUNKS,
      extensions: deflate === null ? {} : { 'permessage-deflate': deflate },
    });
    this.receiver
      .on('message', (data: Buffer, binary: boolean) =>
        connection.message(data, binary, deflate?.took() ?? false),
      )
      .on('ping', (data: Buffer) => connection.pinged(data))
      .on('pong', (data: Buffer) => connection.ponged(data))
      .on('conclude', (code: number, reason: Buffer) => connection.concluded(code, reason.toString()))
      .on('error', (error: NodeJS.ErrnoException) => connection.violated(failure(error)));
  }

  read(bytes: Buffer): void {
    // After a failure, and after a close frame, nothing that follows is read.
    if (!this.receiver.writableEnded && !this.receiver.destroyed) this.receiver.write(bytes);
  }
}

function failure(error: NodeJS.ErrnoException): CloseInfo {
  return { code: CODES[error.code ?? ''] ?? PROTOCOL_ERROR, reason: error.message, wasClean: false };
}
