import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { Client } from './client.js';
import { portOf, run } from './program.js';
import { temporary } from './temporary.js';

describe.each(['SIGTERM', 'SIGINT'] as const)('%s', (signal) => {
  test('says goodbye to the peers, raises the last events in order and ends with 0', async () => {
    const pidFile = path.join(temporary(), 'server.pid');
    const { child, lines, ended } = run('lifecycle', { PID_FILE: pidFile });
    const port = await portOf(lines);
    expect(readFileSync(pidFile, 'utf8')).toBe(String(child.pid));
    const clients = [await Client.open(port), await Client.open(port)];
    child.kill(signal);
    for (const client of clients) expect(await client.closed).toEqual({ code: 1001, reason: '' });
    const { code, stdout, stderr } = await ended;
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout.split('\n').slice(1)).toEqual([
      'beforeShutdown',
      'close 1 by the server',
      'close 2 by the server',
      'workerStop 0',
      'shutdown',
      'start resolved to true',
      '',
    ]);
    expect(existsSync(pidFile)).toBe(false);
  });
});

describe('a process that something else holds', () => {
  test('ends max_wait_time after the signal, and the log says what held it', async () => {
    const { child, lines, ended } = run('held', { MAX_WAIT_TIME: '1' });
    await portOf(lines);
    const told = performance.now();
    child.kill('SIGTERM');
    const { code, stdout } = await ended;
    const seconds = (performance.now() - told) / 1000;
    expect(code).toBe(0);
    expect(seconds).toBeGreaterThan(0.9);
    expect(seconds).toBeLessThan(2.5);
    expect(stdout).toContain('over\n');
    expect(stdout).toMatch(/\tWARNING\t.* 1 s .*\(max_wait_time\); held by: .*Timeout/);
  });

  test('ends at once at the second SIGINT', async () => {
    const { child, lines, ended } = run('held', { MAX_WAIT_TIME: '60' });
    await portOf(lines);
    child.kill('SIGINT');
    expect(await lines.next()).toBe('over');
    child.kill('SIGINT');
    const { code, signal } = await ended;
    // Both are what a shell shows as 130.
    expect(signal ?? code).toBe(signal === null ? 130 : 'SIGINT');
  });
});
