import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCookies } from '../../../src/http/parse/cookies.js';
import { likePhp, recordedLines } from './recording.js';

const cases = recordedLines('http-request-cookies').flatMap((line) => {
  const arrow = line.indexOf(' -> ');
  return line.startsWith('"')
    ? [
        {
          header: JSON.parse(line.slice(0, arrow)) as string,
          cookie: JSON.parse(line.slice(arrow + 4)).cookie,
        },
      ]
    : [];
});

describe('what Swoole made of it when it was recorded', () => {
  it('knows the recorded headers', () => {
    expect(cases).toHaveLength(23);
  });

  it.each(cases)('Cookie: $header', ({ header, cookie }) => {
    expect(likePhp(parseCookies(header))).toEqual(cookie);
  });

  it('takes several headers joined into one', () => {
    expect(likePhp(parseCookies('a=1; b=2; b=3; c=4'))).toEqual({ a: '1', b: '2', c: '4' });
  });

  it('keeps long values', () => {
    expect(parseCookies(`long=${'v'.repeat(3000)}`).long).toBe('v'.repeat(3000));
  });

  it('reads the cookies of the recorded WebSocket handshake', () => {
    expect(likePhp(parseCookies('sid=abc%20def; theme="dark"; theme=light; n=1=2'))).toEqual({
      sid: 'abc def',
      theme: '"dark"',
      n: '1=2',
    });
  });
});

it('does not decode names', () => {
  expect(likePhp(parseCookies('%61=1; __%48ost-x=2'))).toEqual({ '%61': '1', '__%48ost-x': '2' });
});

it('does not let a name become __Host- by mangling', () => {
  expect(likePhp(parseCookies('..Host-id=forged; __Host-id=real'))).toEqual({ '__Host-id': 'real' });
});

it('looks for repeats of the name as sent', () => {
  expect(likePhp(parseCookies('a_b=1; a.b=2'))).toEqual({ a_b: '2' });
});

it('leaves out cookies after the first thousand', () => {
  const header = Array.from({ length: 1010 }, (_, i) => `c${i}=x`).join('; ');
  expect(Object.keys(parseCookies(header))).toHaveLength(1000);
});

it('never throws, and gives an object without a prototype', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (header) => {
      expect(Object.getPrototypeOf(parseCookies(header))).toBeNull();
    }),
  );
});
