import { type Case, frames, NOT_CONSISTENT, text } from '../case.js';
import { CONTINUATION, TEXT } from '../frame.js';

/** On both sides of every border of RFC 3629. */
const VALID: Record<string, number[]> = {
  'U+0000': [0x00],
  'U+007F': [0x7f],
  'U+0080': [0xc2, 0x80],
  'U+07FF': [0xdf, 0xbf],
  'U+0800': [0xe0, 0xa0, 0x80],
  'U+D7FF': [0xed, 0x9f, 0xbf],
  'U+E000': [0xee, 0x80, 0x80],
  'U+FEFF': [0xef, 0xbb, 0xbf],
  'U+FFFF': [0xef, 0xbf, 0xbf],
  'U+10000': [0xf0, 0x90, 0x80, 0x80],
  'U+10FFFF': [0xf4, 0x8f, 0xbf, 0xbf],
};

const INVALID: Record<string, number[]> = {
  'a lone continuation byte': [0x80],
  'the last continuation byte alone': [0xbf],
  'an overlong slash in two bytes': [0xc0, 0xaf],
  'an overlong DEL in two bytes': [0xc1, 0xbf],
  'an overlong slash in three bytes': [0xe0, 0x80, 0xaf],
  'an overlong U+07FF': [0xe0, 0x9f, 0xbf],
  'an overlong slash in four bytes': [0xf0, 0x80, 0x80, 0xaf],
  'an overlong U+FFFF': [0xf0, 0x8f, 0xbf, 0xbf],
  'the first surrogate': [0xed, 0xa0, 0x80],
  'the last surrogate': [0xed, 0xbf, 0xbf],
  'a pair of surrogates': [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80],
  'U+110000': [0xf4, 0x90, 0x80, 0x80],
  'a start of five bytes': [0xf8, 0x88, 0x80, 0x80, 0x80],
  'a start of six bytes': [0xfc, 0x84, 0x80, 0x80, 0x80, 0x80],
  'the byte FE': [0xfe],
  'the byte FF': [0xff],
  'two bytes cut short': [0xc3],
  'three bytes cut short': [0xe2, 0x82],
  'four bytes cut short': [0xf0, 0x9f, 0x98],
  'a character broken by another': [0xe2, 0x82, 0x61],
  'a start upon a start': [0xc3, 0xc3, 0xa4],
};

/** RFC 6455, 8.1: text is UTF-8, whatever frames it comes in. */
export function* utf8(): Generator<Case> {
  for (const [name, bytes] of Object.entries(VALID))
    for (const payload of [
      Buffer.from(bytes),
      Buffer.from([0x61, ...bytes, 0x62]),
      Buffer.concat(Array(40).fill(Buffer.from(bytes))),
    ]) {
      yield {
        name: `${name}, ${payload.length} bytes in one frame`,
        section: '8.1',
        sends: frames({ opcode: TEXT, payload }),
        expected: { echo: [text(payload)] },
      };
      for (let cut = 0; cut <= Math.min(payload.length, 8); cut++)
        yield {
          name: `${name}, ${payload.length} bytes split after ${cut}`,
          section: '8.1',
          sends: frames(
            { opcode: TEXT, fin: false, payload: payload.subarray(0, cut) },
            { opcode: CONTINUATION, payload: payload.subarray(cut) },
          ),
          expected: { echo: [text(payload)] },
        };
    }
  for (const [name, bytes] of Object.entries(INVALID))
    for (const payload of [
      Buffer.from(bytes),
      Buffer.from([...Buffer.from('ab'), ...bytes]),
      Buffer.from([...Buffer.alloc(64, 'x'), ...bytes]),
    ]) {
      yield {
        name: `${name}, ${payload.length} bytes in one frame`,
        section: '8.1',
        sends: frames({ opcode: TEXT, payload }),
        expected: { echo: [], fails: NOT_CONSISTENT },
      };
      for (let cut = Math.max(0, payload.length - bytes.length); cut <= payload.length; cut++)
        yield {
          name: `${name}, ${payload.length} bytes split after ${cut}`,
          section: '8.1',
          sends: frames(
            { opcode: TEXT, fin: false, payload: payload.subarray(0, cut) },
            { opcode: CONTINUATION, payload: payload.subarray(cut) },
          ),
          expected: { echo: [], fails: NOT_CONSISTENT },
        };
    }
}
