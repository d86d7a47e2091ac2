import { expect, test } from 'vitest';
import type * as Swoole from '../../src/index.js';
import { besiege } from './siege.js';

const EVIL = 'a\r\nX-Evil: 1\r\n\r\n<b>injected</b>';
const evil = encodeURIComponent(EVIL);

/** Programs that put what the request says into the head of the response. */
const PROGRAMS: Record<string, (response: Swoole.Http.Response, value: string) => unknown> = {
  'header value': (response, value) => response.header('X-Value', value),
  'header value with LF only': (response, value) => response.header('X-Value', value.replaceAll('\r', '')),
  'header value with CR only': (response, value) => response.header('X-Value', value.replaceAll('\n', '')),
  'header value with NUL': (response, value) => response.header('X-Value', `\0${value}`),
  'header list': (response, value) => response.header('X-Value', ['fine', value]),
  'header name': (response, value) => response.header(`X-${value}`, '1'),
  'header name, unformatted': (response, value) => response.header(`X-${value}`, '1', false),
  'a default header': (response, value) => response.header('Content-Type', value),
  'cookie value': (response, value) => response.cookie('c', value),
  'cookie name': (response, value) => response.cookie(value, 'v'),
  'cookie path': (response, value) => response.cookie('c', 'v', 0, value),
  'cookie domain': (response, value) => response.cookie('c', 'v', 0, '/', value),
  'cookie samesite': (response, value) => response.cookie('c', 'v', 0, '/', '', false, false, value),
  'cookie priority': (response, value) => response.cookie('c', 'v', 0, '/', '', false, false, '', value),
  'raw cookie value': (response, value) => response.rawcookie('c', value),
  'status reason': (response, value) => response.status(200, value),
  trailer: (response, value) => {
    response.trailer('X-Trailer', value);
    response.write('body');
  },
  redirect: (response, value) => response.redirect(value),
};

test('what a request says cannot split the response it is echoed into', () =>
  besiege(
    {
      request: (request, response) => {
        const name = decodeURIComponent(request.server.request_uri.slice(1));
        const program = PROGRAMS[name];
        program?.(response, String(request.get?.value));
        if (response.isWritable()) response.end('end');
      },
    },
    async (siege) => {
      for (const name of Object.keys(PROGRAMS)) {
        const raw = await siege.connect();
        raw.write(`GET /${encodeURIComponent(name)}?value=${evil} HTTP/1.1\r\nHost: x\r\n\r\n`);
        await raw.take('\r\n\r\n').then((head) => {
          const lines = head.toString().split('\r\n');
          expect(lines[0], name).toMatch(/^HTTP\/1\.1 \d{3} /);
          expect(
            lines.filter((line) => line.toLowerCase().startsWith('x-evil')),
            name,
          ).toEqual([]);
          // Neither line end stands alone in a line.
          expect(head.toString().replaceAll('\r\n', ''), name).not.toMatch(/[\r\n\0]/);
        });
        // The connection is still in step: the next answer is the next request's.
        raw.write('GET /sound HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
        await raw.closed();
        const rest = raw.received.toString();
        expect(rest, name).not.toContain('injected');
        expect(rest, name).not.toMatch(/^x-evil/im);
        expect(rest.split(/HTTP\/1\.1 \d{3} /), name).toHaveLength(2);
        expect(rest.endsWith('end'), name).toBe(true);
      }
      expect(siege.requests.filter((uri) => uri === '/sound')).toHaveLength(Object.keys(PROGRAMS).length);
    },
  ));

test('a client cannot choose headers of the handshake response', () =>
  besiege({}, async (siege) => {
    const raw = await siege.connect();
    raw.write(
      'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: a\x09b;c, chat\r\nX-Evil: 1\r\n\r\n',
    );
    const head = (await raw.take('\r\n\r\n')).toString();
    expect(head).toMatch(/^HTTP\/1\.1 (101|400) /);
    expect(head.toLowerCase()).not.toContain('x-evil');
  }));
