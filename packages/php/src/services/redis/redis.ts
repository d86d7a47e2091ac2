import { RuntimeException } from '../../errors/exceptions.js';
import { resolve } from '../../functions/callable.js';
import { at } from '../../value/access.js';
import { toFloat, toInt, toStr } from '../../value/convert.js';
import { type AnyArray, isArray, items, pairs } from '../../value/kinds.js';
import type { Ref } from '../../value/ref.js';
import { loadPeer } from '../peer.js';
import { COMMANDS, type Reply } from './commands.js';
import { type Answer, convert, flatten } from './reply.js';
import { JSON_SERIALIZER, PHP_SERIALIZER, readBack, type Serializer, written } from './serializer.js';

/** What is used of ioredis. */
interface Client {
  connect(): Promise<void>;
  disconnect(): void;
  callBuffer(command: string, ...args: (string | Buffer | number)[]): Promise<Answer>;
  subscribe(...channels: string[]): Promise<unknown>;
  psubscribe(...patterns: string[]): Promise<unknown>;
  on(event: string, listener: (...args: string[]) => void): unknown;
}

type ClientClass = new (options: object) => Client;

/** What phpredis throws. */
export class RedisException extends RuntimeException {
  static override readonly phpName: string = 'RedisException';
}

interface Answers {
  bulk: string | Buffer | false;
  int: number;
  bool: boolean;
  ok: boolean;
  list: (string | Buffer | false)[];
  pairs: AnyArray<string | Buffer>;
  scores: AnyArray<number>;
  float: number | false;
  raw: string | Buffer | number | false;
}

type Names = keyof typeof COMMANDS;
type Commands = { [N in Names]: (...args: unknown[]) => Promise<Answers[(typeof COMMANDS)[N]]> } & {
  [N in Names as Lowercase<N>]: (...args: unknown[]) => Promise<Answers[(typeof COMMANDS)[N]]>;
};

/** A client of Redis with the methods of phpredis, on ioredis (`npm install ioredis`). Every method that talks to the server gives a promise. */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the methods of COMMANDS are put on the prototype below
export class Redis {
  static readonly phpName: string = 'Redis';
  static readonly ATOMIC = 0;
  static readonly MULTI = 1;
  static readonly PIPELINE = 2;
  static readonly REDIS_NOT_FOUND = 0;
  static readonly REDIS_STRING = 1;
  static readonly REDIS_SET = 2;
  static readonly REDIS_LIST = 3;
  static readonly REDIS_ZSET = 4;
  static readonly REDIS_HASH = 5;
  static readonly OPT_SERIALIZER = 1;
  static readonly SERIALIZER_NONE = 0;
  static readonly SERIALIZER_PHP = 1;
  static readonly SERIALIZER_JSON = 4;
  #client: Client | null = null;
  #queue: { command: string; args: (string | Buffer | number)[]; reply: Reply }[] | null = null;
  #mode = Redis.ATOMIC;
  #where = { host: '127.0.0.1', port: 6379 };
  #lastError: string | null = null;
  #serializer: Serializer | null = null;

