import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CURLINFO_EFFECTIVE_URL,
  CURLINFO_HTTP_CODE,
  CURLOPT_COOKIE,
  CURLOPT_CUSTOMREQUEST,
  CURLOPT_ENCODING,
  CURLOPT_FAILONERROR,
  CURLOPT_FOLLOWLOCATION,
  CURLOPT_HEADER,
  CURLOPT_HTTPHEADER,
  CURLOPT_MAXREDIRS,
  CURLOPT_NOBODY,
  CURLOPT_POST,
  CURLOPT_POSTFIELDS,
  CURLOPT_RETURNTRANSFER,
  CURLOPT_TIMEOUT_MS,
  CURLOPT_URL,
  CURLOPT_USERAGENT,
  CURLOPT_USERPWD,
  type CurlHandle,
  curl_errno,
  curl_error,
  curl_exec,
  curl_getinfo,
  curl_init,
  curl_setopt_array,
  json_decode,
  ob_get_clean,
  ob_start,
} from '../../src/index.js';

describe('curl', () => {
  let server: Server;
  let base = '';

  beforeAll(async () => {
    server = createServer(async (request, response) => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      const { method, url = '', headers } = request;
      if (url === '/redirect') response.writeHead(302, { location: '/echo' }).end();
      else if (url === '/loop') response.writeHead(302, { location: '/loop' }).end();
      else if (url === '/slow') response.flushHeaders();
      else if (url === '/gzip')
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('packed'));
      else if (url === '/missing') response.writeHead(404).end('no');
      else
        response
          .writeHead(200, { 'content-type': 'application/json', 'x-own': 'yes' })
          .end(JSON.stringify({ method, url, headers, body: Buffer.concat(parts).toString() }));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const ask = async (
    path: string,
    options: Map<number, unknown> = new Map(),
  ): Promise<{ handle: CurlHandle; answer: unknown }> => {
    const handle = curl_init(base + path) as CurlHandle;
    curl_setopt_array(handle, new Map<number, unknown>([[CURLOPT_RETURNTRANSFER, true], ...options]));
    return { handle, answer: await curl_exec(handle) };
  };
  const echoed = async (path: string, options: [number, unknown][]) =>
    json_decode<{ method: string; url: string; headers: Record<string, string>; body: string }>(
      (await ask(path, new Map(options))).answer,
      true,
    );

  it('gets, and tells the status, the type and the address', async () => {
    const { handle, answer } = await ask('/echo?a=1');
    expect(json_decode(answer, true)).toMatchObject({
      method: 'GET',
      url: '/echo?a=1',
      headers: { accept: '*/*' },
    });
    expect(curl_getinfo(handle, CURLINFO_HTTP_CODE)).toBe(200);
    expect(curl_getinfo(handle)).toMatchObject({
      http_code: 200,
      content_type: 'application/json',
      url: `${base}/echo?a=1`,
    });
    expect([curl_errno(handle), curl_error(handle)]).toEqual([0, '']);
  });

  it('posts a string as a form, an array as multipart, and JSON with its own header', async () => {
    const form = await echoed('/echo', [
      [CURLOPT_POST, true],
      [CURLOPT_POSTFIELDS, 'a=1&b=2'],
    ]);
    expect(form).toMatchObject({
      method: 'POST',
      body: 'a=1&b=2',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': '7' },
    });
    const parts = await echoed('/echo', [[CURLOPT_POSTFIELDS, { name: 'x', n: 5 }]]);
    expect(parts.headers['content-type']).toMatch(/^multipart\/form-data; boundary=-+[0-9a-f]{16}$/);
    expect(parts.body).toContain('form-data; name="n"\r\n\r\n5\r\n');
    const json = await echoed('/echo', [
      [CURLOPT_CUSTOMREQUEST, 'PUT'],
      [CURLOPT_POSTFIELDS, '{}'],
      [CURLOPT_HTTPHEADER, ['Content-Type: application/json', 'X-A: b', 'Accept:']],
    ]);
    expect(json).toMatchObject({
      method: 'PUT',
      headers: { 'content-type': 'application/json', 'x-a': 'b' },
    });
    expect(json.headers.accept).toBeUndefined();
  });

  it('sends cookies, the agent and credentials', async () => {
    const { headers } = await echoed('/echo', [
      [CURLOPT_COOKIE, 'a=b'],
      [CURLOPT_USERAGENT, 'me'],
      [CURLOPT_USERPWD, 'u:p'],
    ]);
    expect(headers).toMatchObject({ cookie: 'a=b', 'user-agent': 'me', authorization: 'Basic dTpw' });
  });

  it('follows redirects when asked to, and not for ever', async () => {
    const plain = await ask('/redirect');
    expect(curl_getinfo(plain.handle, CURLINFO_HTTP_CODE)).toBe(302);
    const followed = await ask('/redirect', new Map([[CURLOPT_FOLLOWLOCATION, true]]));
    expect(curl_getinfo(followed.handle, CURLINFO_EFFECTIVE_URL)).toBe(`${base}/echo`);
    const loop = await ask(
      '/loop',
      new Map<number, unknown>([
        [CURLOPT_FOLLOWLOCATION, true],
        [CURLOPT_MAXREDIRS, 3],
      ]),
    );
    expect(loop.answer).toBe(false);
    expect([curl_errno(loop.handle), curl_error(loop.handle)]).toEqual([
      47,
      'Maximum (3) redirects followed',
    ]);
  });

  it('gives the head with the body, none of the body, or puts it out', async () => {
    const { answer } = await ask('/echo', new Map([[CURLOPT_HEADER, true]]));
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*x-own: yes\r\n[\s\S]*\r\n\r\n\{/);
    expect((await ask('/echo', new Map([[CURLOPT_NOBODY, true]]))).answer).toBe('');
    expect((await ask('/gzip', new Map([[CURLOPT_ENCODING, '']]))).answer).toBe('packed');
    const handle = curl_init();
    curl_setopt_array(handle, new Map([[CURLOPT_URL, `${base}/missing`]]));
    ob_start();
    const done = await curl_exec(handle);
    expect([done, ob_get_clean()]).toEqual([true, 'no']);
  });

  it('tells failures by the numbers of curl', async () => {
    const missing = await ask('/missing', new Map([[CURLOPT_FAILONERROR, true]]));
    expect([missing.answer, curl_errno(missing.handle), curl_error(missing.handle)]).toEqual([
      false,
      22,
      'The requested URL returned error: 404',
    ]);
    const slow = await ask('/slow', new Map([[CURLOPT_TIMEOUT_MS, 50]]));
    expect([slow.answer, curl_errno(slow.handle)]).toEqual([false, 28]);
    for (const [url, number] of [
      ['http://127.0.0.1:1/', 7],
      ['ftp://127.0.0.1/', 1],
      ['http://no.such.host.invalid/', 6],
    ] as const) {
      const handle = curl_init(url) as CurlHandle;
      expect(await curl_exec(handle)).toBe(false);
      expect(curl_errno(handle)).toBe(number);
    }
  });
});
