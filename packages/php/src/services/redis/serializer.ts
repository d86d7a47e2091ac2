import { json_decode, json_last_error } from '../../json/decode.js';
import { json_encode } from '../../json/encode.js';
import { JSON_ERROR_NONE } from '../../json/flags.js';
import { serialize } from '../../serialize/serialize.js';
import { unserialize } from '../../serialize/unserialize.js';
import { isArray, pairs } from '../../value/kinds.js';
import { PhpArray } from '../../value/php-array.js';

/** What `Redis::OPT_SERIALIZER` puts values into the server with, and gets them out with. */
export interface Serializer {
  write(value: unknown): unknown;
  read(stored: unknown): unknown;
}

/** A value that cannot be read is given as it is stored, as phpredis does. */
export const JSON_SERIALIZER: Serializer = {
  write: (value) => json_encode(value),
  read: (stored) => {
    const value: unknown = json_decode(stored, true);
    return json_last_error() === JSON_ERROR_NONE ? value : stored;
  },
};

export const PHP_SERIALIZER: Serializer = {
  write: (value) => serialize(value),
  read: (stored) => unserialize(stored),
};

const ONCE = Number.POSITIVE_INFINITY;

/** Which arguments of a command are values: from the first of them, every how many. */
const VALUES: Readonly<Record<string, { first: number; every: number }>> = {
  SET: { first: 1, every: ONCE },
  GETSET: { first: 1, every: ONCE },
  SETNX: { first: 1, every: ONCE },
  SETEX: { first: 2, every: ONCE },
  PSETEX: { first: 2, every: ONCE },
  APPEND: { first: 1, every: ONCE },
  HSET: { first: 2, every: 2 },
  HSETNX: { first: 2, every: ONCE },
  LPUSH: { first: 1, every: 1 },
  RPUSH: { first: 1, every: 1 },
  LPUSHX: { first: 1, every: 1 },
  RPUSHX: { first: 1, every: 1 },
  LSET: { first: 2, every: ONCE },
  LREM: { first: 2, every: ONCE },
  SADD: { first: 1, every: 1 },
  SREM: { first: 1, every: 1 },
  SISMEMBER: { first: 1, every: ONCE },
  ZADD: { first: 2, every: 2 },
  ZREM: { first: 1, every: 1 },
  ZSCORE: { first: 1, every: ONCE },
  ZRANK: { first: 1, every: ONCE },
  ZREVRANK: { first: 1, every: ONCE },
};

/** Commands that give values back; of a hash or scores, what is to be read is the value, or the member. */
const READ = new Set(
  `GET GETSET GETDEL GETEX MGET HGET HVALS HMGET HGETALL LPOP RPOP LINDEX LRANGE RPOPLPUSH BRPOPLPUSH SMEMBERS SPOP SRANDMEMBER
  SINTER SUNION SDIFF ZRANGE ZREVRANGE ZRANGEBYSCORE ZREVRANGEBYSCORE`.split(/\s+/),
);

/** The arguments of a command, its values written. */
export function written(serializer: Serializer, command: string, args: readonly unknown[]): unknown[] {
  if (command === 'MSET' || command === 'MSETNX' || command === 'HMSET')
    return args.map((arg) =>
      isArray(arg) ? pairs(arg).flatMap(([key, value]) => [key, serializer.write(value)]) : arg,
    );
  const values = VALUES[command];
  if (!values) return [...args];
  return args.map((arg, i) => {
    const place = i - values.first;
    return place === 0 || (place > 0 && place % values.every === 0) ? serializer.write(arg) : arg;
  });
}

/** What a command answered, its values read. Nil stays false. */
export function readBack(serializer: Serializer, command: string, answer: unknown): unknown {
  if (!READ.has(command)) return answer;
  const value = (stored: unknown): unknown => (stored === false ? false : serializer.read(stored));
  if (!isArray(answer)) return value(answer);
  if (Array.isArray(answer)) return answer.map(value);
  const scores = command.startsWith('Z');
  return PhpArray.fromEntries(
    pairs(answer).map(([key, stored]) => (scores ? [value(key), stored] : ([key, value(stored)] as const))),
  );
}
