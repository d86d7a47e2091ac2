import { E_WARNING } from '../constants/errors.js';
import { ValueError } from '../errors/exceptions.js';
import { raise } from '../errors/raise.js';
import { toBytes, toFloat, toInteger } from '../value/convert.js';
import { codes, sizeOf } from './pack-codes.js';

/** One letter of a format with what stands behind it; `*` is -1, nothing is null. */
interface Step {
  code: string;
  times: number | null;
}

/** Packs values into bytes by PHP's letters (`N`, `n`, `V`, `v`, `C`, `a`, `H`, `J`, `q`, `G`…). */
export function pack(format: string, ...values: unknown[]): Buffer {
  const parts: Buffer[] = [];
  let next = 0;
  let length = 0;
  const push = (part: Buffer): void => {
    parts.push(part);
    length += part.length;
  };
  const take = (code: string): unknown => {
    if (next >= values.length) throw new ValueError(`Type ${code}: not enough arguments`);
    return values[next++];
  };
  for (const { code, times } of steps(format)) {
    if ('aAZhH'.includes(code)) push(packText(code, toBytes(take(code)), times));
    else if (code === 'x') push(Buffer.alloc(times === null ? 1 : Math.max(0, times)));
    else if (code === 'X' || code === '@') {
      const to = code === '@' ? Math.max(0, times ?? 1) : length - (times === null ? 1 : Math.max(0, times));
      if (to < 0) raise(E_WARNING, 'Type X: outside of string');
      const whole = Buffer.concat([...parts, Buffer.alloc(Math.max(0, to - length))]).subarray(
        0,
        Math.max(0, to),
      );
      parts.splice(0, parts.length, whole);
      length = whole.length;
    } else {
      const codec = codes[code];
      if (codec === undefined) throw new ValueError(`Type ${code}: unknown format code`);
      const count = times === -1 ? values.length - next : (times ?? 1);
      if (next + count > values.length) throw new ValueError(`Type ${code}: too few arguments`);
      for (let i = 0; i < count; i++) {
        const value = take(code);
        push(codec.write('eEgGfd'.includes(code) ? toFloat(value) : BigInt(toInteger(value))));
      }
    }
  }
  if (next < values.length) raise(E_WARNING, `pack(): ${values.length - next} arguments unused`);
  return Buffer.concat(parts);
}

function* steps(format: string): Iterable<Step> {
  for (const [, code = '', times] of format.matchAll(/([a-zA-Z@])(\*|\d+)?/g))
    yield { code, times: times === undefined ? null : times === '*' ? -1 : Number(times) };
}

function packText(code: string, value: Buffer, times: number | null): Buffer {
  if (code === 'h' || code === 'H') return packHex(code, value.toString('latin1'), times);
  const length = times === -1 ? value.length + (code === 'Z' ? 1 : 0) : (times ?? 1);
  const out = Buffer.alloc(length, code === 'A' ? 32 : 0);
  value.copy(out, 0, 0, code === 'Z' ? Math.max(0, length - 1) : length);
  return out;
}

function packHex(code: string, digits: string, times: number | null): Buffer {
  const count = times === -1 || (times ?? 1) > digits.length ? digits.length : (times ?? 1);
  if (times !== null && times > digits.length)
    raise(E_WARNING, `Type ${code}: not enough characters in string`);
  const out = Buffer.alloc(Math.ceil(count / 2));
  for (let i = 0; i < count; i++) {
    let digit = Number.parseInt(digits[i] ?? '0', 16);
    if (Number.isNaN(digit)) {
      raise(E_WARNING, `Type ${code}: illegal hex digit ${digits[i]}`);
      digit = 0;
    }
    const high = (i % 2 === 0) === (code === 'H');
    out[i >> 1] = (out[i >> 1] ?? 0) | (high ? digit << 4 : digit);
  }
  return out;
}

/**
 * Unpacks bytes by letters with names (`Ntype/nlength/a*body`). A letter that repeats gives `name1`, `name2`…; without a name 1, 2…
 * @returns false when there are too few bytes
 */
export function unpack(
  format: string,
  string: unknown,
  offset?: number,
): { [name: string]: number | bigint | string | Buffer } | false;
export function unpack(format: string, string: unknown, offset = 0): Record<string, unknown> | false {
  const data = toBytes(string).subarray(offset);
  const out: Record<string, unknown> = {};
  let at = 0;
  for (const part of format.split('/')) {
    const [, code = '', digits, name = ''] = /^([a-zA-Z@])(\*|\d+)?(.*)$/s.exec(part) ?? [];
    const times = digits === undefined ? null : digits === '*' ? -1 : Number(digits);
    if (code === 'x' || code === 'X' || code === '@') {
      if (times === 0) continue;
      at =
        code === '@'
          ? Math.max(0, times ?? 1)
          : at + (code === 'x' ? 1 : -1) * (times === -1 ? 0 : (times ?? 1));
      if (at < 0 || at > data.length) return raised(code, at < 0 ? 'outside of string' : 'not enough input');
      continue;
    }
    if ('aAZhH'.includes(code)) {
      const length = textLength(code, times, data.length - at);
      if (length > data.length - at)
        return raised(code, `not enough input, need ${length}, have ${data.length - at}`);
      out[name === '' ? '1' : name] = unpackText(code, data.subarray(at, at + length), times);
      at += length;
      continue;
    }
    const codec = codes[code];
    const size = sizeOf(code);
    if (codec === undefined || size === 0) throw new ValueError(`Invalid format type ${code}`);
    const count = times === -1 ? Math.floor((data.length - at) / size) : (times ?? 1);
    for (let i = 1; i <= count; i++) {
      if (at + size > data.length)
        return raised(code, `not enough input, need ${size}, have ${data.length - at}`);
      const key = name === '' ? String(i) : times === null ? name : `${name}${i}`;
      out[key] = codec.read(data.subarray(at, at + size));
      at += size;
    }
  }
  return out;
}

function raised(code: string, what: string): false {
  raise(E_WARNING, `unpack(): Type ${code}: ${what}`);
  return false;
}

function textLength(code: string, times: number | null, left: number): number {
  if (times === -1) return left;
  const count = times ?? 1;
  return code === 'h' || code === 'H' ? Math.ceil(count / 2) : count;
}

function unpackText(code: string, part: Buffer, times: number | null): string | Buffer {
  if (code === 'A') return asText(part.subarray(0, lastOf(part)));
  if (code === 'Z') {
    const end = part.indexOf(0);
    return asText(end < 0 ? part : part.subarray(0, end));
  }
  if (code === 'a') return asText(part);
  let digits = part.toString('hex');
  if (code === 'h') digits = digits.replace(/(.)(.)/g, '$2$1');
  return times === -1 ? digits : digits.slice(0, times ?? 1);
}

const lastOf = (part: Buffer): number => {
  let end = part.length;
  while (end > 0 && ' \t\r\n\0'.includes(String.fromCharCode(part[end - 1] ?? 1))) end--;
  return end;
};

const asText = (part: Buffer): string | Buffer => {
  const plain = part.toString();
  return Buffer.from(plain).equals(part) ? plain : Buffer.from(part);
};
