import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Scratch } from '../../../src/engine/tcp/scratch.js';

describe('the memory of bytes that wait for the end of a turn', () => {
  it('never writes into a copy that is still read, whatever is given back or lost in between', () => {
    const step = fc.record({
      length: fc.oneof(fc.nat(64), fc.nat(6000)),
      byte: fc.nat(255),
      end: fc.constantFrom('keep', 'give back', 'lose'),
      other: fc.nat(7),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const scratch = new Scratch();
        const waiting: { copy: Buffer; expected: Buffer }[] = [];
        const lost: typeof waiting = [];
        for (const { length, byte, end, other } of steps) {
          const expected = Buffer.alloc(length, byte);
          waiting.push({ copy: scratch.copy(expected), expected });
          const [ended] = end === 'keep' ? [] : waiting.splice(other % waiting.length, 1);
          if (end === 'give back' && ended !== undefined) scratch.giveBack(ended.copy);
          if (end === 'lose' && ended !== undefined) {
            scratch.lose(ended.copy);
            lost.push(ended);
          }
          for (const { copy, expected } of [...waiting, ...lost]) expect(copy.equals(expected)).toBe(true);
        }
      }),
    );
  });

  it('uses the same memory again for what is taken at once, and keeps no more than Node would for what has to wait', () => {
    const scratch = new Scratch();
    const first = scratch.copy(Buffer.alloc(1000));
    scratch.giveBack(first);
    const second = scratch.copy(Buffer.alloc(1000));
    expect([second.buffer === first.buffer, second.byteOffset]).toEqual([true, first.byteOffset]);
    scratch.lose(second);
    expect(scratch.copy(Buffer.alloc(1000)).buffer).not.toBe(second.buffer);
    expect(second.buffer.byteLength).toBeLessThanOrEqual(Buffer.poolSize);
  });
});
