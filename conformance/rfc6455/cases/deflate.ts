import { constants, deflateRawSync } from 'node:zlib';
import { binary, type Case, frames, NOT_CONSISTENT, PROTOCOL_ERROR, TOO_BIG, text } from '../case.js';
import { BINARY, CLOSE, CONTINUATION, closing, PING, TEXT } from '../frame.js';
import { MAX_PAYLOAD } from './lengths.js';

const OFFER = 'permessage-deflate; client_max_window_bits';
const COMPRESSED = 4;

/** A message as RFC 7692, 7.2.1 has it. */
function deflate(data: string | Buffer, options: { level?: number; windowBits?: number } = {}): Buffer {
  const deflated = deflateRawSync(data, { ...options, finishFlush: constants.Z_SYNC_FLUSH });
  return deflated.subarray(0, deflated.length - 4);
}

/** RFC 7692: messages of a connection that has agreed on permessage-deflate. */
export function* deflated(): Generator<Case> {
  const messages = ['', 'a', 'again and '.repeat(40), 'ü€😀'.repeat(50), 'x'.repeat(70_000)];
  for (const message of messages)
    for (const [how, options] of Object.entries({
      'as usual': {},
      stored: { level: 0 },
      'in a window of 512 bytes': { windowBits: 9 },
    })) {
      const payload = deflate(message, options);
      const echo = [text(message)];
      yield {
        name: `${Buffer.byteLength(message)} bytes compressed ${how}`,
        section: 'RFC 7692, 7.2',
        offer: OFFER,
        sends: frames({ opcode: TEXT, rsv: COMPRESSED, payload }),
        expected: { echo },
      };
      const cuts = new Set([0, 1, payload.length >> 1, payload.length - 1, payload.length]);
      for (const cut of [...cuts].filter((at) => at >= 0))
        yield {
          name: `${Buffer.byteLength(message)} bytes compressed ${how} and split after ${cut}`,
          section: 'RFC 7692, 7.2.1',
          offer: OFFER,
          sends: frames(
            { opcode: TEXT, fin: false, rsv: COMPRESSED, payload: payload.subarray(0, cut) },
            { opcode: PING, payload: 'between' },
            { opcode: CONTINUATION, payload: payload.subarray(cut) },
          ),
          expected: { echo, pongs: [Buffer.from('between')] },
        };
    }
  const section = 'RFC 7692, 6.1';
  const payload = deflate('text');
  yield {
    name: 'plain and compressed messages in turn',
    section,
    offer: OFFER,
    sends: frames(
      { opcode: TEXT, payload: 'plain' },
      { opcode: BINARY, rsv: COMPRESSED, payload: deflate('packed') },
      { opcode: TEXT, payload: 'plain again' },
      { opcode: TEXT, rsv: COMPRESSED, payload: deflate('packed again') },
    ),
    expected: {
      echo: [text('plain'), binary(Buffer.from('packed')), text('plain again'), text('packed again')],
    },
  };
  yield {
    name: 'an empty message as a stored block',
    section: 'RFC 7692, 7.2.3.6',
    offer: OFFER,
    sends: frames({ opcode: TEXT, rsv: COMPRESSED, payload: Buffer.from([0]) }),
    expected: { echo: [text('')] },
  };
  yield {
    name: 'RSV1 in a continuation',
    section,
    offer: OFFER,
    sends: frames(
      { opcode: TEXT, fin: false, rsv: COMPRESSED, payload: payload.subarray(0, 2) },
      { opcode: CONTINUATION, rsv: COMPRESSED, payload: payload.subarray(2) },
    ),
    expected: { echo: [], fails: PROTOCOL_ERROR },
  };
  for (const opcode of [PING, CLOSE])
    yield {
      name: `RSV1 in opcode ${opcode}`,
      section,
      offer: OFFER,
      sends: frames({ opcode, rsv: COMPRESSED, payload: opcode === CLOSE ? closing(1000) : '' }),
      expected: { echo: [], fails: PROTOCOL_ERROR },
    };
  for (const rsv of [1, 2, 3, 5, 6, 7])
    yield {
      name: `reserved bits ${rsv} beside the agreement`,
      section: '5.2',
      offer: OFFER,
      sends: frames({ opcode: TEXT, rsv, payload }),
      expected: { echo: [], fails: PROTOCOL_ERROR },
    };
  for (const [name, bytes] of Object.entries({
    'a block of no type': [0x06],
    'a distance beyond the beginning': [0x4b, 0x04, 0x62, 0xff, 0xff, 0xff, 0xff],
    'bytes of no meaning': [0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
  }))
    yield {
      name: `${name} instead of deflated data`,
      section: 'RFC 7692, 7.2.2',
      offer: OFFER,
      sends: frames({ opcode: TEXT, rsv: COMPRESSED, payload: Buffer.from(bytes) }),
      expected: { echo: [], fails: [1002, 1007] },
    };
  yield {
    name: 'text that is no UTF-8 once inflated',
    section: '8.1',
    offer: OFFER,
    sends: frames({ opcode: TEXT, rsv: COMPRESSED, payload: deflate(Buffer.from([0x61, 0xc0, 0xaf])) }),
    expected: { echo: [], fails: NOT_CONSISTENT },
  };
  yield {
    name: 'a message that inflates to more than the limit',
    section: '7.4.1',
    offer: OFFER,
    sends: frames({ opcode: BINARY, rsv: COMPRESSED, payload: deflate(Buffer.alloc(MAX_PAYLOAD + 1)) }),
    expected: { echo: [], fails: TOO_BIG },
  };
}

/** Offers, and what an answer to them may be: null for none but no extension. */
export const OFFERS: { offer: string; legal: boolean }[] = [
  { offer: 'permessage-deflate', legal: true },
  { offer: 'permessage-deflate; client_max_window_bits', legal: true },
  { offer: 'permessage-deflate; client_no_context_takeover; server_no_context_takeover', legal: true },
  ...[8, 9, 10, 14, 15].map((bits) => ({
    offer: `permessage-deflate; server_max_window_bits=${bits}`,
    legal: true,
  })),
  ...[8, 9, 15].map((bits) => ({ offer: `permessage-deflate; client_max_window_bits=${bits}`, legal: true })),
  { offer: 'permessage-deflate; server_max_window_bits="10"', legal: true },
  { offer: 'permessage-deflate; server_max_window_bits=10, permessage-deflate', legal: true },
  ...['7', '16', '010', '0', '-9', '1e1', 'ten'].map((bits) => ({
    offer: `permessage-deflate; server_max_window_bits=${bits}`,
    legal: false,
  })),
  { offer: 'permessage-deflate; server_max_window_bits', legal: false },
  { offer: 'permessage-deflate; client_max_window_bits=7', legal: false },
  { offer: 'permessage-deflate; client_max_window_bits=16', legal: false },
  { offer: 'permessage-deflate; server_no_context_takeover=1', legal: false },
  { offer: 'permessage-deflate; client_no_context_takeover=yes', legal: false },
  { offer: 'permessage-deflate; no_such_parameter', legal: false },
  { offer: 'permessage-deflate; server_max_window_bits=10; server_max_window_bits=11', legal: false },
  { offer: 'permessage-deflate; client_no_context_takeover; client_no_context_takeover', legal: false },
  { offer: 'permessage-inflate', legal: false },
  { offer: 'x-webkit-deflate-frame', legal: false },
];
