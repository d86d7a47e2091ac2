const LF = 0x0a;
const BULK = 0x24;

/** What a client sends beside the name of a command. */
export type RedisParameter = Buffer | number | null;

export interface RedisCommand {
  name: Buffer;
  parameters: RedisParameter[];
}

/** A whole command, as the framer cuts it; null for one without a name. */
export function parseCommand(packet: Buffer): RedisCommand | null {
  const parameters: RedisParameter[] = [];
  for (let at = packet.indexOf(LF) + 1; at < packet.length; ) {
    const end = packet.indexOf(LF, at);
    const number = Number(packet.toString('latin1', at + 1, end - 1));
    const bulk = packet[at] === BULK;
    at = end + 1;
    if (bulk && number >= 0) {
      parameters.push(packet.subarray(at, at + number));
      at += number + 2;
    } else parameters.push(bulk ? null : number);
  }
  const name = parameters.shift();
  return Buffer.isBuffer(name) ? { name, parameters } : null;
}
