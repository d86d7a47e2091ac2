import { type Case, frames, type Message, PROTOCOL_ERROR } from '../case.js';
import { BINARY, CONTINUATION, type FrameToSend, PING, TEXT } from '../frame.js';

const ALPHABET: Record<string, Pick<FrameToSend, 'opcode' | 'fin'>> = {
  text: { opcode: TEXT, fin: true },
  'text…': { opcode: TEXT, fin: false },
  binary: { opcode: BINARY, fin: true },
  'binary…': { opcode: BINARY, fin: false },
  '…end': { opcode: CONTINUATION, fin: true },
  '…more…': { opcode: CONTINUATION, fin: false },
  ping: { opcode: PING, fin: true },
};

function* words(length: number): Generator<string[]> {
  if (length === 0) return yield [];
  for (const word of words(length - 1)) for (const letter of Object.keys(ALPHABET)) yield [...word, letter];
}

/** RFC 6455, 5.4, as a machine of two states: what comes of a sequence of frames. */
function run(list: readonly FrameToSend[]): {
  echo: Message[];
  pongs: Buffer[];
  failed: boolean;
  open: boolean;
} {
  const echo: Message[] = [];
  const pongs: Buffer[] = [];
  let parts: Buffer[] | null = null;
  let binary = false;
  for (const { opcode, fin, payload } of list) {
    const bytes = Buffer.from(payload as string);
    if (opcode === PING) {
      pongs.push(bytes);
      continue;
    }
    if ((opcode === CONTINUATION) === (parts === null)) return { echo, pongs, failed: true, open: false };
    if (opcode !== CONTINUATION) {
      parts = [];
      binary = opcode === BINARY;
    }
    parts?.push(bytes);
    if (fin) {
      echo.push({ binary, payload: Buffer.concat(parts ?? []) });
      parts = null;
    }
  }
  return { echo, pongs, failed: false, open: parts !== null };
}

/** All sequences of up to three frames, with a continuation behind those that leave a message unfinished. */
export function* fragments(): Generator<Case> {
  for (const length of [1, 2, 3])
    for (const word of words(length)) {
      const list: FrameToSend[] = word.map((letter, i) => ({
        ...(ALPHABET[letter] as FrameToSend),
        payload: String(i),
      }));
      if (run(list).open) list.push({ opcode: CONTINUATION, fin: true, payload: 'z' });
      const { echo, pongs, failed } = run(list);
      yield {
        name: word.join(', '),
        section: '5.4',
        sends: frames(...list),
        expected: failed ? { echo, pongs, fails: PROTOCOL_ERROR } : { echo, pongs },
      };
    }
  const parts = Array.from({ length: 200 }, (_, i) => ({
    opcode: i === 0 ? TEXT : CONTINUATION,
    fin: i === 199,
    payload: i % 3 === 0 ? '' : 'p',
  }));
  yield {
    name: 'two hundred fragments, some empty',
    section: '5.4',
    sends: frames(...parts),
    expected: run(parts),
  };
}
