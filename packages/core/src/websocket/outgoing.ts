import {
  SWOOLE_WEBSOCKET_FLAG_FIN,
  SWOOLE_WEBSOCKET_OPCODE_CLOSE,
  SWOOLE_WEBSOCKET_OPCODE_PONG,
} from '../constants/websocket.js';
import { fail } from '../errors/last-error.js';
import { SWOOLE_ERROR_WEBSOCKET_PACK_FAILED } from '../errors/numbers.js';
import { warn } from '../errors/warnings.js';
import type { Frame } from './frame.js';

const ALL_FLAGS = 0b111111;
const CONTROL_MAX = 125;
/** A close frame's payload holds two bytes of code before the reason. */
const REASON_MAX = CONTROL_MAX - 2;

/** @internal Close, ping, pong. */
export function isControl(opcode: number): boolean {
  return opcode >= SWOOLE_WEBSOCKET_OPCODE_CLOSE && opcode <= SWOOLE_WEBSOCKET_OPCODE_PONG;
}

function byteLength(data: string | Uint8Array): number {
  return typeof data === 'string' ? Buffer.byteLength(data) : data.byteLength;
}

/**
 * @internal Whether a frame of this opcode can carry this data (for a close frame: this reason). Warns when it cannot.
 * @param caller the prefix of the warning, for example `Swoole\WebSocket\Server::push()`
 */
export function checkOutgoing(data: string | Uint8Array, opcode: number, caller: string): boolean {
  if (!(opcode >= 0 && opcode <= SWOOLE_WEBSOCKET_OPCODE_PONG)) {
    warn(`${caller}: opcode must be between 0 and ${SWOOLE_WEBSOCKET_OPCODE_PONG}`);
    return false;
  }
  if (opcode < SWOOLE_WEBSOCKET_OPCODE_CLOSE) return true;
  const length = byteLength(data);
  if (opcode === SWOOLE_WEBSOCKET_OPCODE_CLOSE && length > REASON_MAX) {
    warn(`${caller}: the max length of close reason is ${REASON_MAX}`);
    return false;
  }
  if (length > CONTROL_MAX) {
    warn(`${caller}: websocket control frame payload must not exceed ${CONTROL_MAX} bytes`);
    return false;
  }
  return true;
}

/** @internal {@link checkOutgoing} for the methods that also set the last error: 8505. */
export function validateOutgoing(data: string | Uint8Array, opcode: number, caller: string): boolean {
  return checkOutgoing(data, opcode, caller) || fail(SWOOLE_ERROR_WEBSOCKET_PACK_FAILED);
}

/** @internal The flags a frame object goes out with: `finish`, when it is not null, decides about FIN. */
export function outgoingFlags(frame: Frame): number {
  const flags = frame.flags & ALL_FLAGS;
  if (frame.finish === null || frame.finish === undefined) return flags;
  return frame.finish ? flags | SWOOLE_WEBSOCKET_FLAG_FIN : flags & ~SWOOLE_WEBSOCKET_FLAG_FIN;
}

/** @internal The payload of a close frame. The code is not checked: two bytes, whatever it is. */
export function closePayload(code: number, reason: string | Uint8Array): Buffer {
  const payload = Buffer.allocUnsafe(2 + byteLength(reason));
  payload.writeUInt16BE(code & 0xffff, 0);
  if (typeof reason === 'string') payload.write(reason, 2);
  else payload.set(reason, 2);
  return payload;
}

/**
 * @internal What PHP would send for a value where it wants a string: true is `1`, false and null are empty, numbers are
 * written out, objects give their `toString()`.
 * @throws TypeError for an object that has no text of its own
 */
export function toPayload(data: unknown): string | Uint8Array {
  if (typeof data === 'string' || data instanceof Uint8Array) return data;
  if (data === null || data === undefined || data === false) return '';
  if (data === true) return '1';
  if (typeof data === 'number' || typeof data === 'bigint') return String(data);
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (Array.isArray(data)) {
    warn('Array to string conversion');
    return 'Array';
  }
  if (typeof data === 'object' && data.toString !== Object.prototype.toString) return String(data);
  throw new TypeError(`A ${typeof data} cannot be sent: give a string, bytes or a Frame`);
}
