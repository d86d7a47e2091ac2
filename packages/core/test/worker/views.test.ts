import { describe, expect, test, vi } from 'vitest';
import WebSocket from 'ws';
import { join, startWorkers } from './crew-program.js';

// Every worker is a thread that loads the whole library from its sources.
vi.setConfig({ testTimeout: 60_000 });

describe('a server with two workers', () => {
  test('lets every worker see and reach the connections of the other', async () => {
    const { port } = await startWorkers();
    const [one, two, three] = [await join(port), await join(port), await join(port)];
    expect([one.fd, two.fd, three.fd]).toEqual([1, 2, 3]);
    // Connection n belongs to worker n modulo 2, as in Swoole.
    expect([one.worker, two.worker, three.worker]).toEqual([1, 0, 1]);
    expect(await one.ask('list')).toBe('[1,2,3]');
    expect(await two.ask('list')).toBe('[1,2,3]');
    expect(await two.ask('count')).toBe('count 3');
    expect(await one.ask('tell 2 a message')).toBe('told true');
    expect(await two.client.next()).toBe('a message');
    expect(await one.ask('tell 99 x')).toBe('told false');
    expect(await one.ask('info 2')).toBe('{"ip":"127.0.0.1"}');
    expect(await one.ask('bind 2 77')).toBe('bound true');
    expect(await one.ask('bind 2 78')).toBe('bound false');
    expect(await two.ask('info 2')).toBe('{"ip":"127.0.0.1","uid":77}');
    expect(await three.ask('info 99')).toBe('false');
  });

  test('refuses connections beyond max_connection, and the log says so', async () => {
    const { port, lines } = await startWorkers({
      SETTINGS: '{"max_connection":40,"log_level":4}',
    });
    const all = await Promise.all(Array.from({ length: 40 }, () => join(port)));
    expect(new Set(all.map(({ fd }) => fd)).size).toBe(40);
    const refused = new WebSocket(`ws://127.0.0.1:${port}`);
    await new Promise((resolve) => refused.on('error', resolve));
    while (!lines.all.some((line) => line.includes('connection refused: max_connection (40) is reached')))
      await lines.next();
    const gone = `close ${all[0]?.fd} in `;
    all[0]?.client.socket.terminate();
    while (!lines.all.some((line) => line.startsWith(gone))) await lines.next();
    // The callback of its end runs just before it is counted no more.
    await expect.poll(() => all[1]?.ask('count')).toBe('count 39');
    expect(await (await join(port)).ask('count')).toBe('count 40');
  });

  test('broadcasts over all workers, and counts who takes it', async () => {
    const { port } = await startWorkers();
    const [one, two, three] = [await join(port), await join(port), await join(port)];
    one.client.send('broadcast to all');
    expect(await two.client.next()).toBe('to all');
    expect(await three.client.next()).toBe('to all');
    expect(await one.client.next()).toBe('sent 2');
  });

  test('closes connections of the other worker: at once for the program, and with its close event there', async () => {
    const { port, until } = await startWorkers();
    const [one, two, three] = [await join(port), await join(port), await join(port)];
    expect(await one.ask('close 2')).toBe('closed true false');
    expect(await one.ask('close 2')).toBe('closed false false');
    expect(await two.client.closed).toEqual({ code: 1006, reason: '' });
    await until('close 2 in worker 0 by the server');
    const four = await join(port);
    expect(await four.ask('disconnect 3')).toBe('disconnected true');
    expect(await three.client.closed).toEqual({ code: 4000, reason: 'go' });
    await until('close 3 in worker 1 by the server');
  });

  test('keeps the order of what one worker sends to connections of the other', async () => {
    const { port } = await startWorkers();
    const [one, two] = [await join(port), await join(port)];
    for (let i = 0; i < 500; i++) one.client.send(`tell 2 ${i}`);
    for (let i = 0; i < 500; i++) expect(await two.client.next()).toBe(String(i));
  });

  test('refuses what a slow connection of the other worker cannot take, and tells why', async () => {
    const { port } = await startWorkers({
      SETTINGS: JSON.stringify({ socket_buffer_size: 1_000_000, buffer_high_watermark: 500_000 }),
    });
    const [one, two] = [await join(port), await join(port)];
    two.client.socket.pause();
    let refused = 0;
    for (let i = 0; i < 400 && refused === 0; i++)
      if ((await one.ask(`tell 2 ${'x'.repeat(50_000)}`)) === 'told false') refused++;
    expect(refused).toBe(1);
    two.client.socket.resume();
    for (let i = 0; i < 20; i++) expect(String(await two.client.next()).length).toBe(50_000);
  });
});