  /** Connects. @param timeout seconds, 0 for none @returns true; what goes wrong is thrown as RedisException */
  async connect(host: unknown, port: unknown = 6379, timeout: unknown = 0): Promise<boolean> {
    const { module } = await loadPeer<ClientClass & { Redis?: ClientClass }>('Redis', 'ioredis');
    const Class = module.Redis ?? module;
    const path = toStr(host);
    this.#where = { host: path, port: toInt(port) };
    const address =
      path.startsWith('/') || path.startsWith('unix:')
        ? { path: path.replace(/^unix:(?:\/\/)?/, '') }
        : { host: path.replace(/^tcp:\/\//, ''), port: toInt(port) };
    const wait = toFloat(timeout) > 0 ? { connectTimeout: toFloat(timeout) * 1000 } : {};
    const client = new Class({
      ...address,
      ...wait,
      lazyConnect: true,
      retryStrategy: null,
      maxRetriesPerRequest: 0,
      enableOfflineQueue: true,
      // As phpredis connects: what needs a password is only told by the first command.
      protocol: 2,
      enableReadyCheck: false,
      disableClientInfo: true,
    });
    let why = 'Connection refused';
    client.on('error', (error) => {
      why = (error as unknown as Error).message;
    });
    try {
      await client.connect();
    } catch (error) {
      throw new RedisException(
        /ECONNREFUSED/.test(`${(error as Error).message} ${why}`) ? 'Connection refused' : why,
      );
    }
    this.#client?.disconnect();
    this.#client = client;
    return true;
  }

  /** As `connect`: connections are not kept between requests here. */
  pconnect(host: unknown, port: unknown = 6379, timeout: unknown = 0): Promise<boolean> {
    return this.connect(host, port, timeout);
  }

  /** @internal */
  async command(command: string, args: readonly unknown[], reply: Reply): Promise<unknown> {
    const flat = flatten(this.#serializer === null ? args : written(this.#serializer, command, args));
    if (this.#queue !== null) {
      this.#queue.push({ command, args: flat, reply });
      return this;
    }
    try {
      return this.#read(command, await this.#connected().callBuffer(command, ...flat), reply);
    } catch (error) {
      if (error instanceof RedisException) throw error;
      this.#lastError = (error as Error).message;
      throw new RedisException((error as Error).message, 0, error);
    }
  }

  #read(command: string, answer: Answer, reply: Reply): unknown {
    const value = convert(answer, reply);
    return this.#serializer === null ? value : readBack(this.#serializer, command, value);
  }

  #connected(): Client {
    if (this.#client === null) throw new RedisException('Redis server went away');
    return this.#client;
  }

  /** Logs in with a password, or a list of user and password. */
  async auth(credentials: unknown): Promise<boolean> {
    return (await this.command('AUTH', [credentials], 'ok')) as boolean;
  }

  async select(db: unknown): Promise<boolean> {
    return (await this.command('SELECT', [db], 'ok')) as boolean;
  }

  /** true, or the message when there is one. */
  async ping(message: unknown = null): Promise<true | string> {
    const answer = await this.command('PING', message === null ? [] : [message], 'raw');
    return answer === 'PONG' ? true : (answer as string);
  }

  /** Sets a value. @param options seconds to live, or an array: `['NX', 'EX' => 10]` @returns false when NX or XX forbade it */
  async set(key: unknown, value: unknown, options: unknown = null): Promise<boolean> {
    const extra = isArray(options)
      ? pairs(options).flatMap(([name, item]) => (typeof name === 'number' ? [item] : [name, item]))
      : options === null
        ? []
        : ['EX', toInt(options)];
    return (await this.command('SET', [key, value, ...extra], 'ok')) as boolean;
  }

  /** The values of some fields, by field. */
  async hMget(key: unknown, fields: AnyArray): Promise<AnyArray<string | Buffer | false>> {
    const values = (await this.command('HMGET', [key, fields], 'list')) as (string | Buffer | false)[];
    if (!Array.isArray(values)) return values;
    return Object.fromEntries(items(fields).map((field, i) => [toStr(field), values[i] ?? false]));
  }

  /** Members by rank. @param withscores true gives the scores by member */
  zRange(
    key: unknown,
    start: unknown,
    end: unknown,
    withscores: unknown = false,
  ): Promise<AnyArray<string | Buffer | number>> {
    return this.#range('ZRANGE', [key, start, end], withscores);
  }

  zRevRange(
    key: unknown,
    start: unknown,
    end: unknown,
    withscores: unknown = false,
  ): Promise<AnyArray<string | Buffer | number>> {
    return this.#range('ZREVRANGE', [key, start, end], withscores);
  }

  /** Members by score. @param options `withscores` and `limit` */
  zRangeByScore(
    key: unknown,
    start: unknown,
    end: unknown,
    options: unknown = [],
  ): Promise<AnyArray<string | Buffer | number>> {
    return this.#range(
      'ZRANGEBYSCORE',
      [key, start, end, ...limitOf(options)],
      at(options, 'withscores') ?? false,
    );
  }

  zRevRangeByScore(
    key: unknown,
    start: unknown,
    end: unknown,
    options: unknown = [],
  ): Promise<AnyArray<string | Buffer | number>> {
    return this.#range(
      'ZREVRANGEBYSCORE',
      [key, start, end, ...limitOf(options)],
      at(options, 'withscores') ?? false,
    );
  }

