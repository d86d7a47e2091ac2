import { expect, it } from 'vitest';
import { foldHeaders } from '../../../src/http/parse/headers.js';

it('lets the last of a common header win and makes arrays of others', () => {
  // request 3 of the scenario http-request-fields
  const flat = [
    'host',
    'a',
    'x-twice',
    '1',
    'x-twice',
    '2',
    'x-twice',
    '3',
    'accept',
    'one',
    'accept',
    'two',
  ];
  flat.push('user-agent', 'u1', 'user-agent', 'u2', 'forwarded', 'for=1');
  expect({ ...foldHeaders(flat).header }).toEqual({
    accept: 'two',
    forwarded: 'for=1',
    host: 'a',
    'user-agent': 'u2',
    'x-twice': ['1', '2', '3'],
  });
});

it('keeps the last of every header that Swoole knows by name', () => {
  const names = ['content-type', 'content-length', 'authorization', 'connection', 'accept-encoding'];
  for (const name of names) expect(foldHeaders([name, '1', name, '2']).header[name]).toBe('2');
});

it('takes cookies out and joins several headers', () => {
  const { header, cookie } = foldHeaders(['cookie', 'a=1; b=2', 'host', 'a', 'cookie', 'b=3; c=4']);
  expect(cookie).toBe('a=1; b=2; b=3; c=4');
  expect(Object.keys(header)).toEqual(['host']);
});

it('tells an empty Cookie header from none', () => {
  expect(foldHeaders(['cookie', '']).cookie).toBe('');
  expect(foldHeaders(['host', 'a']).cookie).toBeNull();
});

it('leaves cookies among the headers when they are not to be parsed', () => {
  const { header, cookie } = foldHeaders(['cookie', 'a=1', 'cookie', 'b=2'], false);
  expect(header.cookie).toEqual(['a=1', 'b=2']);
  expect(cookie).toBeNull();
});

it('keeps an empty value apart from a missing header', () => {
  expect(foldHeaders(['x', '', 'x', 'b']).header.x).toEqual(['', 'b']);
});

it('has no prototype, so that no name is found that was not sent', () => {
  const { header } = foldHeaders(['__proto__', 'x', 'constructor', 'y']);
  expect(Object.getPrototypeOf(header)).toBeNull();
  expect(Object.keys(header)).toEqual(['__proto__', 'constructor']);
  expect(foldHeaders([]).header.toString).toBeUndefined();
});
