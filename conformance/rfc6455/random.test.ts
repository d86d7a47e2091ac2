import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Case, faults } from './case.js';
import { BINARY, CONTINUATION, encode, type FrameToSend, PING, PONG, TEXT } from './frame.js';
import { Peer } from './peer.js';
import { EchoServer } from './server.js';

const RUNS = 150;
const PATIENCE = 4_000;

const key = fc.tuple(...([0, 1, 2, 3] as const).map(() => fc.nat(255)));
const size = fc.oneof(fc.nat(20), fc.constantFrom(125, 126, 127, 65_535, 65_536));
const payload = fc.oneof(
  fc
    .string({ unit: 'binary', maxLength: 60 })
    .map((content) => ({ binary: false, content: Buffer.from(content) })),
  size.map((length) => ({ binary: false, content: Buffer.alloc(length, 'abc') })),
  fc.uint8Array({ maxLength: 60 }).map((content) => ({ binary: true, content: Buffer.from(content) })),
  size.map((length) => ({ binary: true, content: Buffer.alloc(length, 0xf0) })),
);
const between = fc.record({
  opcode: fc.constantFrom(PING, PONG),
  payload: fc.uint8Array({ maxLength: 125 }).map((bytes) => Buffer.from(bytes)),
});
const message = fc.record({
  payload,
  /** Where it is cut into frames, in thousandths. */
  cuts: fc.array(fc.nat(1000), { maxLength: 4 }),
  between: fc.array(between, { maxLength: 2 }),
  key,
});

type Made = typeof message extends fc.Arbitrary<infer T> ? T : never;

/** The frames of a message, with the control frames behind its first. */
function framesOf({ payload: { binary, content }, cuts, between: controls, key: mask }: Made): FrameToSend[] {
  const at = [
    0,
    ...cuts.map((cut) => Math.floor((content.length * cut) / 1000)).sort((a, b) => a - b),
    content.length,
  ];
  const frames: FrameToSend[] = [];
  for (let i = 0; i + 1 < at.length; i++) {
    const opcode = i > 0 ? CONTINUATION : binary ? BINARY : TEXT;
    frames.push({ opcode, fin: i + 2 === at.length, payload: content.subarray(at[i], at[i + 1]), key: mask });
    if (i === 0) frames.push(...controls.map((control) => ({ ...control, key: mask })));
  }
  return frames;
}

function cutUp(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const at = [
    0,
    ...cuts.map((cut) => Math.floor((bytes.length * cut) / 1000)).sort((a, b) => a - b),
    bytes.length,
  ];
  return at
    .slice(1)
    .map((end, i) => bytes.subarray(at[i], end))
    .filter((piece) => piece.length > 0);
}

for (const engine of ['uws', 'node'])
  describe(`anything at all on the ${engine} engine`, () => {
    let server: EchoServer;
    beforeAll(async () => {
      server = await EchoServer.start(engine);
    });
    afterAll(() => server.stop());

    async function play(one: Case): Promise<string> {
      const peer = await Peer.connect(server.port);
      await peer.shakeHands('');
      const outcome = await peer.play(one.sends, PATIENCE);
      peer.leave();
      return faults(one, outcome).join('; ');
    }

    it('any valid messages in any frames and segments come back (5.4)', async () => {
      const property = fc.asyncProperty(
        fc.array(message, { minLength: 1, maxLength: 6 }),
        fc.array(fc.nat(1000), { maxLength: 12 }),
        async (messages, cuts) => {
          const all = messages.flatMap(framesOf);
          const echo = messages.map(({ payload: { binary, content } }) => ({ binary, payload: content }));
          const pongs = all.filter(({ opcode }) => opcode === PING).map((frame) => frame.payload as Buffer);
          const sends = cutUp(Buffer.concat(all.map(encode)), cuts);
          expect(await play({ name: 'valid', section: '5.4', sends, expected: { echo, pongs } })).toBe('');
        },
      );
      await fc.assert(property, { numRuns: RUNS });
    });

    it('any bytes do no harm to others (10.7)', async () => {
      const header = fc.tuple(fc.nat(255), fc.nat(255)).map(([a, b]) => Buffer.from([a, b]));
      const bytes = fc.array(fc.oneof(header, fc.uint8Array({ maxLength: 40 })), {
        minLength: 1,
        maxLength: 6,
      });
      const property = fc.asyncProperty(bytes, async (pieces) => {
        const bad = await Peer.connect(server.port);
        await bad.shakeHands('');
        // Whatever becomes of it: often it waits for the rest of a long frame.
        await bad.play(pieces, 5);
        const sends = [encode({ opcode: TEXT, payload: 'unharmed' })];
        const echo = [{ binary: false, payload: Buffer.from('unharmed') }];
        expect(await play({ name: 'other', section: '10.7', sends, expected: { echo } })).toBe('');
        bad.leave();
        expect(server.running).toBe(true);
      });
      await fc.assert(property, { numRuns: RUNS });
    });
  });
