import { InvalidArgumentException } from '../errors/php-exceptions.js';
import { ConnectionPool } from './connection-pool.js';
import { loadPeer } from './load-peer.js';
import type { RedisConfig } from './redis-config.js';

/**
 * What a pool of Redis connections gives: a client of the package `ioredis`. For the types of all its commands:
 * `import type { Redis } from 'ioredis'`, `new RedisPool<Redis>(config)`.
 */
export interface RedisClient {
  /** Sends a command that has no method here. */
  call(command: string, ...args: (string | number | Buffer)[]): Promise<unknown>;
  connect(): Promise<void>;
  disconnect(): void;
  on(event: 'error', listener: (error: Error) => void): unknown;
  readonly stream?: { ref?(): unknown; unref?(): unknown } | null;
  /** A command of Redis, in small letters: `client.get(key)`. */
  [command: string]: unknown;
}

/** PHP's Redis::OPT_PREFIX and Redis::OPT_READ_TIMEOUT. */
const OPT_PREFIX = 2;
const OPT_READ_TIMEOUT = 3;

/**
 * Connections to a Redis server, clients of the package `ioredis`, which has to be installed. A connection that breaks while it is in
 * the pool or in use connects again by itself.
 * @see Swoole\Database\RedisPool
 */
export class RedisPool<Client extends object = RedisClient> extends ConnectionPool<Client> {
  static override readonly phpName = 'Swoole\\Database\\RedisPool';

  /** @param size the most connections @see Swoole\Database\RedisPool::__construct */
  constructor(config: RedisConfig, size: number = ConnectionPool.DEFAULT_SIZE) {
    super(async () => (await connect(config)) as unknown as Client, size);
  }

  protected override end(connection: Client): void {
    (connection as unknown as RedisClient).disconnect();
  }

  protected override setIdle(connection: Client, idle: boolean): void {
    const { stream } = connection as unknown as RedisClient;
    if (idle) stream?.unref?.();
    else stream?.ref?.();
  }
}

async function connect(config: RedisConfig): Promise<RedisClient> {
  const { Redis } = loadPeer<typeof import('ioredis')>('ioredis', 'RedisPool');
  const client = new Redis(optionsOf(config)) as unknown as RedisClient;
  // Each command that fails tells so itself; an error that nobody listens to would be printed as well.
  let reason: Error | undefined;
  client.on('error', (error) => {
    reason = error;
  });
  try {
    await client.connect();
  } catch (error) {
    client.disconnect();
    throw reason ?? error;
  }
  return client;
}

/** The options of ioredis. */
function optionsOf(config: RedisConfig): Record<string, unknown> {
  const auth = config.getAuth();
  const [username, password] = typeof auth === 'string' ? ['', auth] : auth;
  const interval = config.getRetryInterval();
  const options: Record<string, unknown> = {
    ...(config.getHost().startsWith('/')
      ? { path: config.getHost() }
      : { host: config.getHost(), port: config.getPort() }),
    ...(config.getTimeout() > 0 ? { connectTimeout: config.getTimeout() * 1000 } : {}),
    ...(config.getReadTimeout() > 0 ? { commandTimeout: config.getReadTimeout() * 1000 } : {}),
    ...(interval > 0 ? { retryStrategy: () => interval } : {}),
    ...(username === '' ? {} : { username }),
    ...(password === '' ? {} : { password }),
    db: config.getDbIndex(),
    lazyConnect: true,
  };
  for (const [name, value] of Object.entries(config.getOptions())) {
    if (Number(name) === OPT_PREFIX) options.keyPrefix = value;
    else if (Number(name) === OPT_READ_TIMEOUT) options.commandTimeout = Number(value) * 1000;
    else if (/^\d+$/.test(name))
      throw new InvalidArgumentException(`Redis option ${name} has no counterpart in ioredis`);
    else options[name] = value;
  }
  return options;
}
