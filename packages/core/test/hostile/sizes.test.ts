import { setImmediate as turn } from 'node:timers/promises';
import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { BINARY, CONTINUATION, frame, TEXT } from './raw.js';
import { besiege } from './siege.js';

const settings = { package_max_length: 100_000 };
const head = (lines: string) => `POST /big HTTP/1.1\r\nHost: x\r\n${lines}\r\n\r\n`;

test('a body over package_max_length is refused with 413 before it is sent', () =>
  besiege({ settings }, async (siege) => {
    for (const length of [200_000, 500_000_000]) {
      const raw = await siege.connect();
      raw.write(head(`Content-Length: ${length}`));
      expect((await raw.take('\r\n')).toString()).toMatch(/^HTTP\/1\.1 413 /);
      await raw.closed();
    }
    expect(siege.requests).toEqual([]);
  }));

test('a chunked body is refused as soon as it is over package_max_length', () =>
  besiege({ settings }, async (siege) => {
    const raw = await siege.connect();
    raw.write(head('Transfer-Encoding: chunked'));
    const chunk = `2710\r\n${'c'.repeat(10_000)}\r\n`;
    let sent = 0;
    // Never ended by the client: only the server can stop it.
    for (; sent < 1_000 && !raw.ended && raw.received.length === 0; sent++) {
      raw.write(chunk);
      await turn();
      await turn();
    }
    expect((await raw.take('\r\n')).toString()).toMatch(/^HTTP\/1\.1 413 /);
    await raw.closed();
    expect(siege.requests).toEqual([]);
  }));

test('a chunk that only announces itself takes no memory', () =>
  besiege({ settings }, async (siege) => {
    const before = process.memoryUsage().arrayBuffers;
    for (let i = 0; i < 200; i++) {
      const raw = await siege.connect();
      raw.write(`${head('Transfer-Encoding: chunked')}7fffffff\r\nx`);
    }
    await siege.reached('200 connections', () => siege.connects.size >= 201);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024);
    expect(siege.requests).toEqual([]);
  }));

test('a message over package_max_length ends its connection and is not delivered', () =>
  besiege({ settings }, async (siege) => {
    for (const bytes of [
      frame(TEXT, 'm'.repeat(100_001)),
      frame(BINARY, '', { announce: 100_001n }),
      Buffer.concat([
        frame(TEXT, 'm'.repeat(60_000), { fin: false }),
        frame(CONTINUATION, 'm'.repeat(30_000), { fin: false }),
        frame(CONTINUATION, 'm'.repeat(30_000)),
      ]),
    ]) {
      const raw = await siege.upgrade();
      raw.write(bytes);
      await raw.closed();
    }
    expect(siege.messages).toEqual([]);
  }));

test('fragments without end are cut off at package_max_length', () =>
  besiege({ settings }, async (siege) => {
    const raw = await siege.upgrade();
    raw.write(frame(TEXT, 'f'.repeat(1_000), { fin: false }));
    const more = frame(CONTINUATION, 'f'.repeat(1_000), { fin: false });
    for (let i = 0; i < 200; i++) raw.write(more);
    await raw.closed();
    expect(siege.messages).toEqual([]);
  }));

test('a small message that inflates to a hundred megabytes is not delivered', () =>
  besiege({ settings: { ...settings, websocket_compression: true } }, async (siege) => {
    const raw = await siege.upgrade('/', 'Sec-WebSocket-Extensions: permessage-deflate\r\n');
    const bomb = deflateRawSync(Buffer.alloc(100_000_000));
    expect(bomb.length).toBeLessThan(100_000);
    const before = process.memoryUsage().rss;
    raw.write(frame(BINARY, bomb, { rsv: 4 }));
    await raw.closed();
    expect(siege.messages).toEqual([]);
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
  }));

test('compressed rubbish ends its connection and is not delivered', () =>
  besiege({ settings: { ...settings, websocket_compression: true } }, async (siege) => {
    const raw = await siege.upgrade('/', 'Sec-WebSocket-Extensions: permessage-deflate\r\n');
    raw.write(frame(TEXT, Buffer.alloc(500, 0xff), { rsv: 4 }));
    await raw.closed();
    expect(siege.messages).toEqual([]);
  }));

test('ten thousand headers are refused or served, and hold nobody up', () =>
  besiege({}, async (siege) => {
    const raw = await siege.connect();
    raw.write(`GET /many HTTP/1.1\r\nHost: x\r\n${'A: b\r\n'.repeat(10_000)}\r\n`);
    expect((await raw.take('\r\n')).toString()).toMatch(/^HTTP\/1\.1 (200|4\d\d) /);
  }));
