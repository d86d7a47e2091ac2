import type { Bytes } from '../engine.js';

const FIN = 0x80;
const RSV1 = 0x40;
const CLOSE = 8;

let lastText = '';
let lastFirst = 0;
let lastFrame: Buffer | null = null;

/**
 * A frame of the server's, RFC 6455 section 5.2. A broadcast sends the same text to many connections: it is encoded once.
 * @param compressed the payload was deflated
 */
export function encodeFrame(data: Bytes, opcode: number, fin: boolean, compressed = false): Buffer {
  const first = opcode | (fin ? FIN : 0) | (compressed ? RSV1 : 0);
  if (typeof data !== 'string') return encodeBytes(data, first);
  if (lastFrame !== null && first === lastFirst && data === lastText) return lastFrame;
  lastText = data;
  lastFirst = first;
  lastFrame = encodeText(data, first);
  return lastFrame;
}

/** A close frame; one without a code when it is 0. */
export function encodeClose(code: number, reason: string): Buffer {
  if (code === 0) return encodeBytes(new Uint8Array(0), FIN | CLOSE);
  const payload = Buffer.allocUnsafe(2 + Buffer.byteLength(reason));
  payload.writeUInt16BE(code);
  payload.write(reason, 2);
  return encodeBytes(payload, FIN | CLOSE);
}

function encodeText(text: string, first: number): Buffer {
  const length = Buffer.byteLength(text);
  const frame = head(length, first);
  frame.write(text, frame.length - length);
  return frame;
}

function encodeBytes(data: Uint8Array, first: number): Buffer {
  const frame = head(data.length, first);
  frame.set(data, frame.length - data.length);
  return frame;
}

/** The frame with its header written and room for the payload. */
function head(length: number, first: number): Buffer {
  let frame: Buffer;
  if (length < 126) {
    frame = Buffer.allocUnsafe(2 + length);
    frame[1] = length;
  } else if (length < 65_536) {
    frame = Buffer.allocUnsafe(4 + length);
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame = Buffer.allocUnsafe(10 + length);
    frame[1] = 127;
    frame.writeUInt32BE(Math.floor(length / 0x1_0000_0000), 2);
    frame.writeUInt32BE(length >>> 0, 6);
  }
  frame[0] = first;
  return frame;
}
