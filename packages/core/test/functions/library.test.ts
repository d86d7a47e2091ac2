import { afterEach, describe, expect, it } from 'vitest';
import {
  swoole_array_default_value,
  swoole_array_list,
  swoole_container_cpu_num,
  swoole_cpu_num,
  swoole_get_mime_type,
  swoole_hashcode,
  swoole_mime_type_add,
  swoole_mime_type_delete,
  swoole_mime_type_exists,
  swoole_mime_type_get,
  swoole_mime_type_list,
  swoole_mime_type_set,
  swoole_substr_json_decode,
  swoole_substr_unserialize,
} from '../../src/index.ts';

// What is expected was asked of Swoole 6.2.1.
describe('swoole_mime_type_*', () => {
  it('adds, changes and forgets an extension', () => {
    const known = swoole_mime_type_list().length;
    expect([swoole_mime_type_get('a/b.HTML'), swoole_get_mime_type('html')]).toEqual([
      'text/html',
      'text/html',
    ]);
    expect([swoole_mime_type_exists('x.foo'), swoole_mime_type_exists('')]).toEqual([false, false]);
    expect([swoole_mime_type_add('foo', 'x/foo'), swoole_mime_type_add('foo', 'x/bar')]).toEqual([
      true,
      false,
    ]);
    expect(swoole_mime_type_get('x.foo')).toBe('x/foo');
    expect(swoole_mime_type_list()).toHaveLength(known + 1);
    swoole_mime_type_set('foo', 'x/bar');
    expect([swoole_mime_type_get('x.foo'), swoole_mime_type_exists('x.foo')]).toEqual(['x/bar', true]);
    expect([swoole_mime_type_delete('foo'), swoole_mime_type_delete('foo')]).toEqual([true, false]);
    expect(swoole_mime_type_get('x.foo')).toBe('application/octet-stream');
  });
});

describe('swoole_hashcode()', () => {
  it('gives the hashes that PHP gives', () => {
    expect([swoole_hashcode('hello'), swoole_hashcode(''), swoole_hashcode('abcdefghij'.repeat(5))]).toEqual([
      -9223371826140139367n,
      -9223372036854770427n,
      -3624919236165669192n,
    ]);
    expect([swoole_hashcode('hello', 1), swoole_hashcode(Buffer.from('h\xff\xfe', 'latin1'), 1)]).toEqual([
      3372029979, 4027636415,
    ]);
    expect(swoole_hashcode('hello', 2)).toBe(false);
  });
});

describe('swoole_substr_*', () => {
  it('reads the value of a part of a text', () => {
    expect(swoole_substr_json_decode('xx{"a":1}', 2)).toEqual({ a: 1 });
    expect(swoole_substr_json_decode('xx{"a":1}yy', 2, 7)).toEqual({ a: 1 });
    expect(swoole_substr_json_decode('xx{"a":1}', -7)).toEqual({ a: 1 });
    expect([swoole_substr_json_decode('abc', 5), swoole_substr_json_decode('abc', 0)]).toEqual([null, null]);
    expect(swoole_substr_unserialize('xxa:1:{i:0;i:5;}yy', 2)).toEqual([5]);
    expect([swoole_substr_unserialize('xxi:5;', -4), swoole_substr_unserialize('xxN;', 2)]).toEqual([
      5,
      null,
    ]);
    expect([swoole_substr_unserialize('xxi:5;', 0), swoole_substr_unserialize('x', 5)]).toEqual([
      false,
      false,
    ]);
  });
});

describe('the functions for arrays', () => {
  it('make and read them', () => {
    expect(swoole_array_list(1, 2).toArray()).toEqual([1, 2]);
    expect(swoole_array_default_value({ a: null }, 'a', 5)).toBeNull();
    expect([swoole_array_default_value([1], '0'), swoole_array_default_value([1], 1, 'none')]).toEqual([
      1,
      'none',
    ]);
  });
});

describe('swoole_container_cpu_num()', () => {
  const before = process.env.SWOOLE_CPU_NUM;
  afterEach(() => {
    if (before === undefined) delete process.env.SWOOLE_CPU_NUM;
    else process.env.SWOOLE_CPU_NUM = before;
  });

  it('is what SWOOLE_CPU_NUM says, else never more than the machine has', () => {
    process.env.SWOOLE_CPU_NUM = '7';
    expect(swoole_container_cpu_num()).toBe(7);
    process.env.SWOOLE_CPU_NUM = 'none';
    expect(swoole_container_cpu_num()).toBeGreaterThanOrEqual(1);
    expect(swoole_container_cpu_num()).toBeLessThanOrEqual(swoole_cpu_num());
  });
});
