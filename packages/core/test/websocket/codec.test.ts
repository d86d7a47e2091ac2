import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as c from '../../src/constants/websocket.js';
import { swoole_clear_error, swoole_last_error } from '../../src/errors/last-error.js';
import { setWarningHandler } from '../../src/errors/warnings.js';
import { CloseFrame } from '../../src/websocket/close-frame.js';
import { decodeFrames, pack, packFrame, unpack } from '../../src/websocket/codec.js';
import { Frame } from '../../src/websocket/frame.js';

let warnings: string[] = [];
beforeEach(() => {
  warnings = [];
  setWarningHandler((_level, message) => warnings.push(message));
  swoole_clear_error();
});
afterEach(() => {
  setWarningHandler(null);
});

const bytes = (hex: string) => Buffer.from(hex, 'hex');
const hex = (packed: Buffer) => packed.toString('hex');

// Every hexadecimal number and every field below is from the recording ws-pack-unpack.
describe('pack', () => {
  it.each([
    ['a text', 'hello', c.WEBSOCKET_OPCODE_TEXT, 1, '810568656c6c6f'],
    ['an empty text', '', c.WEBSOCKET_OPCODE_TEXT, 1, '8100'],
    ['binary data', bytes('0102'), c.WEBSOCKET_OPCODE_BINARY, 1, '82020102'],
    ['a first fragment', 'part', c.WEBSOCKET_OPCODE_TEXT, 0, '010470617274'],
    ['a last fragment', 'rest', c.WEBSOCKET_OPCODE_CONTINUATION, 1, '800472657374'],
    ['a ping', 'p', c.WEBSOCKET_OPCODE_PING, 1, '890170'],
    ['a ping although FIN is missing', 'p', c.WEBSOCKET_OPCODE_PING, 0, '890170'],
    ['a reason, with the close code 0', 'bye', c.WEBSOCKET_OPCODE_CLOSE, 1, '88050000627965'],
    ['a number', 123, c.WEBSOCKET_OPCODE_TEXT, 1, '8103313233'],
  ])('packs %s', (_what, data, opcode, flags, expected) => {
    expect(hex(pack(data, opcode, flags))).toBe(expected);
  });

  it.each([
    [125, '817d', 127],
    [126, '817e007e', 130],
    [65535, '817effff', 65539],
    [65536, '817f0000000000010000', 65546],
  ])('gives %i bytes the shortest length field', (length, head, total) => {
    const packed = pack('a'.repeat(length));
    expect(hex(packed.subarray(0, head.length / 2))).toBe(head);
    expect(packed.length).toBe(total);
  });

  it('counts the bytes of a text, not its characters', () => {
    expect(hex(pack('é€'))).toBe('8105c3a9e282ac');
  });

  it.each([
    ['x', 11, 'opcode must be between 0 and 10'],
    ['x', -1, 'opcode must be between 0 and 10'],
    ['x', Number.NaN, 'opcode must be between 0 and 10'],
    ['p'.repeat(126), c.WEBSOCKET_OPCODE_PING, 'websocket control frame payload must not exceed 125 bytes'],
    ['r'.repeat(124), c.WEBSOCKET_OPCODE_CLOSE, 'the max length of close reason is 123'],
    ['é'.repeat(63), c.WEBSOCKET_OPCODE_PONG, 'websocket control frame payload must not exceed 125 bytes'],
  ])('refuses %j with opcode %i', (data, opcode, reason) => {
    expect(pack(data, opcode)).toHaveLength(0);
    expect(warnings).toEqual([`Swoole\\WebSocket\\Server::pack(): ${reason}`]);
    expect(swoole_last_error()).toBe(0);
  });

  it('masks with a key of its own for each frame', () => {
    const flags = c.SWOOLE_WEBSOCKET_FLAG_FIN | c.SWOOLE_WEBSOCKET_FLAG_MASK;
    const packs = Array.from({ length: 8 }, () => pack('masked', c.WEBSOCKET_OPCODE_TEXT, flags));
    for (const packed of packs) {
      expect([hex(packed.subarray(0, 2)), packed.length]).toEqual(['8186', 12]);
      expect(unpack(packed)).toMatchObject({ data: 'masked', flags: 33 });
    }
    expect(new Set(packs.map((packed) => hex(packed.subarray(2, 6)))).size).toBeGreaterThan(1);
  });

  it('deflates what is to be compressed, without the tail of the flush', () => {
    const flags = c.SWOOLE_WEBSOCKET_FLAG_FIN | c.SWOOLE_WEBSOCKET_FLAG_COMPRESS;
    const packed = pack('deflate '.repeat(50), c.WEBSOCKET_OPCODE_TEXT, flags);
    expect(packed[0]).toBe(0xc1);
    expect(packed.length).toBeLessThan(100);
    expect(hex(packed.subarray(-4))).not.toBe('0000ffff');
    expect(unpack(packed)).toMatchObject({
      data: 'deflate '.repeat(50),
      fd: 0,
      finish: true,
      flags: 7,
      opcode: 1,
    });
  });

  it.each([
    ['an empty text', '', c.WEBSOCKET_OPCODE_TEXT, 3, '8100'],
    ['a fragment', 'part', c.WEBSOCKET_OPCODE_TEXT, 2, '010470617274'],
    ['a continuation', 'rest', c.WEBSOCKET_OPCODE_CONTINUATION, 3, '800472657374'],
    ['a ping, RSV1 or not', 'p', c.WEBSOCKET_OPCODE_PING, 7, '890170'],
  ])('does not compress %s', (_what, data, opcode, flags, expected) => {
    expect(hex(pack(data, opcode, flags))).toBe(expected);
  });

  it('agrees with RFC 7692, section 7.2.3.1: "Hello" compressed', () => {
    expect(hex(pack('Hello', c.WEBSOCKET_OPCODE_TEXT, 3))).toBe('c107f248cdc9c90700');
  });
});