  async #range(
    command: string,
    args: unknown[],
    scores: unknown,
  ): Promise<AnyArray<string | Buffer | number>> {
    const wanted = scores === true || (isArray(scores) && at(scores, 'withscores') === true);
    const full = wanted ? [...args, 'WITHSCORES'] : args;
    return (await this.command(command, full, wanted ? 'scores' : 'list')) as AnyArray<
      string | Buffer | number
    >;
  }

  sRandMember(key: unknown, count: unknown = null): Promise<unknown> {
    return this.command(
      'SRANDMEMBER',
      count === null ? [key] : [key, count],
      count === null ? 'bulk' : 'list',
    );
  }

  lRem(key: unknown, value: unknown, count: unknown = 0): Promise<number> {
    return this.command('LREM', [key, count, value], 'int') as Promise<number>;
  }

  /** The next part of all keys; `iterator` begins as null and is 0 at the end. @returns false when nothing is left */
  async scan(
    iterator: Ref<number | string | null>,
    pattern: unknown = null,
    count: unknown = 0,
  ): Promise<(string | Buffer | false)[] | false> {
    if (iterator.value === 0) return false;
    const match = pattern === null ? [] : ['MATCH', pattern];
    const most = toInt(count) > 0 ? ['COUNT', count] : [];
    const answer = (await this.command(
      'SCAN',
      [iterator.value ?? 0, ...match, ...most],
      'raw',
    )) as unknown as [unknown, (string | false)[]];
    iterator.value = toInt(answer[0]);
    return answer[1];
  }

  /** Any command. */
  rawCommand(command: string, ...args: unknown[]): Promise<unknown> {
    return this.command(command, args, 'raw');
  }

  /** What the server tells of itself. */
  async info(section: unknown = null): Promise<{ [name: string]: string }> {
    const text = toStr(await this.command('INFO', section === null ? [] : [section], 'raw'));
    return Object.fromEntries(
      [...text.matchAll(/^([^#:\r\n]+):(.*?)\r?$/gm)].map(([, name = '', value = '']) => [name, value]),
    );
  }

  /** Lua: `eval($script, [key1, key2, arg1], 2)`. */
  eval(script: unknown, args: AnyArray = [], num_keys: unknown = 0): Promise<unknown> {
    return this.command('EVAL', [script, num_keys, args], 'raw');
  }

  /** Queues the commands that follow until `exec()`: in a transaction, or only together (PIPELINE). */
  multi(mode: number = Redis.MULTI): this {
    this.#mode = mode;
    this.#queue = [];
    return this;
  }

  pipeline(): this {
    return this.multi(Redis.PIPELINE);
  }

  discard(): boolean {
    this.#queue = null;
    return true;
  }

  /** Runs what was queued and gives the answers; false when a watched key had changed. */
  async exec(): Promise<unknown[] | false> {
    const queue = this.#queue ?? [];
    this.#queue = null;
    const client = this.#connected();
    const transaction = this.#mode === Redis.MULTI;
    this.#mode = Redis.ATOMIC;
    // All are written before the first answer is awaited.
    const begun = transaction ? [client.callBuffer('MULTI')] : [];
    const sent = [...begun, ...queue.map(({ command, args }) => client.callBuffer(command, ...args))];
    const ended = transaction ? client.callBuffer('EXEC') : null;
    const settled = await Promise.allSettled(sent);
    const answers =
      ended === null ? settled.map((one) => (one.status === 'fulfilled' ? one.value : FAILED)) : await ended;
    if (!Array.isArray(answers)) return false;
    return answers.map((answer, i) =>
      answer instanceof Error ? false : this.#read(queue[i]?.command ?? '', answer, queue[i]?.reply ?? 'raw'),
    );
  }

  async watch(...keys: unknown[]): Promise<boolean> {
    return (await this.command('WATCH', keys, 'ok')) as boolean;
  }

  async unwatch(): Promise<boolean> {
    return (await this.command('UNWATCH', [], 'ok')) as boolean;
  }

  /** Calls back with this object, the channel and each message, until the connection ends. */
  async subscribe(channels: AnyArray, callback: unknown): Promise<void> {
    const call = resolve(callback, 'Redis::subscribe', 2);
    const client = this.#connected();
    client.on('message', (channel, message) => void call(this, channel, message));
    await client.subscribe(...items(channels).map(toStr));
    await ended(client);
  }

  /** As `subscribe`, for patterns: the callback gets the pattern before the channel. */
  async psubscribe(patterns: AnyArray, callback: unknown): Promise<void> {
    const call = resolve(callback, 'Redis::psubscribe', 2);
    const client = this.#connected();
    client.on('pmessage', (pattern, channel, message) => void call(this, pattern, channel, message));
    await client.psubscribe(...items(patterns).map(toStr));
    await ended(client);
  }

  /** `OPT_SERIALIZER`: how values are written and read. @returns false for an option or a serializer that is not known here */
  setOption(option: unknown, value: unknown): boolean {
    const chosen = SERIALIZERS.get(toInt(value));
    if (toInt(option) !== Redis.OPT_SERIALIZER || chosen === undefined) return false;
    this.#serializer = chosen;
    return true;
  }

  getOption(option: unknown): number | false {
    if (toInt(option) !== Redis.OPT_SERIALIZER) return false;
    return [...SERIALIZERS].find(([, one]) => one === this.#serializer)?.[0] ?? Redis.SERIALIZER_NONE;
  }

  isConnected(): boolean {
    return this.#client !== null;
  }

  getHost(): string {
    return this.#where.host;
  }

  getPort(): number {
    return this.#where.port;
  }

  getMode(): number {
    return this.#queue === null ? Redis.ATOMIC : this.#mode;
  }

  getLastError(): string | null {
    return this.#lastError;
  }

  clearLastError(): boolean {
    this.#lastError = null;
    return true;
  }

  close(): boolean {
    this.#client?.disconnect();
    this.#client = null;
    return true;
  }
}

export interface Redis extends Commands {}

const SERIALIZERS = new Map<number, Serializer | null>([
  [Redis.SERIALIZER_NONE, null],
  [Redis.SERIALIZER_PHP, PHP_SERIALIZER],
  [Redis.SERIALIZER_JSON, JSON_SERIALIZER],
]);

const limitOf = (options: unknown): unknown[] => {
  const limit: unknown = at(options, 'limit');
  return isArray(limit) ? ['LIMIT', ...items(limit)] : [];
};

/** What a command that failed leaves among the answers of a pipeline. */
const FAILED = new Error('failed');

const ended = (client: Client): Promise<void> => new Promise((done) => client.on('end', () => done()));

for (const [name, reply] of Object.entries(COMMANDS)) {
  const method = function (this: Redis, ...args: unknown[]): Promise<unknown> {
    return this.command(name.toUpperCase(), args, reply);
  };
  for (const known of new Set([name, name.toLowerCase()]))
    Object.defineProperty(Redis.prototype, known, { value: method, writable: true, configurable: true });
}
