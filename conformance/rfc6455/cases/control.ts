import { type Case, EITHER, frames, PROTOCOL_ERROR, text } from '../case.js';
import { CLOSE, CONTINUATION, closing, PING, PONG, TEXT } from '../frame.js';

/** RFC 6455, 5.5: pings, pongs and close frames, their lengths and where they may stand. */
export function* control(): Generator<Case> {
  for (const length of [0, 1, 7, 124, 125]) {
    const payload = Buffer.alloc(length, 0xe4);
    yield {
      name: `a ping of ${length} bytes`,
      section: '5.5.2',
      sends: frames({ opcode: PING, payload }),
      expected: { echo: [], pongs: [payload] },
    };
    yield {
      name: `a pong of ${length} bytes that nobody has asked for`,
      section: '5.5.3',
      sends: frames({ opcode: PONG, payload }, { opcode: TEXT, payload: 'on' }),
      expected: { echo: [text('on')], pongs: [] },
    };
  }
  for (const opcode of [PING, PONG, CLOSE])
    for (const length of [126, 127, 65_536])
      yield {
        name: `opcode ${opcode} with ${length} bytes`,
        section: '5.5',
        sends: frames({
          opcode,
          payload: opcode === CLOSE ? closing(1000, 'x'.repeat(length - 2)) : Buffer.alloc(length),
        }),
        expected: { echo: [], fails: PROTOCOL_ERROR },
      };
  for (const opcode of [PING, PONG, CLOSE])
    yield {
      name: `opcode ${opcode} that is not final`,
      section: '5.5',
      sends: frames({ opcode, fin: false }),
      expected: { echo: [], fails: PROTOCOL_ERROR },
    };
  yield {
    name: 'pings between fragments, answered in order',
    section: '5.4',
    sends: frames(
      { opcode: TEXT, fin: false, payload: 'a' },
      { opcode: PING, payload: '1' },
      { opcode: CONTINUATION, fin: false, payload: 'b' },
      { opcode: PING, payload: '2' },
      { opcode: CONTINUATION, payload: 'c' },
    ),
    expected: { echo: [text('abc')], pongs: [Buffer.from('1'), Buffer.from('2')] },
  };
  yield {
    name: 'ten pings in one segment',
    section: '5.5.2',
    sends: frames(...Array.from({ length: 10 }, (_, i) => ({ opcode: PING, payload: String(i) }))),
    expected: { echo: [], pongs: Array.from({ length: 10 }, (_, i) => Buffer.from(String(i))) },
  };
  yield {
    name: 'a close frame of one byte',
    section: '5.5.1',
    sends: frames({ opcode: CLOSE, payload: Buffer.from([3]) }),
    expected: { echo: [], fails: PROTOCOL_ERROR },
  };
  yield {
    name: 'a message behind a close frame',
    section: '5.5.1',
    sends: frames({ opcode: CLOSE, payload: closing(1000) }, { opcode: TEXT, payload: 'too late' }),
    expected: { echo: [], closes: 1000 },
  };
  yield {
    name: 'a close frame in the middle of a message',
    section: '5.4',
    sends: frames({ opcode: TEXT, fin: false, payload: 'never' }, { opcode: CLOSE, payload: closing(1001) }),
    expected: { echo: [], closes: 1001 },
  };
  for (const reason of ['', 'x', 'grün', 'x'.repeat(122), `${'x'.repeat(121)}ü`])
    yield {
      name: `a reason of ${Buffer.byteLength(reason)} bytes, ${[...reason].length} characters`,
      section: '5.5.1',
      sends: frames({ opcode: CLOSE, payload: closing(1000, reason) }),
      expected: { echo: [], closes: 1000 },
    };
  for (const bytes of [[0xff], [0xc3], [0xed, 0xa0, 0x80]])
    yield {
      name: `a reason that is no UTF-8: ${bytes}`,
      section: '5.5.1',
      sends: frames({ opcode: CLOSE, payload: closing(1000, Buffer.from(bytes)) }),
      expected: { echo: [], fails: EITHER },
    };
}

const RANDOM_CODES = Array.from({ length: 120 }, (_, i) => (i * 7919 + 31) % 65_536);
const CODES = new Set([
  ...Array.from({ length: 1101 - 990 }, (_, i) => 990 + i),
  ...[
    0, 1, 255, 256, 2000, 2998, 2999, 3000, 3001, 3999, 4000, 4001, 4998, 4999, 5000, 5001, 32_767, 32_768,
    65_535,
  ],
  ...RANDOM_CODES,
]);

/** RFC 6455, 7.4, and the registry that it founds: which codes a close frame may carry. */
export function* closeCodes(): Generator<Case> {
  yield {
    name: 'a close frame without a code',
    section: '7.1.5',
    sends: frames({ opcode: CLOSE }),
    expected: { echo: [], closes: 1005 },
  };
  for (const code of [...CODES].sort((a, b) => a - b))
    yield {
      name: `the close code ${code}`,
      section: '7.4',
      sends: frames({ opcode: CLOSE, payload: closing(code) }),
      expected: mayBeSent(code) ? { echo: [], closes: code } : { echo: [], fails: PROTOCOL_ERROR },
    };
}

/** 1000 to 1014 are registered, but for 1004 (reserved), 1005 and 1006 (never on the wire); 3000 to 4999 are free. */
function mayBeSent(code: number): boolean {
  if (code >= 3000) return code < 5000;
  return code >= 1000 && code <= 1014 && code !== 1004 && code !== 1005 && code !== 1006;
}
