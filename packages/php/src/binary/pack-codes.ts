import { type Num, normalInt } from '../value/numeric.js';

interface Codec {
  write(value: bigint | number): Buffer;
  read(data: Buffer): Num;
}

function integer(size: number, little: boolean, signed: boolean): Codec {
  return {
    write: (value) => {
      const out = Buffer.alloc(size);
      let rest = BigInt.asUintN(64, BigInt(value));
      for (let i = 0; i < size; i++) {
        out[little ? i : size - 1 - i] = Number(rest & 255n);
        rest >>= 8n;
      }
      return out;
    },
    read: (data) => {
      let value = 0n;
      for (let i = 0; i < size; i++) value = (value << 8n) | BigInt(data[little ? size - 1 - i : i] ?? 0);
      // There is no unsigned 64-bit int in PHP: the upper half is negative.
      return normalInt(signed || size === 8 ? BigInt.asIntN(size * 8, value) : value);
    },
  };
}

function float(size: 4 | 8, little: boolean): Codec {
  return {
    write: (value) => {
      const out = Buffer.alloc(size);
      if (size === 4) little ? out.writeFloatLE(Number(value)) : out.writeFloatBE(Number(value));
      else little ? out.writeDoubleLE(Number(value)) : out.writeDoubleBE(Number(value));
      return out;
    },
    read: (data) => {
      if (size === 4) return little ? data.readFloatLE() : data.readFloatBE();
      return little ? data.readDoubleLE() : data.readDoubleBE();
    },
  };
}

/** What the letters of `pack` for numbers mean. */
export const codes: { readonly [code: string]: Codec } = {
  c: integer(1, true, true),
  C: integer(1, true, false),
  s: integer(2, true, true),
  S: integer(2, true, false),
  n: integer(2, false, false),
  v: integer(2, true, false),
  i: integer(4, true, true),
  I: integer(4, true, false),
  l: integer(4, true, true),
  L: integer(4, true, false),
  N: integer(4, false, false),
  V: integer(4, true, false),
  q: integer(8, true, true),
  Q: integer(8, true, false),
  J: integer(8, false, false),
  P: integer(8, true, false),
  f: float(4, true),
  g: float(4, true),
  G: float(4, false),
  d: float(8, true),
  e: float(8, true),
  E: float(8, false),
};

/** How many bytes a letter takes, 0 for one that is unknown. */
export function sizeOf(code: string): number {
  if ('cC'.includes(code)) return 1;
  if ('sSnv'.includes(code)) return 2;
  if ('iIlLNVfgG'.includes(code)) return 4;
  return 'qQJPdeE'.includes(code) ? 8 : 0;
}
