import { describe, expect, test } from 'vitest';
import * as Swoole from '../../src/index.js';

const { Server } = Swoole.Redis;

describe('Redis.Server.format()', () => {
  // What Swoole 6.2.1 answers to the same calls.
  test.each<[number, unknown, string]>([
    [Server.NIL, undefined, '$-1\r\n'],
    [Server.ERROR, undefined, '-ERR\r\n'],
    [Server.ERROR, 'no', '-no\r\n'],
    [Server.STATUS, undefined, '+OK\r\n'],
    [Server.STATUS, 'PONG', '+PONG\r\n'],
    [Server.INT, 5, ':5\r\n'],
    [Server.INT, '12abc', ':12\r\n'],
    [Server.STRING, 'héllo', '$6\r\nhéllo\r\n'],
    [Server.STRING, '', '$0\r\n\r\n'],
    [Server.STRING, 1.5, '$3\r\n1.5\r\n'],
    [
      Server.SET,
      ['a', 1, null, true, ['x', 'y'], { k: 'v' }, 2.5],
      '*7\r\n$1\r\na\r\n:1\r\n$-1\r\n:1\r\n*2\r\n$1\r\nx\r\n$1\r\ny\r\n*2\r\n$1\r\nk\r\n$1\r\nv\r\n$3\r\n2.5\r\n',
    ],
    [Server.SET, [], '*0\r\n'],
    [Server.MAP, { a: 1, b: ['x'] }, '*4\r\n$1\r\na\r\n:1\r\n$1\r\nb\r\n*1\r\n$1\r\nx\r\n'],
    [Server.MAP, ['x', 'y'], '*4\r\n$1\r\n0\r\n$1\r\nx\r\n$1\r\n1\r\n$1\r\ny\r\n'],
  ])('of kind %i and %j', (type, value, reply) => {
    expect(String(value === undefined ? Server.format(type) : Server.format(type, value))).toBe(reply);
  });

  test('keeps bytes as they are, and takes a Map', () => {
    expect(Server.format(Server.STRING, Buffer.from([0, 255]))).toEqual(
      Buffer.from('$2\r\n\0\xff\r\n', 'latin1'),
    );
    expect(String(Server.format(Server.MAP, new Map([['k', 1]])))).toBe('*2\r\n$1\r\nk\r\n:1\r\n');
  });

  test('lets no error begin another reply', () => {
    expect(String(Server.format(Server.ERROR, 'a\r\n+OK'))).toBe('-a  +OK\r\n');
  });

  test.each<[number, unknown, string]>([
    [Server.INT, undefined, 'require more parameters'],
    [Server.STRING, undefined, 'require more parameters'],
    [Server.SET, 'x', 'the second parameter should be an array'],
    [Server.MAP, 5, 'the second parameter should be an array'],
    [99, 'x', 'Unknown type[99]'],
  ])('throws for kind %i and %j', (type, value, message) => {
    expect(() => Server.format(type, value)).toThrow(expect.objectContaining({ message, code: 505 }));
  });

  test('has the numbers of Swoole', () => {
    const { ERROR, NIL, STATUS, INT, STRING, SET, MAP } = Server;
    expect([ERROR, NIL, STATUS, INT, STRING, SET, MAP]).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });
});
