import { describe, expect, test } from 'vitest';
import { besiege } from './siege.js';

const H = 'Host: x\r\n';

/** Each must never reach the program: another party on the way could read it differently than we do. */
const REFUSED: Record<string, string> = {
  'a sentence': 'this is not http at all\r\n\r\n',
  'a TLS greeting': '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03aaaaaaaaaaaaaaaa',
  'line ends only': '\r\n'.repeat(10),
  'an HTTP/2 preface': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'no version': `GET /bad\r\n${H}\r\n`,
  'version 2.0': `GET /bad HTTP/2.0\r\n${H}\r\n`,
  'version 0.9': `GET /bad HTTP/0.9\r\n${H}\r\n`,
  'a lower case version': `GET /bad http/1.1\r\n${H}\r\n`,
  'tabs in the request line': `GET\t/bad\tHTTP/1.1\r\n${H}\r\n`,
  'a space in the target': `GET /bad bad HTTP/1.1\r\n${H}\r\n`,
  'a control character in the target': `GET /bad\x01 HTTP/1.1\r\n${H}\r\n`,
  'bare line feeds': 'GET /bad HTTP/1.1\nHost: x\n\n',
  'a header without a colon': `GET /bad HTTP/1.1\r\n${H}nocolon\r\n\r\n`,
  'a space before the colon': `GET /bad HTTP/1.1\r\n${H}X-A : 1\r\n\r\n`,
  'a space in a header name': `GET /bad HTTP/1.1\r\n${H}X A: 1\r\n\r\n`,
  'a folded header': `GET /bad HTTP/1.1\r\n${H}X-A: 1\r\n  2\r\n\r\n`,
  'NUL in a value': `GET /bad HTTP/1.1\r\n${H}X-A: a\0b\r\n\r\n`,
  'CR in a value': `GET /bad HTTP/1.1\r\n${H}X-A: a\rb\r\n\r\n`,
  'a head of 70000 bytes': `GET /bad HTTP/1.1\r\n${H}X-Long: ${'h'.repeat(70_000)}\r\n\r\n`,
  'a target of 70000 bytes': `GET /bad${'u'.repeat(70_000)} HTTP/1.1\r\n${H}\r\n`,
  'both a length and chunks': `POST /bad HTTP/1.1\r\n${H}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n`,
  'two different lengths': `POST /bad HTTP/1.1\r\n${H}Content-Length: 3\r\nContent-Length: 43\r\n\r\nabc`,
  'a list of lengths': `POST /bad HTTP/1.1\r\n${H}Content-Length: 3, 43\r\n\r\nabc`,
  'a negative length': `POST /bad HTTP/1.1\r\n${H}Content-Length: -1\r\n\r\nabc`,
  'a signed length': `POST /bad HTTP/1.1\r\n${H}Content-Length: +3\r\n\r\nabc`,
  'a hexadecimal length': `POST /bad HTTP/1.1\r\n${H}Content-Length: 0x3\r\n\r\nabc`,
  'a length that is a word': `POST /bad HTTP/1.1\r\n${H}Content-Length: three\r\n\r\nabc`,
  'a length beyond 64 bits': `POST /bad HTTP/1.1\r\n${H}Content-Length: 99999999999999999999\r\n\r\nabc`,
  'a transfer coding other than chunked': `POST /bad HTTP/1.1\r\n${H}Transfer-Encoding: gzip\r\n\r\n3\r\nabc\r\n0\r\n\r\n`,
  'chunked before another coding': `POST /bad HTTP/1.1\r\n${H}Transfer-Encoding: chunked, identity\r\n\r\n3\r\nabc\r\n0\r\n\r\n`,
  'chunked twice, once disguised': `POST /bad HTTP/1.1\r\n${H}Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n3\r\nabc\r\n0\r\n\r\n`,
  'a chunk size that is no number': `POST /bad HTTP/1.1\r\n${H}Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n`,
  'a negative chunk size': `POST /bad HTTP/1.1\r\n${H}Transfer-Encoding: chunked\r\n\r\n-3\r\nabc\r\n0\r\n\r\n`,
  'a chunk size beyond 64 bits': `POST /bad HTTP/1.1\r\n${H}Transfer-Encoding: chunked\r\n\r\nfffffffffffffffffffff\r\nabc\r\n0\r\n\r\n`,
};

