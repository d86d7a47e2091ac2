import * as Swoole from 'swoole-ts';

// What a client may say: the types of messages, their fields, and what is refused.

/** The longest message, in bytes. */
const MAX_BYTES = 4096;

/** The fields of each type. */
const TYPES: Record<string, readonly Field[]> = {
  join: ['room', 'nickname'],
  say: ['text'],
  nick: ['nickname'],
  who: [],
  leave: [],
};

/** The longest value of each field, in characters. */
export const LIMITS = {
  room: 30,
  nickname: 20,
  text: 500,
};

/** Characters that no field may hold: controls. A name may hold none that cannot be seen either: it could look like another. */
const CONTROLS = /[\p{Cc}\p{Cs}]/u;
const INVISIBLE = /[\p{Cc}\p{Cs}\p{Cf}\p{Zl}\p{Zp}]/u;

type Field = keyof typeof LIMITS;

/** What a client said. */
export type Message =
  | { type: 'join'; room: string; nickname: string }
  | { type: 'say'; text: string }
  | { type: 'nick'; nickname: string }
  | { type: 'who' }
  | { type: 'leave' };

/** A message that is refused: a word for programs, a sentence for people. */
export class Refusal extends Error {
  readonly reason: string;

  constructor(reason: string, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Reads a frame: its type and the fields of that type, checked. Throws a Refusal. */
export function read_message(frame: Swoole.WebSocket.Frame): Message {
  if (frame.opcode !== Swoole.WEBSOCKET_OPCODE_TEXT) {
    throw new Refusal('binary', 'Send text frames: binary ones are not taken.');
  }
  if (Buffer.byteLength(frame.data) > MAX_BYTES) {
    throw new Refusal('too_large', `A message has at most ${MAX_BYTES} bytes.`);
  }
  let message: unknown;
  try {
    message = JSON.parse(String(frame.data));
  } catch {
    throw new Refusal('not_json', 'This is not JSON.');
  }
  if (!is_object(message)) {
    throw new Refusal('not_an_object', 'Send an object: {"type": "say", "text": "hello"}.');
  }
  const type = message.type;
  if (typeof type !== 'string' || !Object.hasOwn(TYPES, type)) {
    throw new Refusal('unknown_type', `The type is one of: ${Object.keys(TYPES).join(', ')}.`);
  }
  const read: Record<string, string> = { type };
  for (const field of TYPES[type] ?? []) {
    read[field] = read_field(field, message[field] ?? null);
  }
  return read as Message;
}

/** Checks one field and takes the spaces around it off. */
function read_field(field: Field, value: unknown): string {
  if (value === null) {
    throw new Refusal('missing_field', `The field "${field}" is missing.`);
  }
  if (typeof value !== 'string') {
    throw new Refusal('not_a_string', `The field "${field}" is a string.`);
  }
  if ((field === 'text' ? CONTROLS : INVISIBLE).test(value)) {
    throw new Refusal('bad_characters', `The field "${field}" holds characters that cannot be shown.`);
  }
  const trimmed = value.replace(/^\s+|\s+$/gu, '');
  if (trimmed === '') {
    throw new Refusal('empty_field', `The field "${field}" is empty.`);
  }
  if ([...trimmed].length > LIMITS[field]) {
    throw new Refusal('too_long', `The field "${field}" has at most ${LIMITS[field]} characters.`);
  }
  return trimmed;
}

function is_object(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
