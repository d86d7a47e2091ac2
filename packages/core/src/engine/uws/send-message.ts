import type { Bytes, MessageBytes } from '../engine.js';
import type { UwsWebSocket } from './binding.js';
import { COMPRESS, CONTINUATION, FIN, OPCODE, PING, TEXT } from './kind.js';

/** Hands a frame to uWebSockets.js. @returns false when not all of it may have left at once */
export function sendMessage(socket: UwsWebSocket<object>, data: Bytes | MessageBytes, kind: number): boolean {
  const opcode = kind & OPCODE;
  const fin = (kind & FIN) !== 0;
  // Parts of a message are never compressed, as in Swoole: whether they are is said once, by the first.
  if (opcode === PING) return socket.ping(data) === 1;
  if (opcode === CONTINUATION)
    return (fin ? socket.sendLastFragment(data, false) : socket.sendFragment(data, false)) === 1;
  if (fin) return socket.send(data, opcode !== TEXT, (kind & COMPRESS) !== 0) === 1;
  return socket.sendFirstFragment(data, opcode !== TEXT, false) === 1;
}
