import { expect, test } from 'vitest';
import { Field, SharedSessions } from '../../src/session/shared-sessions.js';

test('100,000 connections fit, each with an fd of its own', () => {
  const buffer = SharedSessions.create(100_000);
  const [one, other] = [new SharedSessions(buffer), new SharedSessions(buffer)];
  for (let i = 1; i <= 100_000; i++) expect(one.claim(1, 0, 0, '127.0.0.1', i % 65536)).toBe(i);
  expect(other.count).toBe(100_000);
  expect(other.alive(100_000)).toBe(true);
  expect(other.fds().length).toBe(100_000);
  expect(other.get(99_999, Field.REMOTE_PORT)).toBe(99_999 % 65536);
  // 128 bytes a row and room for twice as many, rounded up to a power of two.
  expect(buffer.byteLength).toBeLessThan(36 * 1048576);
});

test('an fd is not used again, and passes over a row whose connection still lives', () => {
  const sessions = new SharedSessions(SharedSessions.create(32));
  const first = sessions.claim(1, 0, 0, '', 0);
  for (let i = 2; i <= 64; i++) {
    expect(sessions.claim(1, 0, 0, '', 0)).toBe(i);
    sessions.release(i);
  }
  // Row 1 is taken: 65 would have it.
  expect(first).toBe(1);
  expect(sessions.claim(1, 0, 0, '', 0)).toBe(66);
  expect([...sessions.fds()]).toEqual([1, 66]);
});

test('after the last of two billion fds the first free one comes', () => {
  const buffer = SharedSessions.create(32);
  const sessions = new SharedSessions(buffer);
  expect(sessions.claim(1, 0, 0, '', 0)).toBe(1);
  new Int32Array(buffer)[0] = 2 ** 31 - 2;
  expect(sessions.claim(1, 0, 0, '', 0)).toBe(2 ** 31 - 1);
  expect(sessions.claim(1, 0, 0, '', 0)).toBe(2);
  expect([...sessions.fds()]).toEqual([1, 2, 2 ** 31 - 1]);
});

test('no fd is given when every row is taken, until one is given back', () => {
  const sessions = new SharedSessions(SharedSessions.create(32));
  for (let i = 1; i <= 64; i++) expect(sessions.claim(1, 0, 0, '', 0)).toBe(i);
  expect(sessions.claim(1, 0, 0, '', 0)).toBe(0);
  sessions.release(7);
  const fd = sessions.claim(1, 0, 0, '', 0);
  expect(fd % 64).toBe(7);
  expect(sessions.alive(7)).toBe(false);
  expect(sessions.alive(fd)).toBe(true);
});
