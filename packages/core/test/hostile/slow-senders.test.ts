import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { frame, type Raw, TEXT } from './raw.js';
import { besiege } from './siege.js';

async function trickle(raw: Raw, bytes: string | Uint8Array): Promise<void> {
  for (const byte of Buffer.from(bytes as Uint8Array)) {
    raw.write(Buffer.from([byte]));
    await turn();
  }
}

test('headers that come byte by byte are put together', () =>
  besiege({}, async (siege) => {
    const raw = await siege.connect();
    raw.write('GET /slow HTTP/1.1\r\n');
    await trickle(raw, `Host: x\r\nX-Long: ${'v'.repeat(500)}\r\n\r\n`);
    await raw.take('\r\n\r\nfine');
    expect(siege.requests).toEqual(['/slow']);
  }));

test('a request line that comes byte by byte is answered, with an error if need be', () =>
  besiege({}, async (siege) => {
    const raw = await siege.connect();
    await trickle(raw, 'GET /slow HTTP/1.1\r\nHost: x\r\n\r\n');
    expect((await raw.take('\r\n')).toString()).toMatch(/^HTTP\/1\.1 (200|4\d\d|505) /);
  }));

test('a body that comes byte by byte reaches the program whole', () =>
  besiege({ request: (request, response) => response.end(`<${request.rawContent()}>`) }, async (siege) => {
    const raw = await siege.connect();
    raw.write('POST /slow HTTP/1.1\r\nHost: x\r\nContent-Length: 300\r\n\r\n');
    await trickle(raw, 'b'.repeat(300));
    await raw.take(`<${'b'.repeat(300)}>`);
    raw.write('POST /slow HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n');
    await trickle(raw, '5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n');
    await raw.take('<hello world>');
  }));

test('frames that come byte by byte are put together', () =>
  besiege({}, async (siege) => {
    const raw = await siege.upgrade();
    await trickle(raw, frame(TEXT, 'first'));
    await trickle(raw, frame(TEXT, 's'.repeat(300)));
    await trickle(raw, Buffer.concat([frame(TEXT, 'thi', { fin: false }), frame(0, 'rd')]));
    await siege.reached('three messages', () => siege.messages.length === 3);
    expect(siege.messages).toEqual(['first', 's'.repeat(300), 'third']);
  }));

test('300 heads, bodies and frames that never end hold nobody up', () =>
  besiege({}, async (siege) => {
    const raws: Raw[] = [];
    for (let i = 0; i < 100; i++) {
      const head = await siege.connect();
      head.write('GET /never HTTP/1.1\r\nHost: x\r\nX-A: ');
      const body = await siege.connect();
      body.write('POST /never HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nsome');
      const socket = await siege.upgrade();
      socket.write(frame(TEXT, 'begun', { announce: 60_000n }));
      raws.push(head, body, socket);
    }
    for (let round = 0; round < 20; round++) {
      for (const raw of raws) raw.write('x');
      await turn();
    }
    expect(siege.requests).toEqual([]);
    expect(siege.messages).toEqual([]);
  }));
