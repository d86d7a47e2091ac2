/** The digests that are no cryptography and that OpenSSL does not have. */
export const FNV = new Set([
  'crc32',
  'crc32b',
  'crc32c',
  'adler32',
  'fnv132',
  'fnv1a32',
  'fnv164',
  'fnv1a64',
  'joaat',
]);

function table(polynomial: number): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, i) => {
    let value = i;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1;
    return value;
  });
}

/** CRC-32 as bzip2 has it: the bits the other way round. */
const forward = Uint32Array.from({ length: 256 }, (_, i) => {
  let value = i << 24;
  for (let bit = 0; bit < 8; bit++) value = value & 0x80000000 ? (value << 1) ^ 0x04c11db7 : value << 1;
  return value >>> 0;
});
const ieee = table(0xedb88320);
const castagnoli = table(0x82f63b78);

function reflected(data: Uint8Array, by: Uint32Array): number {
  let value = 0xffffffff;
  for (const byte of data) value = (value >>> 8) ^ (by[(value ^ byte) & 255] ?? 0);
  return (value ^ 0xffffffff) >>> 0;
}

/** The CRC-32 of zip and Ethernet. */
export function crc32Of(data: Uint8Array): number {
  return reflected(data, ieee);
}

const compute: { readonly [name: string]: (data: Uint8Array) => Buffer } = {
  crc32: (data) => {
    let value = 0xffffffff;
    for (const byte of data) value = ((value << 8) ^ (forward[(value >>> 24) ^ byte] ?? 0)) >>> 0;
    const out = Buffer.alloc(4);
    out.writeUInt32LE((value ^ 0xffffffff) >>> 0);
    return out;
  },
  crc32b: (data) => word(crc32Of(data)),
  crc32c: (data) => word(reflected(data, castagnoli)),
  adler32: (data) => {
    let [low, high] = [1, 0];
    for (const byte of data) {
      low = (low + byte) % 65521;
      high = (high + low) % 65521;
    }
    return word(((high << 16) | low) >>> 0);
  },
  fnv132: (data) => word(fnv32(data, false)),
  fnv1a32: (data) => word(fnv32(data, true)),
  fnv164: (data) => long(fnv64(data, false)),
  fnv1a64: (data) => long(fnv64(data, true)),
  joaat: (data) => {
    let value = 0;
    for (const byte of data) {
      value = (value + byte) | 0;
      value = (value + (value << 10)) | 0;
      value ^= value >>> 6;
    }
    value = (value + (value << 3)) | 0;
    value ^= value >>> 11;
    return word((value + (value << 15)) >>> 0);
  },
};

function word(value: number): Buffer {
  const out = Buffer.alloc(4);
  out.writeUInt32BE(value >>> 0);
  return out;
}

function long(value: bigint): Buffer {
  const out = Buffer.alloc(8);
  out.writeBigUInt64BE(value);
  return out;
}

function fnv32(data: Uint8Array, xorFirst: boolean): number {
  let value = 0x811c9dc5;
  for (const byte of data) {
    if (xorFirst) value ^= byte;
    value = Math.imul(value, 0x01000193);
    if (!xorFirst) value ^= byte;
  }
  return value >>> 0;
}

function fnv64(data: Uint8Array, xorFirst: boolean): bigint {
  let value = 0xcbf29ce484222325n;
  for (const byte of data) {
    if (xorFirst) value ^= BigInt(byte);
    value = BigInt.asUintN(64, value * 0x100000001b3n);
    if (!xorFirst) value ^= BigInt(byte);
  }
  return value;
}

/** A digest of that name that gets its data piece by piece. */
export function checksum(name: string): { update(data: Uint8Array): void; digest(): Buffer } {
  const parts: Uint8Array[] = [];
  return {
    update: (data) => void parts.push(data),
    digest: () => compute[name]?.(Buffer.concat(parts)) ?? Buffer.alloc(0),
  };
}
