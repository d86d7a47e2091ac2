import { spawnSync } from 'node:child_process';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../../src/index.ts';
import { installed, type RunningServer, startRedis } from './servers.ts';

const { RedisConfig, RedisPool } = Database;

describe('a RedisConfig', () => {
  it('has the defaults of Swoole and returns itself', () => {
    const config = new RedisConfig();
    expect([config.getHost(), config.getPort(), config.getTimeout(), config.getReserved()]).toEqual([
      '127.0.0.1',
      6379,
      0,
      '',
    ]);
    expect([
      config.getRetryInterval(),
      config.getReadTimeout(),
      config.getAuth(),
      config.getDbIndex(),
    ]).toEqual([0, 0, '', 0]);
    expect(config.withHost('h').withPort(1).withOption(2, 'p:').setOptions({ 3: 1 })).toBe(config);
    expect(config.getOptions()).toEqual({ 3: 1 });
  });
});

describe.skipIf(installed('redis-server') === null)('a RedisPool', () => {
  let server: RunningServer;
  const pools: Database.RedisPool<Redis>[] = [];
  const config = () => new RedisConfig().withPort(server.port);
  const poolOf = (size: number, own = config()) => {
    const pool = new RedisPool<Redis>(own, size);
    pools.push(pool);
    return pool;
  };
  const take = async (pool: Database.RedisPool<Redis>): Promise<Redis> => {
    const redis = await pool.get();
    if (redis === false) throw new Error('no connection');
    return redis;
  };

  beforeAll(async () => {
    server = await startRedis();
  }, 30_000);

  afterAll(async () => {
    for (const pool of pools) pool.close();
    await server.stop();
  });

  it('gives connected clients of ioredis, as many as it may have', async () => {
    const pool = poolOf(2);
    const [one, two] = [await take(pool), await take(pool)];
    expect(await one.set('key', 'value')).toBe('OK');
    expect(await two.get('key')).toBe('value');
    expect(await pool.get(0.001)).toBe(false);
    await pool.put(one);
    expect(await pool.get()).toBe(one);
  });

  it('chooses the database and puts the prefix in front', async () => {
    const redis = await take(poolOf(1, config().withDbIndex(3).withOption(2, 'app:')));
    await redis.set('name', 'x');
    const other = await take(poolOf(1, config().withDbIndex(3)));
    expect(await other.keys('*')).toEqual(['app:name']);
    expect(await (await take(poolOf(1))).exists('app:name')).toBe(0);
  });

  it('connects again when the server has closed the connection', async () => {
    const redis = await take(poolOf(1));
    const killer = await take(poolOf(1));
    const id = await redis.client('ID');
    await killer.call('CLIENT', 'KILL', 'ID', String(id));
    expect(await redis.set('after', '1')).toBe('OK');
    expect(await redis.client('ID')).not.toBe(id);
  });

  it('rejects what cannot connect, and does not go on trying', async () => {
    await expect(poolOf(1, config().withPort(1)).get()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('logs in, and rejects a wrong password', async () => {
    const redis = await take(poolOf(1));
    await redis.acl('SETUSER', 'bob', 'on', '>secret', '~*', '+@all');
    const bob = await take(poolOf(1, config().withAuth(['bob', 'secret'])));
    expect(await bob.acl('WHOAMI')).toBe('bob');
    await expect(poolOf(1, config().withAuth(['bob', 'wrong'])).get()).rejects.toThrow('WRONGPASS');
  });

  it('refuses an option of phpredis that has no counterpart', async () => {
    await expect(poolOf(1, config().withOption(1, 1)).get()).rejects.toThrow(
      'Redis option 1 has no counterpart in ioredis',
    );
  });

  it('lets a program end that has left its connections in the pool', () => {
    const program = `
      import { Database } from '../../src/index.ts';
      const pool = new Database.RedisPool(new Database.RedisConfig().withPort(${server.port}), 1);
      const redis = await pool.get();
      await redis.set('a', 1);
      await pool.put(redis);
      console.log('done');`;
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', import.meta.resolve('tsx'), '--input-type=module', '--eval', program],
      { cwd: import.meta.dirname, encoding: 'utf8', timeout: 20_000 },
    );
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'done\n', stderr: '' });
  });
});
