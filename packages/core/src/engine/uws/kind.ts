/** What a queued message is, in one number: its opcode and two flags. */
export const CONTINUATION = 0;
export const TEXT = 1;
export const BINARY = 2;
export const PING = 9;
export const PONG = 10;

export const OPCODE = 15;
export const FIN = 16;
export const COMPRESS = 32;

/** Whether it is a message in one piece, and no control frame. */
export function isWhole(kind: number): boolean {
  const opcode = kind & OPCODE;
  return (kind & FIN) !== 0 && (opcode === TEXT || opcode === BINARY);
}
