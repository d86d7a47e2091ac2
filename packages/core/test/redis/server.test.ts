import { describe, expect, test } from 'vitest';
import * as Swoole from '../../src/index.js';
import { RawClient } from '../server/raw-client.js';
import { catchWarnings, start } from '../server/running.js';

const { Server } = Swoole.Redis;

/** A command as clients send it. */
function command(...words: (string | Uint8Array)[]): Buffer {
  const parts = words.map((word) => {
    const bytes = Buffer.from(word as string);
    return Buffer.concat([Buffer.from(`$${bytes.length}\r\n`), bytes, Buffer.from('\r\n')]);
  });
  return Buffer.concat([Buffer.from(`*${words.length}\r\n`), ...parts]);
}

/** A server that keeps values, and a client of it. */
async function running() {
  const server = new Server('127.0.0.1', 0);
  server.set({ log_level: Swoole.SWOOLE_LOG_NONE });
  const values = new Map<string, Uint8Array>();
  server.setHandler('SET', (_fd, [key, value]) => {
    values.set(String(key), value as Buffer);
    return Server.format(Server.STATUS, 'OK');
  });
  server.setHandler('get', async (_fd, [key]) => {
    await Promise.resolve();
    const value = values.get(String(key));
    return value ? Server.format(Server.STRING, value) : Server.format(Server.NIL);
  });
  server.setHandler('say', (fd, [word]) => {
    server.send(fd, Server.format(Server.STRING, word));
  });
  await start(server);
  return { server, client: await RawClient.connect(server.port) };
}

describe('a Redis server', () => {
  test('answers commands by their handler, in any case, also later', async () => {
    const { client } = await running();
    client.write(command('set', 'k', Buffer.from([0, 13, 10, 255])));
    expect(await client.hear('+OK\r\n')).toBe('+OK\r\n');
    client.write(command('GET', 'k'));
    expect(await client.read(10)).toEqual(Buffer.from('$4\r\n\0\r\n\xff\r\n', 'latin1'));
    client.write(command('Get', 'none'));
    expect(await client.hear('$-1\r\n')).toBe('$-1\r\n');
    client.write(command('SAY', 'by send'));
    expect(await client.hear('$7\r\nby send\r\n')).toBe('$7\r\nby send\r\n');
  });

  test('answers what comes in one piece, or byte by byte, in order', async () => {
    const { client } = await running();
    client.write(Buffer.concat([command('say', 'one'), command('say', 'two')]));
    expect(await client.hear('$3\r\none\r\n$3\r\ntwo\r\n')).toBe('$3\r\none\r\n$3\r\ntwo\r\n');
    for (const byte of command('say', 'three')) client.write(Buffer.from([byte]));
    expect(await client.hear('$5\r\nthree\r\n')).toBe('$5\r\nthree\r\n');
  });

  test('says that it does not know a command, with nothing of it that could be a reply', async () => {
    const { client } = await running();
    client.write(command('FLUSH', 'x'));
    expect(await client.hear("-ERR unknown command 'FLUSH'\r\n")).toBe("-ERR unknown command 'FLUSH'\r\n");
    client.write(command('a\r\n+b'));
    expect(await client.hear("-ERR unknown command 'a  +b'\r\n")).toBe("-ERR unknown command 'a  +b'\r\n");
  });

  test('ends a connection that does not speak the protocol, or names a command of 64 bytes', async () => {
    const { server } = await running();
    catchWarnings();
    for (const bytes of [
      'GET / HTTP/1.1\r\n\r\n',
      '*x\r\n',
      '*-1\r\n',
      '*1\r\n+PING\r\n',
      '*1\r\n$99999999\r\n',
      '*99999999999\r\n',
      `*${'1'.repeat(100)}`,
      command('x'.repeat(64)),
    ]) {
      const client = await RawClient.connect(server.port);
      client.write(bytes);
      expect(String(await client.rest()), String(bytes)).toBe('');
    }
    expect(server.connections.count()).toBe(1);
  });

  test('keeps its handlers, and refuses names that nobody could send', () => {
    const server = new Server('127.0.0.1', 0);
    const handler = () => 'x';
    expect(server.setHandler('Ping', handler)).toBe(true);
    expect([server.getHandler('PING'), server.getHandler('pong')]).toEqual([handler, null]);
    expect(() => server.setHandler('', handler)).toThrow('invalid command');
    expect(() => server.setHandler('x'.repeat(64), handler)).toThrow('invalid command');
    expect(catchWarnings()).toEqual([]);
    expect(server).toBeInstanceOf(Swoole.Server);
  });

  test('speaks nothing else on its own port, and on others what they say', async () => {
    const server = new Server('127.0.0.1', 0);
    server.set({ log_level: Swoole.SWOOLE_LOG_NONE });
    server.setHandler('ping', () => Server.format(Server.STATUS, 'PONG'));
    const raw = server.listen('127.0.0.1', 0, Swoole.SWOOLE_SOCK_TCP) as Swoole.Server.Port;
    raw.set({ open_eof_split: true, package_eof: '\n' });
    raw.on('receive', (server, fd, _reactorId, data) => server.send(fd, data));
    await start(server);
    const redis = await RawClient.connect(server.port);
    redis.write(command('ping'));
    expect(await redis.hear('+PONG\r\n')).toBe('+PONG\r\n');
    const plain = await RawClient.connect(raw.port);
    plain.write('line\n');
    expect(await plain.hear('line\n')).toBe('line\n');
  });
});
