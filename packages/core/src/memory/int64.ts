/** PHP's integers have 64 bits. A JavaScript number holds 53 of them exactly; what is beyond is a bigint. */
export type Int64 = number | bigint;

/** The value modulo 2^64, as PHP's conversion to int gives it: fractions are cut off, NaN and infinities are 0. */
export function toInt64(value: Int64): bigint {
  if (typeof value === 'bigint') return BigInt.asIntN(64, value);
  return Number.isFinite(value) ? BigInt.asIntN(64, BigInt(Math.trunc(value))) : 0n;
}

/** A number where that is exact, else the bigint. */
export function fromInt64(value: bigint): Int64 {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
