import { describe, expect, test } from 'vitest';
import { load } from '../../../src/engine/udp/libc.js';

describe('the C library', () => {
  test('tells in a line why the package does not load', () => {
    const told = load(() => {
      throw new Error("Cannot find module 'koffi'\nRequire stack:\n- somewhere");
    });
    expect(told).toBe("the optional package koffi does not load: Cannot find module 'koffi'");
  });

  test('is not asked for on Windows, where there are no Unix datagram sockets', () => {
    const { platform } = process;
    Object.defineProperty(process, 'platform', { value: 'win32' });
    try {
      expect(load(() => expect.unreachable())).toBe('Windows has none');
    } finally {
      Object.defineProperty(process, 'platform', { value: platform });
    }
  });
});
