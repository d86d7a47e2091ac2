import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { swoole_clear_error, swoole_last_error } from '../../src/errors/last-error.js';
import { setWarningHandler } from '../../src/errors/warnings.js';
import { closePayload, toPayload, validateOutgoing } from '../../src/websocket/outgoing.js';

const PUSH = 'Swoole\\WebSocket\\Server::push()';
let warnings: string[] = [];
beforeEach(() => {
  warnings = [];
  setWarningHandler((_level, message) => warnings.push(message));
  swoole_clear_error();
});
afterEach(() => {
  setWarningHandler(null);
});

describe('validateOutgoing', () => {
  // From the recording ws-push-errors.
  it.each([16, -1, 15, 11])('refuses opcode %i', (opcode) => {
    expect(validateOutgoing('x', opcode, PUSH)).toBe(false);
    expect(warnings).toEqual([`${PUSH}: opcode must be between 0 and 10`]);
    expect(swoole_last_error()).toBe(8505);
  });

  it('allows 125 bytes in a control frame, and no more', () => {
    expect(validateOutgoing('p'.repeat(125), 9, PUSH)).toBe(true);
    expect([warnings, swoole_last_error()]).toEqual([[], 0]);
    expect(validateOutgoing(new Uint8Array(126), 9, PUSH)).toBe(false);
    expect(warnings).toEqual([`${PUSH}: websocket control frame payload must not exceed 125 bytes`]);
    expect(swoole_last_error()).toBe(8505);
  });

  it('allows a message of any length, and opcodes that nobody has defined', () => {
    for (const opcode of [0, 1, 2, 3, 7]) expect(validateOutgoing('x'.repeat(200), opcode, PUSH)).toBe(true);
  });
});

describe('closePayload', () => {
  it('is the code in two bytes, then the reason', () => {
    expect(closePayload(4001, 'é').toString('hex')).toBe('0fa1c3a9');
    expect(closePayload(1000, new Uint8Array([1])).toString('hex')).toBe('03e801');
  });
});

describe('toPayload', () => {
  // From the recording ws-push-forms, "types".
  it.each([
    [42, '42'],
    [1.5, '1.5'],
    [true, '1'],
    [false, ''],
    [null, ''],
    [undefined, ''],
    [10n, '10'],
    [{ toString: () => 'from __toString' }, 'from __toString'],
  ])('writes %s as PHP would', (value, text) => {
    expect(toPayload(value)).toBe(text);
  });

  it('takes bytes in any guise', () => {
    const bytes = new Uint8Array([1, 2, 3]);
    expect(toPayload(bytes)).toBe(bytes);
    expect(toPayload(bytes.buffer)).toEqual(bytes);
    expect(toPayload(new DataView(bytes.buffer, 1, 2))).toEqual(bytes.subarray(1));
  });

  it('refuses an object without a text of its own', () => {
    expect(() => toPayload({ type: 'chat' })).toThrow(TypeError);
    expect(() => toPayload(Object.create(null))).toThrow(TypeError);
    expect(() => toPayload(() => 'x')).toThrow(TypeError);
  });

  it('warns of an array as PHP does', () => {
    expect(toPayload([1, 2])).toBe('Array');
    expect(warnings).toEqual(['Array to string conversion']);
  });
});
