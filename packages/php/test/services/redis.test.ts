import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entries, PhpArray, Redis, RedisException, ref } from '../../src/index.js';

const installed = spawnSync('redis-server', ['--version']).status === 0;

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}

/** What phpredis answers is in its documentation and in that of Redis. */
describe.skipIf(!installed)('Redis (skipped without redis-server)', () => {
  let server: ChildProcess;
  let port = 0;
  const redis = new Redis();

  beforeAll(async () => {
    port = await freePort();
    const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    server = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const text of server.stdout ?? []) if (String(text).includes('Ready to accept')) break;
    await redis.connect('127.0.0.1', port, 2);
  });

  afterAll(async () => {
    redis.close();
    if (server?.exitCode === null) {
      server.kill('SIGKILL');
      await once(server, 'exit');
    }
  });

  it('gives false for what is not there, and strings and bytes as they were set', async () => {
    expect(await redis.get('none')).toBe(false);
    expect(await redis.set('text', 'héllo')).toBe(true);
    expect(await redis.get('text')).toBe('héllo');
    await redis.set('bytes', Buffer.from('ff00fe', 'hex'));
    expect(await redis.get('bytes')).toEqual(Buffer.from('ff00fe', 'hex'));
    expect(await redis.set('text', 'again', ['NX', 'EX', 10])).toBe(false);
    expect(await redis.set('short', 1, new PhpArray<unknown>().set(0, 'NX').set('EX', 10))).toBe(true);
    expect(await redis.ttl('short')).toBe(10);
    expect(await redis.mget(['text', 'none'])).toEqual(['héllo', false]);
    expect(await redis.del('text', 'bytes', 'none')).toBe(2);
    expect(await redis.exists('text')).toBe(0);
  });

  it('writes and reads values as JSON when told to', async () => {
    const json = new Redis();
    await json.connect('127.0.0.1', port);
    expect(json.setOption(Redis.OPT_SERIALIZER, Redis.SERIALIZER_JSON)).toBe(true);
    expect(json.getOption(Redis.OPT_SERIALIZER)).toBe(4);
    await json.set('json:a', { x: 1, y: [true, null, 1.5] });
    expect(await redis.get('json:a')).toBe('{"x":1,"y":[true,null,1.5]}');
    expect(await json.get('json:a')).toEqual({ x: 1, y: [true, null, 1.5] });
    expect(await json.get('none')).toBe(false);
    await json.hMset('json:h', { n: 'Anna', c: 7 });
    expect([...entries(await redis.hGetAll('json:h'))]).toEqual([
      ['n', '"Anna"'],
      ['c', '7'],
    ]);
    expect([...entries(await json.hGetAll('json:h'))]).toEqual([
      ['n', 'Anna'],
      ['c', 7],
    ]);
    expect(await json.hKeys('json:h')).toEqual(['n', 'c']);
    await json.rPush('json:l', 'a', 2);
    expect(await redis.lRange('json:l', 0, -1)).toEqual(['"a"', '2']);
    expect(await json.lRange('json:l', 0, -1)).toEqual(['a', 2]);
    await json.zAdd('json:z', 1, 'one', 2, 'two');
    expect([...entries(await json.zRange('json:z', 0, -1, true))]).toEqual([
      ['one', 1],
      ['two', 2],
    ]);
    await redis.set('json:bad', 'not json');
    expect(await json.get('json:bad')).toBe('not json');
    json.close();
  });

  it('is told of a password only by the first command, and then logs in', async () => {
    await redis.rawCommand('CONFIG', 'SET', 'requirepass', 'secret');
    const other = new Redis();
    expect(await other.connect('127.0.0.1', port)).toBe(true);
    await expect(other.get('x')).rejects.toThrow(/NOAUTH/);
    expect(await other.auth('secret')).toBe(true);
    expect(await other.set('x', 1)).toBe(true);
    await other.rawCommand('CONFIG', 'SET', 'requirepass', '');
    other.close();
  });

  it('counts, and knows commands in either case', async () => {
    expect(await redis.incr('n')).toBe(1);
    expect(await redis.incrby('n', 4)).toBe(5);
    expect(await redis.decrBy('n', 2)).toBe(3);
    expect(await redis.incrByFloat('n', 0.5)).toBe(3.5);
    expect(await redis.setnx('n', 1)).toBe(false);
    expect(await redis.expire('n', 100)).toBe(true);
  });

  it('gives hashes as records in order', async () => {
    expect(await redis.hSet('h', 'b', 1)).toBe(1);
    expect(await redis.hMset('h', { a: '2', c: '3' })).toBe(true);
    expect([...entries(await redis.hGetAll('h'))]).toEqual([
      ['b', '1'],
      ['a', '2'],
      ['c', '3'],
    ]);
    expect(await redis.hget('h', 'none')).toBe(false);
    expect(await redis.hMget('h', ['a', 'x'])).toEqual({ a: '2', x: false });
    expect(await redis.hExists('h', 'a')).toBe(true);
    expect(await redis.hDel('h', 'a', 'b')).toBe(2);
    expect(await redis.hKeys('h')).toEqual(['c']);
  });

  it('has lists, sets and sorted sets', async () => {
    expect(await redis.rPush('l', 'a', 'b', 'c')).toBe(3);
    expect(await redis.lrange('l', 0, -1)).toEqual(['a', 'b', 'c']);
    expect(await redis.lRem('l', 'b', 1)).toBe(1);
    expect(await redis.lPop('l')).toBe('a');
    expect(await redis.blPop(['l', 'other'], 1)).toEqual(['l', 'c']);
    expect(await redis.sAdd('s', 'x', 'y')).toBe(2);
    expect(await redis.sIsMember('s', 'x')).toBe(true);
    expect(((await redis.smembers('s')) as string[]).sort()).toEqual(['x', 'y']);
    expect(await redis.zAdd('z', 2, 'two', 1, 'one')).toBe(2);
    expect(await redis.zRange('z', 0, -1)).toEqual(['one', 'two']);
    expect([...entries(await redis.zRange('z', 0, -1, true))]).toEqual([
      ['one', 1],
      ['two', 2],
    ]);
    expect(await redis.zScore('z', 'two')).toBe(2);
    expect(await redis.zRangeByScore('z', 2, '+inf', { limit: [0, 1] })).toEqual(['two']);
  });

  it('runs transactions and pipelines', async () => {
    const queued = redis.multi();
    expect(await queued.set('t', 1)).toBe(redis);
    await queued.incr('t');
    await queued.get('missing');
    expect(await queued.exec()).toEqual([true, 2, false]);
    const pipe = redis.pipeline();
    await pipe.get('t');
    await pipe.hGetAll('h');
    const [text, hash] = (await pipe.exec()) as [string, PhpArray];
    expect(text).toBe('2');
    expect(hash.entries()).toEqual([['c', '3']]);
  });

  it('goes over all keys with scan, and runs Lua', async () => {
    await redis.flushDB();
    for (let i = 0; i < 50; i++) await redis.set(`k${i}`, i);
    const iterator = ref<number | null>(null);
    const found = new Set<unknown>();
    for (
      let keys = await redis.scan(iterator, 'k*', 10);
      keys !== false;
      keys = await redis.scan(iterator, 'k*', 10)
    )
      for (const key of keys) found.add(key);
    expect(found.size).toBe(50);
    expect(await redis.eval('return {KEYS[1], ARGV[1], 5}', ['key', 'arg'], 1)).toEqual(['key', 'arg', 5]);
    expect(await redis.ping()).toBe(true);
    expect(await redis.select(1)).toBe(true);
    expect(await redis.dbSize()).toBe(0);
  });

  it('hands out what is published', async () => {
    const subscriber = new Redis();
    await subscriber.connect('127.0.0.1', port);
    const message = new Promise((done) => {
      void subscriber.subscribe(['news'], (_redis: Redis, channel: string, text: string) =>
        done([channel, text]),
      );
    });
    while ((await redis.publish('news', 'hi')) === 0) await new Promise((next) => setImmediate(next));
    expect(await message).toEqual(['news', 'hi']);
    subscriber.close();
  });

  it('throws RedisException for what the server refuses, and for a server that is not there', async () => {
    await redis.set('str', 'x');
    await expect(redis.lPush('str', 1)).rejects.toThrow(RedisException);
    await expect(redis.lPush('str', 1)).rejects.toThrow('WRONGTYPE');
    await expect(new Redis().get('a')).rejects.toThrow('Redis server went away');
    await expect(new Redis().connect('127.0.0.1', await freePort(), 1)).rejects.toThrow('Connection refused');
  });
});
