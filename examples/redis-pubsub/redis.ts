import type { Redis } from 'ioredis';
import * as Swoole from 'swoole-ts';

const { RedisConfig, RedisPool } = Swoole.Database;
type RedisPool = Swoole.Database.RedisPool<Redis>;

// What the servers have in common: a channel, the last messages, and the number of the last one.

const CHANNEL = 'chat:channel';
const HISTORY = 'chat:history';
const NUMBER = 'chat:number';

/** How many messages are kept. */
const KEPT = 50;

/** The connections of one server. REDIS_PORT in the environment chooses another port than 6379. */
export function pool(): RedisPool {
  const config = new RedisConfig();
  config.withHost('127.0.0.1');
  config.withPort(Number(process.env.REDIS_PORT || 6379));
  config.withTimeout(2);
  // As in PHP: a command fails while there is no connection, instead of waiting for one.
  config.withOption('maxRetriesPerRequest', 1);
  config.withRetryInterval(200);
  return new RedisPool<Redis>(config, 8);
}

/** Calls a function with a connection of the pool, and gives what it gives. */
async function borrow<Result>(pool: RedisPool, use: (redis: Redis) => Promise<Result>): Promise<Result> {
  const redis = await pool.get(5);
  if (redis === false) {
    throw new Swoole.RuntimeException('all connections to Redis are in use');
  }
  try {
    return await use(redis);
  } finally {
    // A broken connection connects again by itself.
    await pool.put(redis);
  }
}

/** The last messages, oldest first. */
export async function history(pool: RedisPool): Promise<unknown[]> {
  const texts = await borrow(pool, (redis) => redis.lrange(HISTORY, 0, KEPT - 1));
  return texts.reverse().map((text) => JSON.parse(text) as unknown);
}

/** Tells all servers. */
export async function publish(pool: RedisPool, message: object): Promise<void> {
  await borrow(pool, (redis) => redis.publish(CHANNEL, JSON.stringify(message)));
}

/** Numbers a message, keeps it, and tells all servers. */
export async function say(pool: RedisPool, message: object): Promise<void> {
  await borrow(pool, async (redis) => {
    const text = JSON.stringify({ ...message, number: await redis.incr(NUMBER) });
    await redis.lpush(HISTORY, text);
    await redis.ltrim(HISTORY, 0, KEPT - 1);
    await redis.publish(CHANNEL, text);
  });
}

let subscriber: Redis | false = false;

/** Calls a function with everything that is published, from now on. Redis may go away and come back. */
export function subscribe(pool: RedisPool, hear: (text: string) => void): void {
  Swoole.Coroutine.go(async () => {
    while (subscriber === false) {
      try {
        // Kept, not put back: after a broken connection it subscribes again by itself.
        subscriber = await pool.get();
      } catch (error) {
        if (error instanceof Swoole.RuntimeException) return;
        await Swoole.Coroutine.sleep(0.2);
      }
    }
    subscriber.on('message', (_channel, text) => hear(text));
    await subscriber.subscribe(CHANNEL);
  });
}

/** Ends the connections, the subscription too. */
export function close(pool: RedisPool): void {
  pool.close();
  if (subscriber !== false) {
    subscriber.disconnect();
  }
}
