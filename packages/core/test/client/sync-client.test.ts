import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import {
  Client,
  Coroutine,
  Exception,
  SWOOLE_KEEP,
  SWOOLE_SOCK_TCP,
  SWOOLE_SOCK_UDP,
  SWOOLE_SSL,
  swoole_client_select,
  swoole_last_error,
} from '../../src/index.js';
import { catchWarnings } from '../server/running.js';
import { echo } from './echo.js';

async function connected(port: number, timeout = 5, settings: Client.Settings = {}): Promise<Client> {
  const client = new Client(SWOOLE_SOCK_TCP);
  client.set(settings);
  expect(await client.connect('127.0.0.1', port, timeout)).toBe(true);
  return client;
}

// conformance/scenarios/client-sync and client-sync-udp-unix hold most of what Swoole itself does.
describe('Client', () => {
  it('gives what has come so far when not all that it waits for comes in time', async () => {
    const { port } = await echo();
    const client = await connected(port, 0.05);
    await client.send('part');
    expect(String(await client.recv(10, Client.MSG_WAITALL))).toBe('part');
    client.close();
  });

  it('keeps what came of a packet when the time is over', async () => {
    const { port } = await echo();
    const client = await connected(port, 0.05, { open_eof_split: true, package_eof: '\n' });
    await client.send('begin');
    expect([await client.recv(), client.errCode]).toEqual([false, 11]);
    await client.send('ning\n');
    expect(String(await client.recv())).toBe('beginning\n');
    client.close();
  });

  it('warns of packets that have no end', async () => {
    const { port } = await echo();
    const client = await connected(port, 5, {
      open_eof_check: true,
      package_eof: '\n',
      package_max_length: 8,
    });
    await client.send('more than eight bytes');
    const warnings = catchWarnings();
    expect(await client.recv()).toBe(false);
    expect(warnings).toEqual(['Swoole\\Client::recv(): no package eof']);
    client.close();
  });

  it('receives at once, or not at all, what it is told not to wait for', async () => {
    const { port, peers } = await echo();
    const client = await connected(port);
    expect([await client.recv(10, Client.MSG_DONTWAIT), client.errCode]).toEqual([false, 11]);
    await client.send('there');
    await client.recv(1, Client.MSG_PEEK);
    expect(String(await client.recv(10, Client.MSG_DONTWAIT))).toBe('there');
    peers[0]?.end();
    expect(await client.recv()).toBe('');
    expect(await client.recv(10, Client.MSG_DONTWAIT)).toBe('');
    client.close();
  });

  it('refuses settings that mean nothing before it connects, and can connect afterwards', async () => {
    const { port, peers } = await echo();
    const client = new Client(SWOOLE_SOCK_TCP);
    client.set({ open_eof_check: true, package_eof: '' });
    await expect(client.connect('127.0.0.1', port)).rejects.toThrow('package_eof cannot be an empty string');
    expect(peers).toEqual([]);
    client.set({ package_eof: '\n' });
    expect(await client.connect('127.0.0.1', port)).toBe(true);
    client.close();
  });

  it('does not connect after all when it is closed in the meantime', async () => {
    const { port } = await echo();
    const client = new Client(SWOOLE_SOCK_TCP);
    const connecting = client.connect('127.0.0.1', port);
    expect([client.isConnected(), client.close()]).toEqual([false, true]);
    expect([await connecting, client.isConnected(), client.errCode]).toEqual([false, false, 125]);
  });

  it('lets coroutines wait beside each other', async () => {
    const { port } = await echo();
    const texts: string[] = [];
    await Coroutine.run(async () => {
      for (const text of ['one', 'two', 'three']) {
        Coroutine.go(async () => {
          const client = await connected(port);
          await client.send(text);
          texts.push(String(await client.recv()));
          client.close();
        });
      }
    });
    expect(texts.sort()).toEqual(['one', 'three', 'two']);
  });

  it('speaks TLS from the start or later, and trusts no certificate that it was not told to', async () => {
    const { port } = await echo(true);
    const wary = new Client(SWOOLE_SOCK_TCP | SWOOLE_SSL);
    expect(await wary.connect('127.0.0.1', port, 5)).toBe(false);
    const client = new Client(SWOOLE_SOCK_TCP | SWOOLE_SSL);
    client.set({ ssl_verify_peer: false });
    expect(await client.connect('127.0.0.1', port, 5)).toBe(true);
    await client.send('secret');
    expect(String(await client.recv())).toBe('secret');
    expect(client.getPeerCert()).toContain('BEGIN CERTIFICATE');
    expect([client.verifyPeerCert(), client.verifyPeerCert(true)]).toEqual([false, true]);
    client.close();
    const late = await connected(port, 5, { ssl_verify_peer: false });
    await expect(late.enableSSL(() => {})).rejects.toThrow(Exception);
    expect(await late.enableSSL()).toBe(true);
    await late.send('later');
    expect(String(await late.recv())).toBe('later');
    late.close();
  });

  it('refuses what Node does not have: TLS over datagrams, of which nothing is sent in plain', async () => {
    catchWarnings();
    const secret = new Client(SWOOLE_SOCK_UDP | SWOOLE_SSL);
    expect([await secret.connect('127.0.0.1', 9), secret.errCode]).toEqual([false, 507]);
    expect([await secret.sendto('127.0.0.1', 9, 'x'), swoole_last_error()]).toEqual([false, 507]);
  });

  it('keeps no connection that the other side has ended, that has TLS where none is wanted, or that is in use', async () => {
    const { port, peers } = await echo();
    const keeping = () => new Client(SWOOLE_SOCK_TCP | SWOOLE_KEEP);
    const first = keeping();
    await first.connect('127.0.0.1', port);
    await first.send('x');
    await first.recv();
    peers[0]?.end();
    expect(await first.recv()).toBe('');
    first.close();
    const second = keeping();
    await second.connect('127.0.0.1', port);
    expect(second.reuse).toBe(false);
    const waiting = second.recv();
    second.close();
    expect(await waiting).toBe(false);
    const third = keeping();
    await third.connect('127.0.0.1', port);
    expect(third.reuse).toBe(false);
    third.close();
    const secret = new Client(SWOOLE_SOCK_TCP | SWOOLE_KEEP | SWOOLE_SSL);
    expect(await secret.connect('127.0.0.1', port, 0.2)).toBe(false);
    expect(secret.reuse).toBe(false);
  });

  it('forgets a kept connection that ends while nobody uses it', async () => {
    const { port, peers } = await echo();
    const first = new Client(SWOOLE_SOCK_TCP | SWOOLE_KEEP);
    await first.connect('127.0.0.1', port);
    await first.send('x');
    await first.recv();
    first.close();
    const [peer] = peers;
    peer?.end();
    await once(peer as NonNullable<typeof peer>, 'finish');
    const second = new Client(SWOOLE_SOCK_TCP | SWOOLE_KEEP);
    expect([await second.connect('127.0.0.1', port), second.reuse]).toEqual([true, false]);
    second.close(true);
  });
});

