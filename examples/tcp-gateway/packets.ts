// What devices and the gateway say to each other: two bytes of length, a byte for the type, the rest.

// From devices: a name in UTF-8; a value as a signed 32-bit number of hundredths.
export const HELLO = 1;
export const READING = 2;
// To devices: seconds between two readings, 16 bits; why the connection ends.
export const INTERVAL = 3;
export const REFUSED = 4;

const LONGEST_NAME = 32;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** A packet that breaks the rules. */
export class Refusal extends Error {}

export type Packet = { type: typeof HELLO; name: string } | { type: typeof READING; value: number };

export function packet(type: number, rest: string | Uint8Array): Buffer {
  const body = Buffer.from(rest as string);
  const head = Buffer.alloc(3);
  head.writeUInt16BE(body.length + 1);
  head.writeUInt8(type, 2);
  return Buffer.concat([head, body]);
}

/** A whole packet, as `receive` gets it. */
export function read_packet(data: Buffer): Packet {
  if (data.length < 3) {
    throw new Refusal('empty packet');
  }
  const type = data.readUInt8(2);
  const rest = data.subarray(3);
  switch (type) {
    case HELLO:
      if (rest.length === 0 || rest.length > LONGEST_NAME || !isUtf8(rest)) {
        throw new Refusal('a name has 1 to 32 bytes of UTF-8');
      }
      return { type: HELLO, name: rest.toString() };
    case READING:
      if (rest.length !== 4) {
        throw new Refusal('a reading has 4 bytes');
      }
      return { type: READING, value: rest.readInt32BE() / 100 };
  }
  throw new Refusal(`unknown type ${type}`);
}

/** What a dashboard asks for: `{"device": 3, "seconds": 10}`; null for anything else. */
export function read_command(data: string | Buffer): { device: number; seconds: number } | null {
  const { device, seconds } = parse(String(data)) ?? {};
  if (!isInt(device) || !isInt(seconds) || seconds < 1 || seconds > 3600) {
    return null;
  }
  return { device, seconds };
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    utf8.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function isInt(value: unknown): value is number {
  return Number.isInteger(value);
}

function parse(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? (value as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
}
