import { isUtf8 } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import {
  SWOOLE_WEBSOCKET_CLOSE_NORMAL,
  SWOOLE_WEBSOCKET_FLAG_COMPRESS,
  SWOOLE_WEBSOCKET_FLAG_FIN,
  SWOOLE_WEBSOCKET_FLAG_MASK,
  SWOOLE_WEBSOCKET_FLAG_RSV1,
  SWOOLE_WEBSOCKET_FLAG_RSV2,
  SWOOLE_WEBSOCKET_FLAG_RSV3,
  SWOOLE_WEBSOCKET_OPCODE_CLOSE,
  SWOOLE_WEBSOCKET_OPCODE_CONTINUATION,
  SWOOLE_WEBSOCKET_OPCODE_TEXT,
} from '../constants/websocket.js';
import { fail } from '../errors/last-error.js';
import { SWOOLE_ERROR_PROTOCOL_ERROR } from '../errors/numbers.js';
import { warnQuietly } from '../errors/warnings.js';
import { CloseFrame, Frame } from './frame.js';
import { checkOutgoing, closePayload, isControl, outgoingFlags, toPayload } from './outgoing.js';

const FIN = 0x80;
const RSV1 = 0x40;
const RSV2 = 0x20;
const RSV3 = 0x10;
const MASKED = 0x80;
const MASK_LENGTH = 4;
const NOTHING = Buffer.alloc(0);
const CONTROL_MAX = 125;

/** A sync flush ends with an empty stored block (00 00 ff ff); RFC 7692 leaves it out. */
const FLUSH_TAIL = 4;

/** One frame as it was on the wire: unmasked, inflated. */
export interface WireFrame {
  opcode: number;
  /** `SWOOLE_WEBSOCKET_FLAG_*`; COMPRESS beside RSV1 when the payload was deflated. */
  flags: number;
  payload: Buffer;
  /** Bytes that the frame took. */
  size: number;
}

/**
 * Packs a frame.
 * @param data text, bytes, or a Frame whose own fields count instead of the arguments
 * @param flags `SWOOLE_WEBSOCKET_FLAG_*`; FIN and MASK are as given, COMPRESS deflates the payload
 * @param caller the prefix of warnings
 * @returns the bytes; none when there can be no such frame
 */
export function pack(
  data: unknown,
  opcode: number = SWOOLE_WEBSOCKET_OPCODE_TEXT,
  flags: number = SWOOLE_WEBSOCKET_FLAG_FIN,
  caller = 'Swoole\\WebSocket\\Server::pack()',
): Buffer {
  if (data instanceof Frame) return packFrame(data, caller);
  // A close frame packed from a mere reason has the code 0, as in Swoole.
  return packPayload(toPayload(data), opcode, flags, 0, caller);
}

/** Packs a frame object by its own opcode, flags and `finish`. */
export function packFrame(frame: Frame, caller = 'Swoole\\WebSocket\\Server::pack()'): Buffer {
  const flags = outgoingFlags(frame);
  if (frame.opcode !== SWOOLE_WEBSOCKET_OPCODE_CLOSE) {
    return packPayload(toPayload(frame.data), frame.opcode, flags, 0, caller);
  }
  const { code, reason } = frame as Partial<CloseFrame>;
  return packPayload(toPayload(reason), frame.opcode, flags, code ?? SWOOLE_WEBSOCKET_CLOSE_NORMAL, caller);
}

function packPayload(
  data: string | Uint8Array,
  opcode: number,
  flags: number,
  code: number,
  caller: string,
): Buffer {
  if (!checkOutgoing(data, opcode, caller)) return NOTHING;
  if (opcode === SWOOLE_WEBSOCKET_OPCODE_CLOSE) return encode(closePayload(code, data), opcode, flags);
  return encode(typeof data === 'string' ? Buffer.from(data) : data, opcode, flags);
}

function encode(data: Uint8Array, opcode: number, flags: number): Buffer {
  let payload = data;
  let first = opcode | (flags & SWOOLE_WEBSOCKET_FLAG_RSV1 ? RSV1 : 0);
  if (isControl(opcode)) {
    first = opcode | FIN;
  } else if (flags & SWOOLE_WEBSOCKET_FLAG_FIN) {
    first |= FIN;
    const deflate = flags & SWOOLE_WEBSOCKET_FLAG_COMPRESS && opcode !== SWOOLE_WEBSOCKET_OPCODE_CONTINUATION;
    if (deflate && data.length > 0) {
      const flushed = deflateRawSync(data, { finishFlush: constants.Z_SYNC_FLUSH });
      payload = flushed.subarray(0, flushed.length - FLUSH_TAIL);
      first |= RSV1;
    }
  }

  const mask = flags & SWOOLE_WEBSOCKET_FLAG_MASK ? randomBytes(MASK_LENGTH) : null;
  const length = payload.length;
  const start = (length < 126 ? 2 : length < 65536 ? 4 : 10) + (mask === null ? 0 : MASK_LENGTH);
  const bytes = Buffer.allocUnsafe(start + length);
  bytes[0] = first;
  if (length < 126) {
    bytes[1] = length;
  } else if (length < 65536) {
    bytes[1] = 126;
    bytes.writeUInt16BE(length, 2);
  } else {
    bytes[1] = 127;
    bytes.writeBigUInt64BE(BigInt(length), 2);
  }
  bytes.set(payload, start);
  if (mask !== null) {
    bytes[1]! |= MASKED;
    bytes.set(mask, start - MASK_LENGTH);
    applyMask(bytes.subarray(start), mask);
  }
  return bytes;
}

