import { describe, expect, it } from 'vitest';
import { swoole_last_error } from '../../src/errors/last-error.js';
import { responseTo } from './fake-exchange.js';
import { collectWarnings } from './warnings.js';

const warnings = collectWarnings();
const newLine = (method: string) =>
  `Swoole\\Http\\Response::${method}(): Header may not contain more than a single header, new line detected`;
const defaults = [
  'Server: swoole-http-server',
  'Connection: keep-alive',
  'Content-Type: text/html',
  'Content-Length: 3',
];

// The pages of the scenario http-response-headers; the engine writes Date.
describe('Response.header()', () => {
  it('leaves the default headers when there are no others', () => {
    const { response, exchange } = responseTo();
    response.end('abc');
    expect(exchange.lines).toEqual(['HTTP/1.1 200 OK', ...defaults]);
    expect(exchange.body.toString()).toBe('abc');
    expect(exchange.close).toBe(false);
  });

  it('formats names, keeps their first place and replaces their value', () => {
    const { response, exchange } = responseTo();
    response.header('x-lower-case', '1');
    response.header('X-UPPER-CASE', '2');
    response.header('xMiXeD-tHING', '3');
    response.header('x-raw-NAME', '4', false);
    response.header('x_under_score', '5');
    response.header('x-lower-case', 'replaced');
    response.setHeader('x-alias', '6');
    response.header('', 'no name');
    response.header('x-raw-NAME', '7');
    response.end('abc');
    expect(exchange.lines).toEqual([
      'HTTP/1.1 200 OK',
      'X-Lower-Case: replaced',
      'X-Upper-Case: 2',
      'Xmixed-Thing: 3',
      'x-raw-NAME: 4',
      'X_under_score: 5',
      'X-Alias: 6',
      ': no name',
      'X-Raw-Name: 7',
      ...defaults,
    ]);
  });

  it('takes values of all types as PHP writes them', () => {
    const { response, exchange } = responseTo();
    const values = {
      int: 42,
      float: 1.5,
      true: true,
      false: false,
      null: null,
      empty: '',
      spaces: '  both sides  ',
      utf8: 'grün ☃',
      list: ['a', 'b', 3, null],
      map: { k: 'v' },
      none: [],
    };
    for (const [name, value] of Object.entries(values))
      expect(response.header(`X-${name}`, value)).toBe(true);
    response.end('abc');
    expect(exchange.lines).toEqual([
      'HTTP/1.1 200 OK',
      'X-Int: 42',
      'X-Float: 1.5',
      'X-True: 1',
      'X-False: ',
      'X-Empty: ',
      'X-Spaces:   both sides',
      'X-Utf8: grün ☃',
      'X-List: a',
      'X-List: b',
      'X-List: 3',
      'X-Map: v',
      ...defaults,
    ]);
  });

  it('drops values with a line end when the response ends, and refuses such names at once', () => {
    const { response, exchange } = responseTo();
    expect(response.header('X-Value', 'a\r\nX-Evil: 1')).toBe(true);
    expect(response.header('X-Lf', 'a\nb')).toBe(true);
    expect(response.header('X-End', 'end\r\n')).toBe(true);
    expect(warnings).toEqual([]);
    expect(response.header('X-Name: 1\r\nX-Evil', '2')).toBe(false);
    expect(warnings).toEqual([newLine('header')]);
    expect(response.header('X-List', ['fine', 'bad\r\nX-Evil: 1'])).toBe(true);
    expect(response.header('n'.repeat(128), '1')).toBe(false);
    expect(warnings[1]).toBe('Swoole\\Http\\Response::header(): header key is too long');
    expect(swoole_last_error()).toBe(510);
    expect(response.header('n'.repeat(127), '1')).toBe(true);
    warnings.length = 0;
    response.end('abc');
    expect(warnings).toEqual([newLine('end'), newLine('end'), newLine('end')]);
    expect(exchange.lines).toEqual([
      'HTTP/1.1 200 OK',
      'X-End: end',
      'X-List: fine',
      `N${'n'.repeat(126)}: 1`,
      ...defaults,
    ]);
  });

  it('counts the length of a name in bytes', () => {
    const { response } = responseTo();
    expect(response.header('ü'.repeat(63), '1')).toBe(true);
    expect(response.header('ü'.repeat(64), '1')).toBe(false);
  });

  it('drops values and refuses names with a NUL byte', () => {
    const { response, exchange } = responseTo();
    response.header('X-Nul', 'a\0b');
    expect(response.header('X-\0', '1')).toBe(false);
    response.end('abc');
    expect(warnings).toEqual([
      'Swoole\\Http\\Response::header(): Header may not contain NUL bytes',
      'Swoole\\Http\\Response::end(): Header may not contain NUL bytes',
    ]);
    expect(exchange.lines).toEqual(['HTTP/1.1 200 OK', ...defaults]);
  });

  it('names the running method in its warnings', () => {
    const { response } = responseTo();
    response.header('X-Value', 'a\nb');
    response.write('x');
    const redirected = responseTo().response;
    redirected.redirect('/a\r\nX-Evil: 1');
    responseTo().response.setHeader('a\nb', '1');
    expect(warnings).toEqual([newLine('write'), newLine('redirect'), newLine('setHeader')]);
  });

  it('lets a program replace Server, Content-Type and Connection, and leaves framing and Date to the engine', () => {
    const { response, exchange } = responseTo();
    response.header('server', 'mine');
    response.header('content-type', 'application/vnd.test+json; charset=utf-8');
    response.header('DATE', 'Thu, 01 Jan 1970 00:00:00 GMT');
    response.header('Connection', 'keep-alive, X');
    response.header('Content-Length', '3');
    response.header('Transfer-Encoding', 'chunked');
    response.end('abc');
    expect(exchange.lines).toEqual([
      'HTTP/1.1 200 OK',
      'Server: mine',
      'Content-Type: application/vnd.test+json; charset=utf-8',
      'Connection: keep-alive, X',
      'Content-Length: 3',
    ]);
  });

  it('removes a default header for an empty value or null, but sends other empty headers', () => {
    const { response, exchange } = responseTo();
    response.header('Server', '');
    response.header('Content-Type', '');
    response.header('Date', null);
    response.header('X-Kept', '');
    response.end('abc');
    expect(exchange.lines).toEqual([
      'HTTP/1.1 200 OK',
      'X-Kept: ',
      'Connection: keep-alive',
      'Content-Length: 3',
    ]);
  });

  it('shows what was set as a property', () => {
    const { response, exchange } = responseTo();
    expect(response.headers).toBeNull();
    response.header('x-one', '1');
    expect(response.headers).toEqual({ 'X-One': '1' });
    response.header('x-one', null);
    response.header('7', 'seven');
    expect(response.headers).toEqual({ 'X-One': null, 7: 'seven' });
    response.end('abc');
    expect(exchange.lines).toEqual(['HTTP/1.1 200 OK', '7: seven', ...defaults]);
  });

  it('makes the properties empty with initHeader()', () => {
    const { response } = responseTo();
    expect(response.initHeader()).toBe(true);
    expect(response.headers).toEqual({});
    expect(response.cookies).toEqual([]);
    expect(response.trailers).toEqual({});
  });

  it('does not let one response change the headers of the next', () => {
    const first = responseTo();
    first.response.header('X-One', '1');
    first.response.end('abc');
    const second = responseTo();
    second.response.end('abc');
    expect(second.exchange.lines).toEqual(['HTTP/1.1 200 OK', ...defaults]);
  });
});

describe('Response.trailer()', () => {
  it('keeps trailers under names in lower case', () => {
    const { response } = responseTo();
    response.write('body');
    expect(response.trailers).toBeNull();
    expect(response.trailer('X-Checksum', '841a')).toBe(true);
    expect(response.trailer('X-Count', '4')).toBe(true);
    expect(response.trailers).toEqual({ 'x-checksum': '841a', 'x-count': '4' });
  });

  it('refuses names over 127 bytes', () => {
    const { response } = responseTo();
    expect(response.trailer('t'.repeat(127), '1')).toBe(true);
    expect(response.trailer('t'.repeat(128), '1')).toBe(false);
    expect(warnings).toEqual(['Swoole\\Http\\Response::trailer(): trailer key is too long']);
  });
});
