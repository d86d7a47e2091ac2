import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCommand } from '../../../src/redis/command.js';
import { EofCheckFramer } from '../../../src/server/protocol/eof-check-framer.js';
import { EofSplitFramer } from '../../../src/server/protocol/eof-split-framer.js';
import type { Framer } from '../../../src/server/protocol/framer.js';
import { LengthFramer } from '../../../src/server/protocol/length-framer.js';
import { mqttLength } from '../../../src/server/protocol/mqtt-length.js';
import { RedisFramer } from '../../../src/server/protocol/redis-framer.js';

interface Outcome {
  packets: string[];
  broken: boolean;
}

/** What a framer makes of the pieces. Each piece is given in memory of its own, which is overwritten only by mistake. */
function run(framer: Framer, pieces: readonly Uint8Array[]): Outcome {
  const packets: Buffer[] = [];
  for (const piece of pieces) {
    framer.push(Buffer.from(piece));
    for (let packet = framer.next(); packet !== null; packet = framer.next()) packets.push(packet);
    if (framer.broken) break;
  }
  // Read at the end: a packet must stay what it was while later ones are put together.
  return { packets: packets.map((packet) => packet.toString('hex')), broken: framer.broken };
}

/** The bytes cut at the places given, in any order and number. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const at = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...at]
    .map((from, i) => bytes.subarray(from, at[i] ?? bytes.length))
    .filter((piece) => piece.length > 0);
}

const places = fc.array(fc.nat(), { maxLength: 40 });
const MAX = 40;

/** The plain model of splitting at a mark: the whole stream at once. */
function splitAtMarks(bytes: Buffer, mark: Buffer): Outcome {
  const packets: string[] = [];
  let from = 0;
  for (;;) {
    const at = bytes.indexOf(mark, from);
    const end = at < 0 ? bytes.length : at + mark.length;
    if (end - from > MAX || (at < 0 && end - from === MAX)) return { packets, broken: true };
    if (at < 0) return { packets, broken: false };
    packets.push(bytes.toString('hex', from, end));
    from = end;
  }
}

describe('open_eof_split', () => {
  const few = fc.constantFrom(0x0d, 0x0a, 0x61);
  const stream = fc.array(few, { maxLength: 200 }).map((bytes) => Buffer.from(bytes));
  const mark = fc.array(few, { minLength: 1, maxLength: 4 }).map((bytes) => Buffer.from(bytes));

  test('gives the packets of the plain model, however the stream is split', () => {
    fc.assert(
      fc.property(stream, mark, places, (bytes, mark, places) => {
        expect(run(new EofSplitFramer(mark, MAX), cut(bytes, places))).toEqual(splitAtMarks(bytes, mark));
      }),
      { numRuns: 2000 },
    );
  });

  test('finds a mark whose bytes arrive one by one', () => {
    const bytes = Buffer.from('one\r\n\r\ntwo\r\n\r\n');
    const pieces = [...bytes].map((byte) => Buffer.from([byte]));
    expect(run(new EofSplitFramer(Buffer.from('\r\n\r\n'), MAX), pieces).packets).toEqual(
      ['one\r\n\r\n', 'two\r\n\r\n'].map((text) => Buffer.from(text).toString('hex')),
    );
  });

  test('takes a packet of the largest length with its mark, and none that is a byte longer', () => {
    const mark = Buffer.from('#');
    const fits = Buffer.from(`${'x'.repeat(MAX - 1)}#`);
    expect(run(new EofSplitFramer(mark, MAX), [fits])).toEqual({
      packets: [fits.toString('hex')],
      broken: false,
    });
    expect(run(new EofSplitFramer(mark, MAX), [Buffer.from(`${'x'.repeat(MAX)}#`)])).toEqual({
      packets: [],
      broken: true,
    });
    expect(run(new EofSplitFramer(mark, MAX), [Buffer.from('x'.repeat(MAX))]).broken).toBe(true);
  });
});

describe('open_eof_check', () => {
  test('gives what has come whenever it ends with the mark: nothing is lost, and only the end waits', () => {
    const stream = fc.array(fc.constantFrom(0x0d, 0x0a, 0x61), { maxLength: 200 });
    fc.assert(
      fc.property(stream, places, (array, places) => {
        const bytes = Buffer.from(array);
        const framer = new EofCheckFramer(Buffer.from('\r\n'), 1000);
        const { packets, broken } = run(framer, cut(bytes, places));
        expect(broken).toBe(false);
        expect(packets.every((packet) => packet.endsWith('0d0a'))).toBe(true);
        const given = packets.join('');
        expect(bytes.toString('hex').startsWith(given)).toBe(true);
        expect(framer.waiting).toBe(bytes.length - given.length / 2);
      }),
      { numRuns: 1000 },
    );
  });

  test('gives up at package_max_length without a mark', () => {
    const mark = Buffer.from('\r\n');
    const pieces = Array.from({ length: MAX }, () => Buffer.from('x'));
    expect(run(new EofCheckFramer(mark, MAX), pieces.slice(1)).broken).toBe(false);
    expect(run(new EofCheckFramer(mark, MAX), pieces).broken).toBe(true);
  });
});

