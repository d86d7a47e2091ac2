export const CONTINUATION = 0;
export const TEXT = 1;
export const BINARY = 2;
export const CLOSE = 8;
export const PING = 9;
export const PONG = 10;

/** A frame to send, as RFC 6455, 5.2 lays it out or as it forbids. */
export interface FrameToSend {
  fin?: boolean;
  /** The three reserved bits, RSV1 being 4. */
  rsv?: number;
  opcode: number;
  payload?: Uint8Array | string;
  /** The masking key; null for no mask. */
  key?: readonly number[] | null;
  /** How many bytes the extended length takes (0, 2 or 8), for lengths that are not written the shortest way. */
  lengthBytes?: 0 | 2 | 8;
  /** A length that the header tells instead of the payload's. */
  announced?: bigint;
}

const KEY = [0x37, 0xfa, 0x21, 0x3d];

export function encode({
  fin = true,
  rsv = 0,
  opcode,
  payload = '',
  key = KEY,
  ...rest
}: FrameToSend): Buffer {
  const body = Buffer.from(payload as Uint8Array);
  const length = rest.announced ?? BigInt(body.length);
  const lengthBytes = rest.lengthBytes ?? (length < 126n ? 0 : length < 65_536n ? 2 : 8);
  const head = Buffer.alloc(2 + lengthBytes);
  head[0] = (fin ? 0x80 : 0) | (rsv << 4) | opcode;
  head[1] = (key ? 0x80 : 0) | (lengthBytes === 0 ? Number(length) : lengthBytes === 2 ? 126 : 127);
  if (lengthBytes === 2) head.writeUInt16BE(Number(length), 2);
  else if (lengthBytes === 8) head.writeBigUInt64BE(length, 2);
  if (!key) return Buffer.concat([head, body]);
  for (let i = 0; i < body.length; i++) body[i] = (body[i] as number) ^ (key[i & 3] as number);
  return Buffer.concat([head, Buffer.from(key), body]);
}

/** The payload of a close frame. */
export function closing(code: number, reason: Uint8Array | string = ''): Buffer {
  return Buffer.concat([Buffer.from([code >> 8, code & 255]), Buffer.from(reason as Uint8Array)]);
}

export interface ReceivedFrame {
  fin: boolean;
  rsv: number;
  opcode: number;
  masked: boolean;
  payload: Buffer;
}

/** Takes the first frame off; null when it has not come whole. */
export function decode(bytes: Buffer): { frame: ReceivedFrame; size: number } | null {
  if (bytes.length < 2) return null;
  const [first, second] = bytes as unknown as [number, number];
  let length = second & 127;
  let at = 2;
  if (length === 126) {
    if (bytes.length < 4) return null;
    length = bytes.readUInt16BE(2);
    at = 4;
  } else if (length === 127) {
    if (bytes.length < 10) return null;
    length = Number(bytes.readBigUInt64BE(2));
    at = 10;
  }
  if (bytes.length < at + length) return null;
  const payload = Buffer.from(bytes.subarray(at, at + length));
  const frame = {
    fin: (first & 128) !== 0,
    rsv: (first >> 4) & 7,
    opcode: first & 15,
    masked: second > 127,
    payload,
  };
  return { frame, size: at + length };
}
