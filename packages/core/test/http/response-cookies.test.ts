import { describe, expect, it, vi } from 'vitest';
import { Cookie } from '../../src/http/cookie.js';
import type { Response } from '../../src/http/response.js';
import { responseTo } from './fake-exchange.js';
import { collectWarnings } from './warnings.js';

const warnings = collectWarnings();
const characters = '",", ";", " ", "\\t", "\\r", "\\n", "\\013", or "\\014"';
/** 2050-07-04 12:30:45 */
const far = Date.UTC(2050, 6, 4, 12, 30, 45) / 1000;
const gone = 'deleted; expires=Thu, 01-Jan-1970 00:00:01 GMT; Max-Age=0';

/** The Set-Cookie values that a program's calls lead to. */
function cookiesOf(program: (response: Response) => void): string[] {
  const { response, exchange } = responseTo();
  program(response);
  response.end();
  return exchange.values('Set-Cookie');
}

/** What has no `withSecure` is no cookie, whatever the types say. */
function call(response: Response, method: 'cookie' | 'rawcookie', ...args: unknown[]): unknown {
  return Reflect.apply(response[method], response, args);
}

// The pages of the scenario http-response-cookies.
describe('Response.cookie()', () => {
  it('encodes values, repeats names and deletes with an empty value', () => {
    const results: boolean[] = [];
    const sent = cookiesOf((r) => {
      results.push(r.cookie('bare'), r.cookie('a', '1'), r.cookie('a', '2'), r.cookie('gone', ''));
      results.push(r.cookie('enc', 'a b;c=d,é'), r.cookie('zero', '0'), r.setCookie('alias', 'x'));
    });
    expect(results).toEqual(Array(7).fill(true));
    expect(sent).toEqual([
      `bare=${gone}`,
      'a=1',
      'a=2',
      `gone=${gone}`,
      'enc=a+b%3Bc%3Dd%2C%C3%A9',
      'zero=0',
      'alias=x',
    ]);
  });

  it('writes the attributes in order, and none that is not set', () => {
    vi.useFakeTimers({ now: Date.UTC(2050, 6, 4, 12, 30, 0) });
    const results: boolean[] = [];
    const sent = cookiesOf((r) => {
      results.push(r.cookie('all', 'v', far, '/app', 'example.test', true, true, 'Strict', 'High', true));
      results.push(r.cookie('p', 'v', 0, '/only/path'), r.cookie('pe', 'v', 0, ''));
      results.push(
        r.cookie('s', 'v', 0, '', '', false, false, 'Whatever'),
        r.cookie('sec', 'v', 0, '/', '', true),
      );
      results.push(r.cookie('past', 'v', 1000), r.cookie('neg', 'v', -5));
      results.push(r.cookie('far', 'v', Number.MAX_SAFE_INTEGER));
      results.push(r.cookie('del', '', 0, '/app', 'example.test'));
    });
    vi.useRealTimers();
    expect(results).toEqual([true, true, true, true, true, true, true, false, true]);
    expect(warnings).toEqual([
      'Swoole\\Http\\Response::cookie(): The expires cannot have a year greater than 9999',
    ]);
    expect(sent).toEqual([
      'all=v; expires=Mon, 04-Jul-2050 12:30:45 GMT; Max-Age=45; path=/app; domain=example.test; secure; HttpOnly; SameSite=Strict; Priority=High; Partitioned',
      'p=v; path=/only/path',
      'pe=v',
      's=v; SameSite=Whatever',
      'sec=v; path=/; secure',
      'past=v; expires=Thu, 01-Jan-1970 00:16:40 GMT; Max-Age=0',
      'neg=v',
      `del=${gone}; path=/app; domain=example.test`,
    ]);
  });

  it('allows the last second of the year 9999 and not the next', () => {
    const lastSecond = Date.UTC(9999, 11, 31, 23, 59, 59) / 1000;
    const { response } = responseTo();
    expect(response.cookie('a', 'v', lastSecond)).toBe(true);
    expect(response.cookie('a', 'v', lastSecond + 1)).toBe(false);
  });

  it('refuses what would break the header, and says why', () => {
    const results: unknown[] = [];
    const sent = cookiesOf((r) => {
      results.push(r.cookie('', 'v'), r.cookie('a=b', 'v'), r.cookie('a b', 'v'), r.cookie('a\r\nX: 1', 'v'));
      results.push(
        r.cookie('crlf', 'v\r\nX: 1'),
        r.cookie('p', 'v', 0, '/;x'),
        r.cookie('d', 'v', 0, '/', 'a b'),
      );
      results.push(call(r, 'cookie', 5, 'v'));
    });
    expect(results).toEqual([false, false, false, false, true, false, false, false]);
    const name = `Swoole\\Http\\Response::cookie(): The name cannot contain "=", ${characters}`;
    expect(warnings).toEqual([
      'Swoole\\Http\\Response::cookie(): The name cannot be empty',
      name,
      name,
      name,
      `Swoole\\Http\\Response::cookie(): The path option cannot contain ${characters}`,
      `Swoole\\Http\\Response::cookie(): The domain option cannot contain ${characters}`,
      'Swoole\\Http\\Response::cookie(): The first argument must be a string or a Http\\Cookie object',
    ]);
    expect(sent).toEqual(['crlf=v%0D%0AX%3A+1']);
  });

  it('drops a cookie whose unchecked attributes hold a line end when the response ends', () => {
    const sent = cookiesOf((r) => {
      expect(r.cookie('a', '1', 0, '', '', false, false, 'Lax\r\nX-Evil: 1')).toBe(true);
      expect(r.cookie('b', '2', 0, '', '', false, false, '', 'High\n')).toBe(true);
    });
    expect(sent).toEqual([]);
    expect(warnings).toHaveLength(2);
  });

  it('takes cookie objects with their own way of encoding', () => {
    const results: unknown[] = [];
    const cookie = new Cookie();
    const sent = cookiesOf((r) => {
      cookie
        .withName('obj')
        .withValue('a b')
        .withPath('/o')
        .withDomain('o.test')
        .withSecure(true)
        .withHttpOnly(true);
      cookie.withSameSite('None').withPriority('Low').withPartitioned(true);
      results.push(r.cookie(cookie), r.cookie(new Cookie(false).withName('rawobj').withValue('a%20b')));
      results.push(r.rawcookie(new Cookie().withName('enc').withValue('a b')));
      results.push(r.cookie(new Cookie()), call(r, 'cookie', {}));
    });
    expect(results).toEqual([true, true, true, false, false]);
    expect(warnings).toEqual([
      'Swoole\\Http\\Response::cookie(): The name cannot be empty',
      'Swoole\\Http\\Response::cookie(): The first argument must be a string or a Http\\Cookie object',
    ]);
    expect(sent).toEqual([
      'obj=a+b; path=/o; domain=o.test; secure; HttpOnly; SameSite=None; Priority=Low; Partitioned',
      'rawobj=a%20b',
      'enc=a+b',
    ]);
  });

  it('follows the headers of the program and shows as a property', () => {
    const { response, exchange } = responseTo();
    expect(response.cookies).toBeNull();
    response.cookie('one', '1');
    response.header('Set-Cookie', 'by-header=1');
    expect(response.cookies).toEqual(['one=1']);
    response.end();
    expect(exchange.lines.slice(1, 4)).toEqual([
      'Set-Cookie: by-header=1',
      'Set-Cookie: one=1',
      'Server: swoole-http-server',
    ]);
  });
});

describe('Response.rawcookie()', () => {
  it('sends values as they are and refuses those that would end the cookie', () => {
    const results: boolean[] = [];
    const sent = cookiesOf((r) => {
      results.push(r.rawcookie('raw', 'a%20b|c"d'), r.rawcookie('rs', 'a b'), r.rawcookie('rx', 'a;b'));
      results.push(r.setRawCookie('ra', '1+1'));
    });
    expect(results).toEqual([true, false, false, true]);
    const refused = `Swoole\\Http\\Response::rawcookie(): The value cannot contain ${characters}`;
    expect(warnings).toEqual([refused, refused]);
    expect(sent).toEqual(['raw=a%20b|c"d', 'ra=1+1']);
  });
});
