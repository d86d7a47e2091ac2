import { endianness } from 'node:os';

const TWO_32 = 2 ** 32;
const little = endianness() === 'LE';

/** How a length is written: its size in bytes, and how it is read. Lengths beyond 2 ** 53 come out inexact, but large. */
export interface LengthType {
  readonly size: number;
  read(bytes: Buffer, offset: number): number;
}

const types: Readonly<Record<string, LengthType>> = {
  c: { size: 1, read: (bytes, offset) => bytes.readInt8(offset) },
  C: { size: 1, read: (bytes, offset) => bytes.readUInt8(offset) },
  s: { size: 2, read: (bytes, offset) => (little ? bytes.readInt16LE(offset) : bytes.readInt16BE(offset)) },
  S: { size: 2, read: (bytes, offset) => (little ? bytes.readUInt16LE(offset) : bytes.readUInt16BE(offset)) },
  n: { size: 2, read: (bytes, offset) => bytes.readUInt16BE(offset) },
  v: { size: 2, read: (bytes, offset) => bytes.readUInt16LE(offset) },
  l: { size: 4, read: (bytes, offset) => (little ? bytes.readInt32LE(offset) : bytes.readInt32BE(offset)) },
  L: { size: 4, read: (bytes, offset) => (little ? bytes.readUInt32LE(offset) : bytes.readUInt32BE(offset)) },
  N: { size: 4, read: (bytes, offset) => bytes.readUInt32BE(offset) },
  V: { size: 4, read: (bytes, offset) => bytes.readUInt32LE(offset) },
  q: {
    size: 8,
    read: (bytes, offset) => Number(little ? bytes.readBigInt64LE(offset) : bytes.readBigInt64BE(offset)),
  },
  Q: { size: 8, read: (bytes, offset) => (little ? read64LE(bytes, offset) : read64BE(bytes, offset)) },
  J: { size: 8, read: read64BE },
  P: { size: 8, read: read64LE },
};

/** The type that a letter of PHP's pack() stands for; undefined for a letter that Swoole does not take. */
export function lengthType(letter: string): LengthType | undefined {
  return Object.hasOwn(types, letter) ? types[letter] : undefined;
}

function read64BE(bytes: Buffer, offset: number): number {
  return bytes.readUInt32BE(offset) * TWO_32 + bytes.readUInt32BE(offset + 4);
}

function read64LE(bytes: Buffer, offset: number): number {
  return bytes.readUInt32LE(offset + 4) * TWO_32 + bytes.readUInt32LE(offset);
}
