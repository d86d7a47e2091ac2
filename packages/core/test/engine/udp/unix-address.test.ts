import { expect, test } from 'vitest';
import { ADDRESS_BYTES, isLongPath, pathIn, unixAddress } from '../../../src/engine/udp/unix-address.js';

test.runIf(process.platform === 'linux')(
  'a sockaddr_un is that of <sys/un.h>: a family of two bytes, and 108 of the path',
  () => {
    const address = unixAddress('/tmp/ä');
    expect(ADDRESS_BYTES).toBe(110);
    expect(address.readUInt16LE(0)).toBe(1);
    expect(address.subarray(2, 11)).toEqual(Buffer.from('/tmp/ä\0\0'));
    expect(pathIn(address, 110)).toBe('/tmp/ä');
  },
);

test('a socket without a path has a short address, or none', () => {
  const address = unixAddress('/left/over');
  expect([pathIn(address, 0), pathIn(address, 2)]).toEqual(['', '']);
});

test.runIf(process.platform === 'linux')(
  'a path is too long from 107 bytes on, as it is for Swoole, and is counted in bytes',
  () => {
    expect([isLongPath('x'.repeat(106)), isLongPath('x'.repeat(107))]).toEqual([false, true]);
    expect([isLongPath('ä'.repeat(53)), isLongPath('ä'.repeat(54))]).toEqual([false, true]);
  },
);