describe('malformed requests', () => {
  test('never reach the program, and are answered with an error or not at all', () =>
    besiege({}, async (siege) => {
      const passed: string[] = [];
      for (const [label, text] of Object.entries(REFUSED)) {
        const raw = await siege.connect();
        raw.write(Buffer.from(text, 'latin1'));
        raw.finish();
        await raw.closed();
        const answer = raw.received.toString('latin1').split('\r\n')[0] ?? '';
        if (siege.requests.splice(0).length > 0 || !/^$|^HTTP\/1\.1 [45]\d\d /.test(answer))
          passed.push(`${label}: ${answer}`);
      }
      expect(passed).toEqual([]);
      // A sound request sent in the same way does reach it.
      const raw = await siege.connect();
      raw.write(`POST /good HTTP/1.1\r\n${H}Content-Length: 3\r\n\r\nabc`);
      raw.finish();
      await siege.reached('the request event', () => siege.requests.length === 1);
      expect(siege.requests).toEqual(['/good']);
    }));

  test('with a chunk longer than its size, which uWebSockets.js 20.51 lets pass, are no way to smuggle one in', () =>
    besiege({}, async (siege) => {
      const raw = await siege.connect();
      const inner = 'GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n';
      raw.write(`POST /one HTTP/1.1\r\n${H}Transfer-Encoding: chunked\r\n\r\n1\r\n${inner}\r\n0\r\n\r\n`);
      raw.finish();
      await raw.closed();
      expect(siege.requests).not.toContain('/smuggled');
    }));

  test('do not swallow or invent requests behind a body', () =>
    besiege({}, async (siege) => {
      const raw = await siege.connect();
      const inner = 'GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n';
      raw.write(`POST /one HTTP/1.1\r\n${H}Content-Length: ${inner.length}\r\n\r\n${inner}`);
      await raw.take('fine');
      raw.write(`GET /two HTTP/1.1\r\n${H}\r\n`);
      await raw.take('fine');
      expect(siege.requests).toEqual(['/one', '/two']);
    }));

  test('at random do no harm', () =>
    besiege({}, async (siege) => {
      // A fixed seed: the same bytes on every run.
      let state = 0x2545f491;
      const random = (below: number) => {
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        return (state >>> 0) % below;
      };
      const sound = `POST /bad HTTP/1.1\r\n${H}Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 60\r\n\r\n`;
      for (let round = 0; round < 300; round++) {
        const bytes = Buffer.from(sound, 'latin1');
        for (let changes = 1 + random(6); changes > 0; changes--) bytes[random(bytes.length)] = random(256);
        const raw = await siege.connect();
        raw.write(bytes);
        raw.write(Buffer.from(Array.from({ length: 60 }, () => random(256))));
        raw.finish();
      }
    }));
});

describe('forms', () => {
  test('that are malformed neither reach the program half-parsed nor stop the server', () =>
    besiege(
      {
        request: (request, response) => response.end(JSON.stringify([request.post, request.files !== null])),
      },
      async (siege) => {
        const part = '--b\r\nContent-Disposition: form-data; name="f"; filename="../../x"\r\n\r\ntext\r\n';
        for (const body of [
          part,
          '--b\r\n\r\n\r\n--b--\r\n',
          `--b\r\nContent-Disposition: form-data; name="${'['.repeat(5_000)}"\r\n\r\nv\r\n--b--\r\n`,
          `--b\r\n${'X: y\r\n'.repeat(5_000)}\r\nv\r\n--b--\r\n`,
          '--b\r\nContent-Disposition: form-data; name="__proto__[polluted]"\r\n\r\nv\r\n--b--\r\n',
          '--b--\r\n',
          '--x\r\n\r\n\r\n--x--\r\n',
        ]) {
          const raw = await siege.connect();
          raw.write(
            `POST /form HTTP/1.1\r\n${H}Content-Type: multipart/form-data; boundary=b\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
          );
          expect((await raw.take('\r\n')).toString()).toMatch(/^HTTP\/1\.1 (200|4\d\d|503) /);
          raw.destroy();
        }
        expect(({} as Record<string, unknown>).polluted).toBeUndefined();
      },
    ));

  test('with deep or numerous names are parsed in reasonable time', () =>
    besiege({ request: (_request, response) => response.end('fine') }, async (siege) => {
      const raw = await siege.connect();
      for (const body of [
        `a${'[b]'.repeat(20_000)}=1`,
        'a[]=1&'.repeat(20_000),
        '__proto__[polluted]=1&constructor[prototype][polluted]=1',
        '%'.repeat(100_000),
        '='.repeat(100_000),
        '&'.repeat(100_000),
      ]) {
        raw.write(
          `POST /form HTTP/1.1\r\n${H}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
        );
        expect((await raw.take('\r\n\r\nfine')).toString()).toMatch(/^HTTP\/1\.1 200 /);
      }
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    }));
});
