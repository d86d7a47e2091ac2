import { binary, type Case, frames, TOO_BIG, text } from '../case.js';
import { BINARY, CONTINUATION, PING, TEXT } from '../frame.js';

/** In bytes: the largest message that the echo server takes. */
export const MAX_PAYLOAD = 1_048_576;
const EDGES = [0, 1, 2, 3, 4, 7, 8, 124, 125, 126, 127, 128, 65_534, 65_535, 65_536, 65_537, MAX_PAYLOAD];

/** RFC 6455, 5.2: the three forms of a length, on both sides of each edge. */
export function* lengths(): Generator<Case> {
  for (const length of EDGES) {
    const payload = Buffer.alloc(length, 'x');
    yield {
      name: `a text of ${length} bytes`,
      section: '5.2',
      sends: frames({ opcode: TEXT, payload }),
      expected: { echo: [text(payload)] },
    };
    const bytes = Buffer.alloc(length, 0xfe);
    yield {
      name: `${length} bytes of binary`,
      section: '5.2',
      sends: frames({ opcode: BINARY, payload: bytes }),
      expected: { echo: [binary(bytes)] },
    };
    if (length > 0 && length < 65_538)
      yield {
        name: `${length} bytes in two fragments`,
        section: '5.4',
        sends: frames(
          { opcode: BINARY, fin: false, payload: bytes.subarray(length >> 1) },
          { opcode: CONTINUATION, payload: bytes.subarray(0, length >> 1) },
        ),
        expected: { echo: [binary(bytes)] },
      };
  }
  for (const [length, lengthBytes] of [
    [0, 2],
    [125, 2],
    [0, 8],
    [125, 8],
    [126, 8],
    [65_535, 8],
  ] as const) {
    const payload = Buffer.alloc(length, 'x');
    // The RFC binds the sender to the shortest form, and leaves open what becomes of others.
    yield {
      name: `a length of ${length} written in ${lengthBytes} bytes`,
      section: '5.2',
      sends: frames({ opcode: TEXT, payload, lengthBytes }),
      expected: { echo: [text(payload)], mayFail: true },
    };
  }
  for (const announced of [BigInt(MAX_PAYLOAD) + 1n, 2n ** 31n, 2n ** 32n, 2n ** 53n, 2n ** 63n - 1n])
    yield {
      name: `a header that announces ${announced} bytes`,
      section: '7.4.1',
      sends: frames({ opcode: BINARY, announced }),
      expected: { echo: [], fails: TOO_BIG },
    };
  yield {
    name: 'a length with its most significant bit set',
    section: '5.2',
    sends: frames({ opcode: BINARY, announced: 2n ** 63n }),
    expected: { echo: [], fails: [1002, 1009] },
  };
  for (const announced of [126n, 65_536n])
    yield {
      name: `a ping that announces ${announced} bytes`,
      section: '5.5',
      sends: frames({ opcode: PING, announced }),
      expected: { echo: [], fails: [1002] },
    };
  const half = Buffer.alloc(MAX_PAYLOAD / 2 + 1, 'y');
  yield {
    name: 'fragments that are too big together',
    section: '7.4.1',
    sends: frames({ opcode: TEXT, fin: false, payload: half }, { opcode: CONTINUATION, payload: half }),
    expected: { echo: [], fails: TOO_BIG },
  };
}
