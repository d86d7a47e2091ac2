import { describe, expect, test } from 'vitest';
import type * as Swoole from '../../src/index.js';
import { Client, request } from '../server/client.js';
import { Queue } from '../server/queue.js';
import { httpServer, start, webSocketServer } from '../server/running.js';

async function addressSeen(trusted: string[], forwarded?: string | string[]): Promise<string> {
  const server = httpServer({ trusted_proxies: trusted });
  server.on('request', (asked: Swoole.Http.Request, response: Swoole.Http.Response) => {
    expect(server.getClientInfo(asked.fd)).toMatchObject({ remote_ip: asked.server.remote_addr });
    response.end(asked.server.remote_addr);
  });
  await start(server);
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  return String((await request(server.port, '/', { headers })).body);
}

describe('trusted_proxies', () => {
  test.each([
    ['one address', '203.0.113.7', '203.0.113.7'],
    ['IPv6', '2001:db8::7', '2001:db8::7'],
    ['what the client claims before its own address', '6.6.6.6, 203.0.113.7', '203.0.113.7'],
    ['trusted proxies behind it', '203.0.113.7, 10.1.2.3, 10.9.9.9', '203.0.113.7'],
    ['claims before a chain', '6.6.6.6, 203.0.113.7, 10.1.2.3', '203.0.113.7'],
    ['only trusted proxies', '10.1.2.3, 10.4.5.6', '10.1.2.3'],
    ['no address at all', 'unknown', '127.0.0.1'],
    ['garbage behind an address', '203.0.113.7, _hidden', '127.0.0.1'],
    ['garbage before a proxy', '<script>, 10.1.2.3', '10.1.2.3'],
    ['nothing', '', '127.0.0.1'],
    ['commas', ',,,', '127.0.0.1'],
    ['a number', '2130706433', '127.0.0.1'],
  ])('believes a trusted proxy: %s', async (_what, header, address) => {
    expect(await addressSeen(['127.0.0.1', '10.0.0.0/8'], header)).toBe(address);
  });

  test('reads several headers as one list', async () => {
    expect(await addressSeen(['127.0.0.1', '10.0.0.0/8'], ['6.6.6.6', '203.0.113.7, 10.1.2.3'])).toBe(
      '203.0.113.7',
    );
  });

  test('believes nobody else, and nobody by default', async () => {
    expect(await addressSeen(['10.0.0.0/8'], '203.0.113.7')).toBe('127.0.0.1');
    expect(await addressSeen([], '203.0.113.7')).toBe('127.0.0.1');
    expect(await addressSeen(['127.0.0.1'])).toBe('127.0.0.1');
  });

  test('tells the address of WebSocket clients too', async () => {
    const server = webSocketServer({ trusted_proxies: ['127.0.0.0/8'] });
    const opens = new Queue<string>();
    server.on('open', (_server, { fd, server: fields }) => {
      expect(server.getClientInfo(fd)).toMatchObject({ remote_ip: fields.remote_addr });
      opens.put(fields.remote_addr);
    });
    await start(server);
    await Client.open(server.port, '/', { headers: { 'x-forwarded-for': '203.0.113.7' } });
    expect(await opens.next()).toBe('203.0.113.7');
  });

  test('that are no addresses make start() reject and name the setting', async () => {
    for (const wrong of [
      'example.org',
      '10.0.0.0/99',
      '10.0.0.0/x',
      '10.0.0.0/',
      '::1/129',
      '10.0.0.0/8/8',
    ]) {
      const server = httpServer({ trusted_proxies: [wrong] });
      await expect(server.start(), wrong).rejects.toThrow('trusted_proxies');
    }
  });
});
