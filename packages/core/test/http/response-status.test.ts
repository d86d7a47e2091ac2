import { describe, expect, it } from 'vitest';
import { statusText } from '../../src/http/status-text.js';
import { responseTo } from './fake-exchange.js';
import { collectWarnings } from './warnings.js';

collectWarnings();

// The scenario http-status-codes.
describe('Response.status()', () => {
  it.each([
    '200 OK',
    '201 Created',
    '202 Accepted',
    '206 Partial Content',
    '207 Multi-Status',
    '226 IM Used',
    '300 Multiple Choices',
    '306 (Unused)',
    '308 Permanent Redirect',
    '400 Bad Request',
    '401 Unauthorized',
    '402 Payment Required',
    '404 Not Found',
    '408 Request Timeout',
    '413 Payload Too Large',
    '414 URI Too Long',
    '416 Range Not Satisfiable',
    "418 I'm a teapot",
    '421 Misdirected Request',
    '422 Unprocessable Entity',
    '425 Too Early',
    '426 Upgrade Required',
    '429 Too Many Requests',
    '431 Request Header Fields Too Large',
    '451 Unavailable For Legal Reasons',
    '499 Unknown Status',
    '500 Internal Server Error',
    '503 Service Unavailable',
    '507 Insufficient Storage',
    '510 Not Extended',
    '511 Network Authentication Required',
    '599 Unknown Status',
    '600 Unknown Status',
    '999 Unknown Status',
    '99 Unknown Status',
    '-1 Unknown Status',
    '1000 Unknown Status',
  ])('sends %s', (line) => {
    const { response, exchange } = responseTo();
    expect(response.setStatusCode(Number.parseInt(line, 10))).toBe(true);
    expect(response.end()).toBe(true);
    expect(exchange.status).toBe(line);
    expect(exchange.length).toBe(0);
  });

  it('takes 0 for 200', () => {
    const { response, exchange } = responseTo();
    response.status(0);
    response.end();
    expect(exchange.status).toBe('200 OK');
    expect(statusText(0)).toBe('200 OK');
  });

  it('cuts fractions off, as PHP does', () => {
    const { response, exchange } = responseTo();
    response.status(404.9);
    response.end();
    expect(exchange.status).toBe('404 Not Found');
  });

  it.each([
    [200, 'Fine By Me', '200 Fine By Me'],
    [404, '', '404 Not Found'],
    [777, 'Lucky', '777 Lucky'],
  ])('sends %i with the reason "%s" as "%s"', (code, reason, line) => {
    const { response, exchange } = responseTo();
    expect(response.status(code, reason)).toBe(true);
    response.end();
    expect(exchange.status).toBe(line);
  });

  it('forgets a reason with the next status', () => {
    const { response, exchange } = responseTo();
    response.status(200, 'Fine By Me');
    response.status(404);
    response.end();
    expect(exchange.status).toBe('404 Not Found');
  });
});

describe('the body', () => {
  it('goes with 205', () => {
    const { response, exchange } = responseTo();
    response.status(205);
    response.end('some');
    expect(exchange.body.toString()).toBe('some');
  });

  // RFC 9110, 8.6: no Content-Length with 204, and with 304 only that of the 200 it stands for.
  it.each([
    [204, '', null],
    [204, 'some', null],
    [304, '', null],
    [304, 'some', 4],
    [103, 'some', null],
  ])('stays behind with %i and "%s"', (code, body, length) => {
    const { response, exchange } = responseTo();
    response.status(code);
    expect(response.end(body)).toBe(true);
    expect(exchange.calls).toEqual(['respondHead']);
    expect(exchange.length).toBe(length);
  });

  it.each([
    ['', null, null],
    ['hello', null, 5],
    ['grün', null, 5],
    ['', '99', 99],
    ['hello', '5', 5],
    ['', 'many', null],
    ['', '-1', null],
  ])('of a HEAD response stays behind: body "%s" and Content-Length %s announce %s', (body, own, length) => {
    const { response, exchange } = responseTo({ method: 'HEAD' });
    if (own !== null) response.header('Content-Length', own);
    expect(response.end(body)).toBe(true);
    expect(exchange.calls).toEqual(['respondHead']);
    expect(exchange.length).toBe(length);
    expect(exchange.values('Content-Type')).toEqual(['text/html']);
  });

  it('of a HEAD response in chunks stays behind', () => {
    const { response, exchange, context } = responseTo({ method: 'HEAD' });
    expect(response.write('part')).toBe(true);
    expect(response.write('more')).toBe(true);
    expect(response.isWritable()).toBe(true);
    expect(response.end('rest')).toBe(true);
    expect(response.end()).toBe(false);
    expect(exchange.calls).toEqual(['respondHead']);
    expect(exchange.lines).toEqual([
      'HTTP/1.1 200 OK',
      'Server: swoole-http-server',
      'Connection: keep-alive',
      'Content-Type: text/html',
      'Transfer-Encoding: chunked',
    ]);
    expect(context.ended).toEqual([{ response, close: false }]);
  });

  it('of a forgotten HEAD response in chunks is over too', () => {
    const { response, context } = responseTo({ method: 'HEAD' });
    response.write('part');
    response.forgotten();
    expect(response.isWritable()).toBe(false);
    expect(context.ended).toHaveLength(1);
  });

  it('of 204 in chunks has no Transfer-Encoding (RFC 9112, 6.1)', () => {
    const { response, exchange } = responseTo();
    response.status(204);
    response.write('part');
    response.end();
    expect(exchange.calls).toEqual(['respondHead']);
    expect(exchange.values('Transfer-Encoding')).toEqual([]);
  });

  it('has its own length, whatever Content-Length the program sets', () => {
    for (const [own, body] of [
      ['3', 'hello'],
      ['9', ''],
    ] as const) {
      const { response, exchange } = responseTo();
      response.header('Content-Length', own);
      response.end(body);
      expect(exchange.length).toBe(body.length);
      expect(exchange.values('Content-Length')).toEqual([]);
    }
  });
});
