import { CLOSE, encode, type FrameToSend, PONG, type ReceivedFrame } from './frame.js';
import { inflate, type Outcome } from './peer.js';

export interface Message {
  binary: boolean;
  payload: Buffer;
}

/** What an echo server must do. */
export interface Expected {
  /** The messages that come back, in order. */
  echo: Message[];
  /** The payloads of the pongs, in order. */
  pongs?: Buffer[];
  /** The connection must fail, and a close frame may say one of these codes. */
  fails?: readonly number[];
  /** The client's close frame is answered with this code (1005: none). */
  closes?: number;
  /** Nothing is said about it: both to take and to fail it are right. */
  mayFail?: boolean;
}

export interface Case {
  /** Unlike any other. */
  name: string;
  /** Of RFC 6455, or of 7692. */
  section: string;
  /** The bytes, in segments. */
  sends: Uint8Array[];
  expected: Expected;
  /** The offer of extensions, empty for none. */
  offer?: string;
}

export const frames = (...list: FrameToSend[]): Uint8Array[] => [Buffer.concat(list.map(encode))];
export const text = (payload: string | Buffer): Message => ({
  binary: false,
  payload: Buffer.from(payload as Buffer),
});
export const binary = (payload: Buffer): Message => ({ binary: true, payload });

export const PROTOCOL_ERROR = [1002];
export const NOT_CONSISTENT = [1007];
/** Nobody is obliged to look for the one before the other. */
export const EITHER = [1002, 1007];
export const TOO_BIG = [1009];

/** The fault of a server that neither goes on nor ends. */
export const NOTHING = 'nothing happens';

/**
 * What is wrong with an outcome; empty when nothing is.
 * @param windowBits the largest window of a compressed message
 */
export function faults({ expected }: Case, { frames: all, alive }: Outcome, windowBits = 15): string[] {
  const wrong: string[] = [];
  if (alive === null) return [NOTHING];
  const close = all.find((frame) => frame.opcode === CLOSE);
  if (all.some((frame) => frame.masked)) wrong.push('a masked frame came back (5.1)');
  const messages = all.filter((frame) => frame.opcode < CLOSE).map((frame) => messageOf(frame, windowBits));
  const pongs = all.filter((frame) => frame.opcode === PONG).map((frame) => frame.payload);
  const failed = !alive && close === undefined;
  if (expected.mayFail === true && !alive) return wrong;
  if (!same(messages, expected.echo))
    wrong.push(`came back: ${shown(messages)}, expected ${shown(expected.echo)}`);
  if (expected.pongs !== undefined && !samePongs(pongs, expected.pongs))
    wrong.push(`pongs ${pongs.map(String)}, expected ${expected.pongs.map(String)}`);
  if (expected.fails !== undefined) {
    if (alive) wrong.push('the connection lives on');
    else if (close === undefined) wrong.push('no close frame says why');
    else if (!expected.fails.includes(codeOf(close))) wrong.push(`the close frame says ${codeOf(close)}`);
  } else if (expected.closes !== undefined) {
    if (alive || failed) wrong.push(alive ? 'the connection lives on' : 'the close frame is not answered');
    else if (close !== undefined && codeOf(close) !== expected.closes)
      wrong.push(`answered with ${codeOf(close)}`);
  } else if (!alive) wrong.push(`the connection ended${close === undefined ? '' : ` with ${codeOf(close)}`}`);
  return wrong;
}

function codeOf(frame: ReceivedFrame): number {
  return frame.payload.length >= 2 ? frame.payload.readUInt16BE() : 1005;
}

function messageOf({ opcode, rsv, payload }: ReceivedFrame, windowBits: number): Message {
  return { binary: opcode === 2, payload: rsv === 4 ? inflate(payload, windowBits) : payload };
}

function same(a: Message[], b: Message[]): boolean {
  return (
    a.length === b.length &&
    a.every((one, i) => one.binary === b[i]?.binary && one.payload.equals(b[i]?.payload ?? one.payload))
  );
}

function samePongs(a: Buffer[], b: Buffer[]): boolean {
  return a.length === b.length && a.every((one, i) => one.equals(b[i] as Buffer));
}

function shown(messages: Message[]): string {
  const parts = messages.map(
    ({ binary, payload }) =>
      `${binary ? 'binary' : 'text'} ${payload.length} ${payload.toString('hex', 0, 16)}`,
  );
  return parts.length === 0 ? 'nothing' : parts.join(', ');
}
