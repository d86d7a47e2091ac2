import { type Case, frames, PROTOCOL_ERROR, text } from '../case.js';
import { BINARY, CLOSE, CONTINUATION, PING, PONG, TEXT } from '../frame.js';

const RESERVED = [3, 4, 5, 6, 7, 11, 12, 13, 14, 15];
const before = { opcode: TEXT, payload: 'before' };
const echo = [text('before')];

/** RFC 6455, 5.1 and 5.2: reserved bits, reserved opcodes, the mask. */
export function* headers(): Generator<Case> {
  for (let rsv = 1; rsv < 8; rsv++)
    for (const opcode of [TEXT, BINARY, CLOSE, PING, PONG])
      for (const payload of ['', 'abcd'])
        yield {
          name: `reserved bits ${rsv} with opcode ${opcode} and ${payload.length} bytes`,
          section: '5.2',
          sends: frames(before, { opcode, rsv, payload }),
          expected: { echo, fails: PROTOCOL_ERROR },
        };
  for (let rsv = 1; rsv < 8; rsv++)
    yield {
      name: `reserved bits ${rsv} in a continuation`,
      section: '5.2',
      sends: frames({ opcode: TEXT, fin: false, payload: 'a' }, { opcode: CONTINUATION, rsv, payload: 'b' }),
      expected: { echo: [], fails: PROTOCOL_ERROR },
    };
  for (const opcode of RESERVED)
    for (const fin of [true, false])
      for (const payload of ['', 'abcd'])
        yield {
          name: `opcode ${opcode}${fin ? '' : ', not final,'} with ${payload.length} bytes`,
          section: '5.2',
          sends: frames(before, { opcode, fin, payload }),
          expected: { echo, fails: PROTOCOL_ERROR },
        };
  for (const opcode of [TEXT, BINARY, CLOSE, PING, PONG])
    for (const payload of ['', 'ab', 'abcdefgh', 'x'.repeat(200)]) {
      if (payload.length > 125 && opcode >= CLOSE) continue;
      yield {
        name: `opcode ${opcode} with ${payload.length} bytes that are not masked`,
        section: '5.1',
        sends: frames(before, { opcode, payload, key: null }),
        expected: { echo, fails: PROTOCOL_ERROR },
      };
    }
}

const KEYS = [
  [0, 0, 0, 0],
  [255, 255, 255, 255],
  [0, 0, 0, 1],
  [128, 0, 0, 0],
  [0x61, 0x61, 0x61, 0x61],
];

/** RFC 6455, 5.3: masks of all kinds on payloads of all lengths modulo four and eight, wherever the segments are cut. */
export function* masks(): Generator<Case> {
  for (const key of KEYS)
    for (let length = 0; length <= 17; length++) {
      const payload = Buffer.from('abcdefghijklmnopq'.slice(0, length));
      yield {
        name: `the mask ${key.join('.')} on ${length} bytes`,
        section: '5.3',
        sends: frames({ opcode: TEXT, payload, key }),
        expected: { echo: [text(payload)] },
      };
    }
  for (const length of [5, 130, 66_000]) {
    const payload = Buffer.alloc(length, 'abcdefg');
    const [whole] = frames({ opcode: TEXT, payload }) as [Buffer];
    for (let cut = 1; cut <= 20 && cut < whole.length; cut++)
      yield {
        name: `a frame of ${length} bytes cut after ${cut}`,
        section: '5.2',
        sends: [whole.subarray(0, cut), whole.subarray(cut)],
        expected: { echo: [text(payload)] },
      };
  }
}
