import { describe, expect, it } from 'vitest';
import { Cookie } from '../../src/http/cookie.js';
import { urlEncode } from '../../src/http/response-cookies.js';
import { collectWarnings } from './warnings.js';

const warnings = collectWarnings();

// The page "objects" of the scenario http-response-cookies.
describe('Cookie', () => {
  it('returns itself from every step and shows all parts', () => {
    const cookie = new Cookie();
    const same = cookie
      .withName('obj')
      .withValue('a b')
      .withPath('/o')
      .withDomain('o.test')
      .withExpires(2_540_550_645)
      .withSecure(true)
      .withHttpOnly(true)
      .withSameSite('None')
      .withPriority('Low')
      .withPartitioned(true);
    expect(same).toBe(cookie);
    expect(cookie.toArray()).toEqual({
      domain: 'o.test',
      encode: true,
      expires: 2_540_550_645,
      httpOnly: true,
      name: 'obj',
      partitioned: true,
      path: '/o',
      priority: 'Low',
      sameSite: 'None',
      secure: true,
      value: 'a b',
    });
  });

  it('is empty after reset()', () => {
    const cookie = new Cookie(false).withName('a').withValue('1').withSecure(true);
    cookie.reset();
    expect(cookie.toArray()).toEqual({
      domain: '',
      encode: true,
      expires: 0,
      httpOnly: false,
      name: '',
      partitioned: false,
      path: '',
      priority: '',
      sameSite: '',
      secure: false,
      value: '',
    });
  });

  it('turns flags off when they are named without a value', () => {
    expect(new Cookie().withName('str').withValue('1').withHttpOnly().toString()).toBe('str=1');
  });

  it('gives false and forgets everything when a part is not allowed', () => {
    const cookie = new Cookie().withName('a b').withValue('1');
    expect(cookie.toString()).toBe(false);
    expect(warnings).toEqual([
      'Swoole\\Http\\Cookie::toString(): The name cannot contain "=", ",", ";", " ", "\\t", "\\r", "\\n", "\\013", or "\\014"',
    ]);
    expect(cookie.toArray().value).toBe('');
  });
});

describe('urlEncode', () => {
  it('encodes all but letters, digits, dash, dot and underscore', () => {
    expect(urlEncode("azAZ09-._~!*'() /%+é")).toBe('azAZ09-._%7E%21%2A%27%28%29+%2F%25%2B%C3%A9');
    expect(urlEncode('\0\t')).toBe('%00%09');
    expect(urlEncode('')).toBe('');
  });
});