describe('open_length_check', () => {
  /** One type byte, then a length byte that counts all of the packet. */
  const lengthOf = (bytes: Buffer): number => bytes[1] || -1;

  function model(bytes: Buffer): Outcome {
    const packets: string[] = [];
    let from = 0;
    while (bytes.length - from >= 2) {
      const length = bytes[from + 1] as number;
      if (length === 0 || length > MAX) return { packets, broken: true };
      if (bytes.length - from < length) break;
      packets.push(bytes.toString('hex', from, from + length));
      from += length;
    }
    return { packets, broken: false };
  }

  test('gives the packets of the plain model, however the stream is split', () => {
    const stream = fc.array(fc.nat(MAX + 3), { maxLength: 300 }).map((bytes) => Buffer.from(bytes));
    fc.assert(
      fc.property(stream, places, (bytes, places) => {
        expect(run(new LengthFramer(lengthOf, 2, 2, MAX), cut(bytes, places))).toEqual(model(bytes));
      }),
      { numRuns: 2000 },
    );
  });

  test('puts large packets together from small pieces without copying them again and again', () => {
    const body = Buffer.alloc(1 << 20, 'x');
    const head = Buffer.alloc(4);
    head.writeUInt32BE(body.length);
    const framer = new LengthFramer((bytes) => 4 + bytes.readUInt32BE(0), 4, 4, 2 << 20);
    const before = process.cpuUsage();
    const whole = Buffer.concat([head, body]);
    let packet: Buffer | null = null;
    for (let at = 0; at < whole.length; at += 16) {
      framer.push(Buffer.from(whole.subarray(at, at + 16)));
      packet = framer.next();
    }
    expect(packet?.equals(whole)).toBe(true);
    // 65,537 pieces: a copy of everything for each would move 32 GiB.
    expect(process.cpuUsage(before).user).toBeLessThan(3_000_000);
  });

  test('ends when the length is not known although as many bytes have come as may be asked for', () => {
    const unknown = new LengthFramer(() => 0, 1, 8, MAX);
    expect(run(unknown, [Buffer.alloc(7)]).broken).toBe(false);
    expect(run(unknown, [Buffer.alloc(1)]).broken).toBe(true);
  });

  test('cuts MQTT packets by their remaining length of one to four bytes', () => {
    // The table of MQTT 5.0, section 1.5.5: the last value of each number of bytes and the first of the next.
    for (const [value, digits] of [
      [0, [0x00]],
      [127, [0x7f]],
      [128, [0x80, 0x01]],
      [16383, [0xff, 0x7f]],
      [16384, [0x80, 0x80, 0x01]],
      [2097151, [0xff, 0xff, 0x7f]],
      [2097152, [0x80, 0x80, 0x80, 0x01]],
      [268435455, [0xff, 0xff, 0xff, 0x7f]],
    ] as const)
      expect(mqttLength(Buffer.from([0x30, ...digits]))).toBe(1 + digits.length + value);
    expect(mqttLength(Buffer.from([0x30, 0x80]))).toBe(0);
    expect(mqttLength(Buffer.from([0x30, 0x80, 0x80, 0x80, 0x80]))).toBe(-1);
  });
});

describe('open_redis_protocol', () => {
  const element = fc.oneof(fc.uint8Array({ maxLength: 12 }), fc.integer(), fc.constant(null));
  const commands = fc.array(fc.array(element, { maxLength: 4 }), { maxLength: 8 });

  function encode(elements: readonly (Uint8Array | number | null)[]): Buffer {
    const parts = elements.map((element) => {
      if (element === null) return Buffer.from('$-1\r\n');
      if (typeof element === 'number') return Buffer.from(`:${element}\r\n`);
      return Buffer.concat([Buffer.from(`$${element.length}\r\n`), element, Buffer.from('\r\n')]);
    });
    return Buffer.concat([Buffer.from(`*${elements.length}\r\n`), ...parts]);
  }

  test('gives each command as it was sent, however the stream is split, and its elements can be read again', () => {
    fc.assert(
      fc.property(commands, places, (commands, places) => {
        const encoded = commands.map(encode);
        const outcome = run(new RedisFramer(1000), cut(Buffer.concat(encoded), places));
        expect(outcome).toEqual({ packets: encoded.map((bytes) => bytes.toString('hex')), broken: false });
        for (const [i, elements] of commands.entries()) {
          const [name, ...rest] = elements;
          const parsed = parseCommand(encoded[i] as Buffer);
          if (!(name instanceof Uint8Array)) expect(parsed).toBeNull();
          else
            expect(parsed).toEqual({
              name: Buffer.from(name),
              parameters: rest.map((item) => (item instanceof Uint8Array ? Buffer.from(item) : item)),
            });
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('survives anything', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...'*$:-0123\r\nx'), { maxLength: 60 }),
        places,
        (text, places) => {
          const framer = new RedisFramer(MAX);
          const { broken } = run(framer, cut(Buffer.from(text.join('')), places));
          expect(broken || framer.waiting <= 60).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
