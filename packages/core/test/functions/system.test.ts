import { readFileSync } from 'node:fs';
import os from 'node:os';
import { afterEach, describe, expect, it, vi } from 'vitest';

vi.mock('node:os', async (original) => {
  const actual = await original<typeof os>();
  return { ...actual, networkInterfaces: vi.fn(actual.networkInterfaces) };
});

import { networkInterfaces } from 'node:os';
import {
  swoole_cpu_num,
  swoole_get_local_ip,
  swoole_get_local_mac,
  swoole_set_process_name,
  swoole_version,
} from '../../src/functions/system.js';

const one = { netmask: '', cidr: null };
const lo = { ...one, mac: '00:00:00:00:00:00', internal: true };
const eth = { ...one, mac: '02:42:ac:11:00:02', internal: false };

afterEach(() => {
  vi.mocked(networkInterfaces).mockReset();
});

describe('functions about the system', () => {
  it('swoole_version is that of the recorded surface', () => {
    const api = JSON.parse(
      readFileSync(new URL('../../../../conformance/api.json', import.meta.url), 'utf8'),
    ) as {
      swoole: string;
    };
    expect(swoole_version()).toBe(api.swoole);
  });

  it('swoole_cpu_num counts at least one processor, and no more than there are', () => {
    expect(swoole_cpu_num()).toBeGreaterThanOrEqual(1);
    expect(swoole_cpu_num()).toBeLessThanOrEqual(os.cpus().length);
  });

  it('swoole_get_local_ip and swoole_get_local_mac leave out loopback', () => {
    vi.mocked(networkInterfaces).mockReturnValue({
      lo: [{ ...lo, family: 'IPv4', address: '127.0.0.1' }],
      eth0: [
        { ...eth, family: 'IPv4', address: '192.0.2.1' },
        { ...eth, family: 'IPv4', address: '192.0.2.2' },
        { ...eth, family: 'IPv6', address: '2001:db8::1', scopeid: 0 },
      ],
      eth1: [{ ...eth, family: 'IPv6', address: '2001:db8::2', scopeid: 0 }],
    });
    expect(swoole_get_local_ip()).toEqual({ eth0: '192.0.2.2' });
    expect(swoole_get_local_ip(process.platform === 'darwin' ? 30 : 10)).toEqual({
      eth0: '2001:db8::1',
      eth1: '2001:db8::2',
    });
    expect(swoole_get_local_ip(1)).toEqual({});
    expect(swoole_get_local_mac()).toEqual({ eth0: '02:42:AC:11:00:02' });
  });

  it('swoole_set_process_name names the process', () => {
    const before = process.title;
    expect(swoole_set_process_name('swoole')).toBe(true);
    expect(process.title).toBe('swoole');
    process.title = before;
  });
});