describe('packFrame', () => {
  it('goes by the fields of the frame', () => {
    const frame = new Frame();
    frame.data = 'from an object';
    expect(hex(packFrame(frame))).toBe('810e66726f6d20616e206f626a656374');
    expect(hex(pack(frame, c.WEBSOCKET_OPCODE_PING, 0))).toBe('810e66726f6d20616e206f626a656374');
    frame.opcode = c.WEBSOCKET_OPCODE_BINARY;
    frame.finish = false;
    expect(hex(packFrame(frame))).toBe('020e66726f6d20616e206f626a656374');
  });

  it('lets finish overrule the flags, and the flags count while it is null', () => {
    const frame = new Frame();
    frame.flags = 0;
    expect(packFrame(frame)[0]).toBe(0x01);
    frame.finish = true;
    expect(packFrame(frame)[0]).toBe(0x81);
  });

  it('packs close code and reason', () => {
    const close = new CloseFrame();
    close.code = 3000;
    close.reason = 'enough';
    expect(hex(pack(close))).toBe('88080bb8656e6f756768');
    close.code = null;
    close.reason = null;
    expect(hex(Frame.pack(close))).toBe('880203e8');
  });
});

describe('unpack', () => {
  it.each([
    ['a text', '810568656c6c6f', { data: 'hello', finish: true, flags: 1, opcode: 1 }],
    ['a fragment', '010161', { data: 'a', finish: false, flags: 0, opcode: 1 }],
    ['an empty text', '8100', { data: '', finish: true, flags: 1, opcode: 1 }],
    ['a masked text', '818301020304607067', { data: 'ard', finish: true, flags: 33, opcode: 1 }],
    ['a ping', '890170', { data: Buffer.from('p'), finish: true, flags: 1, opcode: 9 }],
    ['binary data', '8201ff', { data: bytes('ff'), finish: true, flags: 1, opcode: 2 }],
    ['RSV2 and opcode 3', 'a30161', { data: Buffer.from('a'), finish: true, flags: 9, opcode: 3 }],
    ['what is before trailing bytes', '81016162626262', { data: 'a', finish: true, flags: 1, opcode: 1 }],
  ])('unpacks %s', (_what, packed, fields) => {
    const frame = unpack(bytes(packed));
    expect(frame).not.toBeInstanceOf(CloseFrame);
    expect({ ...(frame as Frame) }).toEqual({ fd: 0, ...fields });
  });

  it.each([
    ['code and reason', '880503e9627965', 1001, 'bye'],
    ['no code', '8800', 1000, ''],
    ['half a code', '880103', 1000, ''],
  ])('unpacks a close frame with %s', (_what, packed, code, reason) => {
    const frame = unpack(bytes(packed));
    expect(frame).toBeInstanceOf(CloseFrame);
    expect({ ...(frame as CloseFrame) }).toEqual({
      fd: 0,
      data: '',
      opcode: 8,
      flags: 1,
      finish: true,
      code,
      reason,
    });
  });

  it.each([
    ['an incomplete frame', '810568'],
    ['one byte', '81'],
    ['nothing', ''],
    ['a fragmented ping', '090170'],
    ['a ping of 126 bytes', `897e007e${'70'.repeat(126)}`],
    ['garbage that claims to be compressed', 'c103ffffff'],
    ['half a length of 16 bits', '817e00'],
    ['half a length of 64 bits', '817f00000000'],
    ['a length beyond all memory', '817fffffffffffffffff61'],
    ['half a mask', '81810102'],
  ])('refuses %s with error 508', (_what, packed) => {
    expect(unpack(bytes(packed))).toBe(false);
    expect(swoole_last_error()).toBe(508);
  });

  it('keeps text that is not UTF-8 as bytes, so that nothing is lost', () => {
    expect(unpack(bytes('0102e282'))).toMatchObject({ data: bytes('e282') });
  });

  it('leaves the bytes it reads alone, and does not share them', () => {
    const packed = bytes('828301020304607067');
    const frame = unpack(packed) as Frame;
    expect(hex(packed)).toBe('828301020304607067');
    packed.fill(0);
    expect(frame.data).toEqual(Buffer.from('ard'));
  });

  it('unmasks before it inflates', () => {
    const flags = 1 | c.SWOOLE_WEBSOCKET_FLAG_MASK | c.SWOOLE_WEBSOCKET_FLAG_COMPRESS;
    expect(unpack(pack('both at once', c.WEBSOCKET_OPCODE_TEXT, flags))).toMatchObject({
      data: 'both at once',
      flags: 39,
    });
  });

  it('returns what was packed, whatever it is', () => {
    const flags = fc.constantFrom(0, c.SWOOLE_WEBSOCKET_FLAG_MASK, c.SWOOLE_WEBSOCKET_FLAG_COMPRESS, 34);
    const payload = fc.uint8Array({ maxLength: 70_000, size: 'max' });
    fc.assert(
      fc.property(payload, flags, (data, extra) => {
        const frame = unpack(pack(data, c.WEBSOCKET_OPCODE_BINARY, 1 | extra)) as Frame;
        return Buffer.from(data).equals(frame.data as Buffer);
      }),
      { numRuns: 60 },
    );
  });

  it('survives any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (data) => {
        const frame = unpack(data);
        return frame === false || frame instanceof Frame;
      }),
      { numRuns: 500 },
    );
  });
});

describe('decodeFrames', () => {
  it('takes frames apart that follow each other', () => {
    const packed = Buffer.concat([
      pack('one'),
      pack('', c.WEBSOCKET_OPCODE_CLOSE),
      pack('p', c.WEBSOCKET_OPCODE_PING),
    ]);
    expect(decodeFrames(packed)).toEqual([
      { opcode: 1, flags: 1, payload: Buffer.from('one'), size: 5 },
      { opcode: 8, flags: 1, payload: bytes('0000'), size: 4 },
      { opcode: 9, flags: 1, payload: Buffer.from('p'), size: 3 },
    ]);
    expect(decodeFrames(Buffer.alloc(0))).toEqual([]);
  });

  it('refuses bytes that end in the middle of a frame, with error 508', () => {
    expect(decodeFrames(Buffer.concat([pack('one'), bytes('8105')]))).toBe(false);
    expect(swoole_last_error()).toBe(508);
  });

  it('reads a string as bytes', () => {
    expect(decodeFrames(pack(bytes('ff00'), 2).toString('latin1'))).toMatchObject([
      { payload: bytes('ff00') },
    ]);
  });
});