describe('swoole_client_select()', () => {
  it('leaves in lists and Maps what is ready, once something comes', async () => {
    const { port, peers } = await echo();
    const [one, two] = [await connected(port), await connected(port)];
    const list = [one, two];
    await one.send('wake the peer');
    await one.recv();
    const selected = swoole_client_select(list, null, null, 5);
    peers[1]?.write('for two');
    expect([await selected, list]).toEqual([1, [two]]);
    const map = new Map([
      ['one', one],
      ['two', two],
    ]);
    expect(await swoole_client_select(map, [one], null, 5)).toBe(2);
    expect([...map.keys()]).toEqual(['two']);
    expect(String(await two.recv())).toBe('for two');
    peers[0]?.end();
    const gone = [one];
    expect([await swoole_client_select(gone, null, null, 5), await one.recv()]).toEqual([1, '']);
    one.close();
    two.close();
  });

  it('takes a client twice, and refuses one for which another coroutine waits, which goes on waiting', async () => {
    const { port } = await echo();
    const [one, two] = [await connected(port), await connected(port)];
    const waiting = one.recv();
    await expect(swoole_client_select([two, one], null, null, 5)).rejects.toThrow('already been bound');
    await one.send('went on');
    expect(String(await waiting)).toBe('went on');
    await two.send('x');
    const twice = [two, two];
    expect([await swoole_client_select(twice, null, null, 5), twice.length]).toEqual([1, 2]);
    expect(await swoole_client_select([one, one], null, null, 0.01)).toBe(0);
    one.close();
    two.close();
  });
});
