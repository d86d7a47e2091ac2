/** Bytes of the remaining length at most: MQTT 3.1.1 and 5.0, section 1.5.5 of the latter. */
const MAX_DIGITS = 4;
const CONTINUES = 0x80;

/** The length of an MQTT packet: a type byte, the rest's length in one to four bytes of seven bits each, the rest. */
export function mqttLength(bytes: Buffer): number {
  let rest = 0;
  for (let digit = 0; digit < MAX_DIGITS; digit++) {
    const byte = bytes[1 + digit];
    if (byte === undefined) return 0;
    rest += (byte & 0x7f) * 128 ** digit;
    if ((byte & CONTINUES) === 0) return 2 + digit + rest;
  }
  return -1;
}
