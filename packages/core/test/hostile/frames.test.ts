import { describe, expect, test } from 'vitest';
import { BINARY, CLOSE, CONTINUATION, closing, frame, PING, PONG, TEXT } from './raw.js';
import { besiege } from './siege.js';

const all = (...frames: Buffer[]) => Buffer.concat(frames);
const brokenText = Buffer.from([0x61, 0xff, 0xc0, 0x80]);

/** Each obliges the server to fail the connection (RFC 6455, sections 5.2, 5.4, 5.5, 7.4 and 8.1). */
const VIOLATIONS: Record<string, Buffer> = {
  'RSV1 without an extension': frame(TEXT, 'bad', { rsv: 4 }),
  RSV2: frame(TEXT, 'bad', { rsv: 2 }),
  RSV3: frame(BINARY, 'bad', { rsv: 1 }),
  'all reserved bits': frame(TEXT, 'bad', { rsv: 7 }),
  'RSV1 on a ping': frame(PING, 'bad', { rsv: 4 }),
  ...Object.fromEntries(
    [3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map((opcode) => [`opcode ${opcode}`, frame(opcode, 'bad')]),
  ),
  'a ping in parts': frame(PING, 'bad', { fin: false }),
  'a pong in parts': frame(PONG, 'bad', { fin: false }),
  'a close in parts': frame(CLOSE, closing(1000), { fin: false }),
  'a ping of 126 bytes': frame(PING, 'p'.repeat(126)),
  'a pong of 126 bytes': frame(PONG, 'p'.repeat(126)),
  'a close of 126 bytes': frame(CLOSE, closing(1000, 'r'.repeat(124))),
  'a continuation of nothing': frame(CONTINUATION, 'bad'),
  'a continuation after the end': all(
    frame(TEXT, 'a', { fin: false }),
    frame(CONTINUATION, 'b'),
    frame(CONTINUATION, 'bad'),
  ),
  'a text inside another': all(frame(TEXT, 'a', { fin: false }), frame(TEXT, 'bad')),
  'text that is not UTF-8': frame(TEXT, brokenText),
  'text that is not UTF-8 in its second part': all(
    frame(TEXT, 'a', { fin: false }),
    frame(CONTINUATION, brokenText),
  ),
  'text that ends inside a character': frame(TEXT, Buffer.from([0x61, 0xe6, 0xbc])),
  'a surrogate in text': frame(TEXT, Buffer.from([0xed, 0xa0, 0x80])),
  'an overlong slash in text': frame(TEXT, Buffer.from([0xc0, 0xaf])),
  'a close of one byte': frame(CLOSE, 'x'),
  'a close reason that is not UTF-8': frame(CLOSE, closing(1000, brokenText)),
  ...Object.fromEntries(
    [0, 1, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535].map((code) => [
      `close code ${code}`,
      frame(CLOSE, closing(code)),
    ]),
  ),
  'a message of 2^63 bytes': frame(TEXT, 'bad', { announce: 1n << 63n }),
  'a message of 2^64 - 1 bytes': frame(BINARY, 'bad', { announce: (1n << 64n) - 1n }),
  'a message of 4 GiB': frame(BINARY, 'bad', { announce: 1n << 32n }),
};

describe('frames', () => {
  test('that break RFC 6455 end their connection and are not delivered', () =>
    besiege({}, async (siege) => {
      const survived: string[] = [];
      await Promise.all(
        Object.entries(VIOLATIONS).map(async ([label, bytes]) => {
          const raw = await siege.upgrade();
          // What follows a violation is not looked at any more.
          raw.write(all(bytes, frame(TEXT, 'after')));
          await raw.closed(1_000).catch(() => survived.push(label));
          if (raw.received.length === 0) return;
          const { opcode, payload } = await raw.frame();
          expect(opcode, label).toBe(CLOSE);
          if (payload.length > 0) expect([1000, 1002, 1007, 1009], label).toContain(payload.readUInt16BE());
          expect(raw.received.length, `${label}: nothing follows a close frame`).toBe(0);
        }),
      );
      expect(survived).toEqual([]);
      // One of them begins with a sound message of two parts.
      expect(siege.messages).toEqual(['ab']);
    }));

  test('behind a close frame are not delivered, and the close is answered once', () =>
    besiege({}, async (siege) => {
      const raw = await siege.upgrade();
      raw.write(all(frame(CLOSE, closing(1000, 'bye')), frame(TEXT, 'bad'), frame(CLOSE, closing(1001))));
      await raw.closed();
      expect(await raw.frame()).toMatchObject({ opcode: CLOSE, payload: closing(1000, 'bye') });
      expect(raw.received.length).toBe(0);
      expect(siege.messages).toEqual([]);
    }));

  test('of binary inside a text, which uWebSockets.js 20.51 lets pass, harm nobody else', () =>
    besiege({}, async (siege) => {
      const raw = await siege.upgrade();
      raw.write(all(frame(TEXT, 'a', { fin: false }), frame(BINARY, 'bad'), frame(TEXT, 'after')));
      raw.finish();
      await raw.closed();
      expect(siege.messages).not.toContain('a');
      expect(siege.messages).not.toContain('bad');
    }));

  test('without a mask harm nobody else', () =>
    besiege({}, async (siege) => {
      const raw = await siege.upgrade();
      for (let i = 0; i < 50; i++) raw.write(frame(TEXT, `unmasked ${i}`, { mask: false }));
      raw.finish();
      await raw.closed();
    }));

  test('at random do no harm', () =>
    besiege({}, async (siege) => {
      let state = 0x9e3779b9;
      const random = (below: number) => {
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        return (state >>> 0) % below;
      };
      for (let round = 0; round < 200; round++) {
        const raw = await siege.upgrade();
        raw.write(Buffer.from(Array.from({ length: 1 + random(400) }, () => random(256))));
        raw.finish();
      }
    }));

  test('of control, ten thousand at once, are all answered in order', () =>
    besiege({}, async (siege) => {
      const raw = await siege.upgrade();
      raw.write(all(...Array.from({ length: 10_000 }, (_, i) => frame(PING, String(i)))));
      for (let i = 0; i < 10_000; i++) {
        const { opcode, payload } = await raw.frame();
        if (opcode !== PONG || payload.toString() !== String(i))
          expect.fail(`pong ${i} is ${opcode} ${payload}`);
      }
    }));
});