function applyMask(payload: Uint8Array, mask: Uint8Array): void {
  for (let i = 0; i < payload.length; i++) payload[i]! ^= mask[i & 3]!;
}

/**
 * Unpacks the frame that begins the bytes; what follows it is ignored.
 * @param data bytes, or a string with a character per byte as `Frame.toString()` gives it
 * @param caller the prefix of warnings
 * @returns a CloseFrame for opcode 8; false with error 508 when the bytes are no whole, valid frame
 */
export function unpack(
  data: string | Uint8Array,
  caller = 'Swoole\\WebSocket\\Server::unpack()',
): Frame | CloseFrame | false {
  const decoded = decode(toBytes(data), 0, caller);
  return decoded === null ? fail(SWOOLE_ERROR_PROTOCOL_ERROR) : toFrame(decoded);
}

/**
 * Takes bytes apart that hold frames back to back.
 * @returns false with error 508 when they do not end with the end of a valid frame
 */
export function decodeFrames(
  data: string | Uint8Array,
  caller = 'Swoole\\WebSocket\\Server::unpack()',
): WireFrame[] | false {
  const bytes = toBytes(data);
  const frames: WireFrame[] = [];
  for (let offset = 0; offset < bytes.length; ) {
    const frame = decode(bytes, offset, caller);
    if (frame === null) return fail(SWOOLE_ERROR_PROTOCOL_ERROR);
    frames.push(frame);
    offset += frame.size;
  }
  return frames;
}

function toBytes(data: string | Uint8Array): Buffer {
  if (typeof data === 'string') return Buffer.from(data, 'latin1');
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}

function decode(bytes: Buffer, offset: number, caller: string): WireFrame | null {
  if (bytes.length < offset + 2) return null;
  const first = bytes[offset]!;
  const second = bytes[offset + 1]!;
  const opcode = first & 0x0f;
  let length = second & 0x7f;
  let start = offset + 2;
  if (length === 126) {
    if (bytes.length < start + 2) return null;
    length = bytes.readUInt16BE(start);
    start += 2;
  } else if (length === 127) {
    if (bytes.length < start + 8) return null;
    // Lengths beyond 2^53 lose digits here, and are longer than any bytes at hand all the same.
    length = Number(bytes.readBigUInt64BE(start));
    start += 8;
  }
  const masked = (second & MASKED) !== 0;
  if (masked) start += MASK_LENGTH;
  const end = start + length;
  if (bytes.length < end) return null;
  if (isControl(opcode) && ((first & FIN) === 0 || length > CONTROL_MAX)) return null;

  // A copy: the payload is unmasked in place, and outlives the bytes it came from.
  let payload = Buffer.from(bytes.subarray(start, end));
  if (masked) applyMask(payload, bytes.subarray(start - MASK_LENGTH, start));
  if (first & RSV1) {
    const inflated = inflate(payload, caller);
    if (inflated === null) return null;
    payload = inflated;
  }
  return { opcode, flags: flagsOf(first, masked), payload, size: end - offset };
}

function inflate(payload: Buffer, caller: string): Buffer<ArrayBuffer> | null {
  try {
    return inflateRawSync(payload, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch (error) {
    const { errno } = error as NodeJS.ErrnoException;
    const text = errno === constants.Z_BUF_ERROR ? 'buffer error' : 'data error';
    warnQuietly(`${caller}: inflate() failed, Error: ${text}[${errno}]`);
    return null;
  }
}

function flagsOf(first: number, masked: boolean): number {
  let flags = 0;
  if (first & FIN) flags |= SWOOLE_WEBSOCKET_FLAG_FIN;
  if (first & RSV1) flags |= SWOOLE_WEBSOCKET_FLAG_RSV1 | SWOOLE_WEBSOCKET_FLAG_COMPRESS;
  if (first & RSV2) flags |= SWOOLE_WEBSOCKET_FLAG_RSV2;
  if (first & RSV3) flags |= SWOOLE_WEBSOCKET_FLAG_RSV3;
  if (masked) flags |= SWOOLE_WEBSOCKET_FLAG_MASK;
  return flags;
}

function toFrame(decoded: WireFrame): Frame | CloseFrame {
  const { opcode, flags, payload } = decoded;
  if (opcode === SWOOLE_WEBSOCKET_OPCODE_CLOSE) {
    const frame = new CloseFrame();
    frame.flags = flags;
    frame.finish = true;
    if (payload.length >= 2) {
      frame.code = payload.readUInt16BE(0);
      frame.reason = payload.toString('utf8', 2);
    }
    return frame;
  }
  const frame = new Frame();
  // A text fragment may end inside a character; only bytes keep it whole.
  frame.data = opcode === SWOOLE_WEBSOCKET_OPCODE_TEXT && isUtf8(payload) ? payload.toString() : payload;
  frame.opcode = opcode;
  frame.flags = flags;
  frame.finish = (flags & SWOOLE_WEBSOCKET_FLAG_FIN) !== 0;
  return frame;
}
