import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { swoole_async_dns_lookup_coro } from '../../src/coroutine/aliases.js';
import { swoole_last_error } from '../../src/errors/last-error.js';
import { SWOOLE_ERROR_CO_TIMEDOUT, SWOOLE_ERROR_DNSLOOKUP_RESOLVE_FAILED } from '../../src/errors/numbers.js';
import { Coroutine } from '../../src/namespaces/coroutine.js';

const { System } = Coroutine;
const SIGUSR2 = 12;
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'swoole-ts-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('System', () => {
  it('gives exit codes and signals of commands', async () => {
    expect(await System.exec('printf out; exit 4')).toEqual({ code: 4, signal: 0, output: 'out' });
    expect(await System.exec('kill -15 $$')).toEqual({ code: 0, signal: 15, output: '' });
  });

  it('reads back the bytes it wrote', async () => {
    const file = path.join(folder, 'bytes');
    const bytes = Buffer.from([0, 255, 128, 10]);
    expect(await System.writeFile(file, bytes)).toBe(4);
    expect(await System.writeFile(file, 'ż', 8)).toBe(2);
    expect(await System.readFile(file)).toEqual(Buffer.concat([bytes, Buffer.from('ż')]));
  });

  it("fails with the system's number", async () => {
    expect(await System.readFile(path.join(folder, 'missing'))).toBe(false);
    expect(swoole_last_error()).toBe(2);
    expect(await System.statvfs(path.join(folder, 'missing'))).toBe(false);
  });

  it('tells the size of a file system', async () => {
    const stats = await System.statvfs(folder);
    expect(stats && stats.blocks >= stats.bfree && stats.bfree >= stats.bavail).toBe(true);
  });

  it('finds names, and says which it does not find', async () => {
    expect(await System.gethostbyname('127.0.0.1')).toBe('127.0.0.1');
    expect(await System.dnsLookup('127.0.0.1')).toBe('127.0.0.1');
    expect(await swoole_async_dns_lookup_coro('127.0.0.1')).toBe('127.0.0.1');
    expect(await System.getaddrinfo('localhost')).toEqual(['127.0.0.1']);
    expect(await System.gethostbyname('no such name')).toBe(false);
    expect(swoole_last_error()).toBe(SWOOLE_ERROR_DNSLOOKUP_RESOLVE_FAILED);
  });

  it('waits for a signal', async () => {
    const signal = System.waitSignal([SIGUSR2], 5);
    process.kill(process.pid, 'SIGUSR2');
    expect(await signal).toBe(SIGUSR2);
    expect(await System.waitSignal(SIGUSR2, 0.001)).toBe(false);
    expect(swoole_last_error()).toBe(SWOOLE_ERROR_CO_TIMEDOUT);
    expect(process.listenerCount('SIGUSR2')).toBe(0);
  });

  it('may be cancelled', async () => {
    await Coroutine.run(async () => {
      const results: unknown[] = [];
      const id = Coroutine.go(async () => {
        results.push(await System.exec('sleep 0.1'), Coroutine.isCanceled());
      }) as number;
      await Coroutine.cancel(id);
      expect(results).toEqual([false, true]);
    });
  });
});
