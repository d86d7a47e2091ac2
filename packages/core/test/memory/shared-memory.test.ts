import { beforeEach, describe, expect, it, vi } from 'vitest';

type SharedMemory = typeof import('../../src/memory/shared-memory.js');

/** The module as a thread of its own would have it. */
async function fresh(): Promise<SharedMemory> {
  vi.resetModules();
  return import('../../src/memory/shared-memory.js');
}

describe('shared memory', () => {
  let first: SharedMemory;
  let second: SharedMemory;
  beforeEach(async () => {
    first = await fresh();
    second = await fresh();
  });

  it('gives a second thread what the first one made, in order', () => {
    const made = [first.claimShared('A', 8), first.claimShared('B', 16), first.claimShared('A', 8)];
    second.adoptInventory(first.sharedInventory());
    expect(second.claimShared('A', 8)).toBe(made[0]);
    expect(second.claimShared('B', 16)).toBe(made[1]);
    expect(second.claimShared('A', 8)).toBe(made[2]);
  });

  it('gives memory of its own when the inventory is used up, and records none of it', () => {
    first.claimShared('A', 8);
    second.adoptInventory(first.sharedInventory());
    second.claimShared('A', 8);
    const own = second.claimShared('A', 8);
    expect(own.byteLength).toBe(8);
    expect(second.sharedInventory()).toEqual(first.sharedInventory());
    expect(second.sharedInventory().map(({ buffer }) => buffer)).not.toContain(own);
  });

  it('records nothing after it is sealed', () => {
    const before = first.claimShared('A', 8);
    first.sealInventory();
    expect(first.claimShared('A', 8)).not.toBe(before);
    expect(first.sharedInventory()).toEqual([{ kind: 'A', buffer: before }]);
  });

  it('gives memory of its own after a second thread has sealed it, though something is left', () => {
    const made = [first.claimShared('A', 8), first.claimShared('A', 8)];
    second.adoptInventory(first.sharedInventory());
    second.claimShared('A', 8);
    second.sealInventory();
    expect(made).not.toContain(second.claimShared('A', 8));
  });

  it.each([
    [
      'kind',
      'Atomic.Long',
      4,
      'Atomic.Long of 4 bytes in this thread, but Atomic of 4 bytes in the first one',
    ],
    ['size', 'Atomic', 8, 'Atomic of 8 bytes in this thread, but Atomic of 4 bytes in the first one'],
  ])(
    'names the place, what it found and what it expected when the %s differs',
    (_what, kind, bytes, text) => {
      first.claimShared('Lock', 8);
      first.claimShared('Atomic', 4);
      second.adoptInventory(first.sharedInventory());
      second.claimShared('Lock', 8);
      expect(() => second.claimShared(kind, bytes)).toThrow(`shared object 1 is ${text}: before start()`);
    },
  );

  it('initialises memory once, in the thread that made it', () => {
    const write = (value: number) => (buffer: SharedArrayBuffer) => {
      new Int32Array(buffer)[0] = value;
    };
    const buffer = first.claimShared('A', 4, write(5));
    second.adoptInventory(first.sharedInventory());
    second.claimShared('A', 4, write(6));
    expect(new Int32Array(buffer)[0]).toBe(5);
    expect(new Int32Array(second.claimShared('A', 4, write(6)))[0]).toBe(6);
  });
});
