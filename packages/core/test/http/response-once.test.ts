import { describe, expect, it } from 'vitest';
import { swoole_clear_error, swoole_last_error } from '../../src/errors/last-error.js';
import { type Content, Response } from '../../src/http/response.js';
import { responseContext, responseTo } from './fake-exchange.js';
import { collectWarnings } from './warnings.js';

const warnings = collectWarnings();

/** Every method that changes or sends something, and the error number it leaves. */
function tryAll(response: Response): Array<[method: string, result: unknown, error: number]> {
  const calls: Array<[string, () => unknown]> = [
    ['end', () => response.end('again')],
    ['write', () => response.write('more')],
    ['header', () => response.header('X-Late', '1')],
    ['setHeader', () => response.setHeader('X-Late', '1')],
    ['status', () => response.status(500)],
    ['setStatusCode', () => response.setStatusCode(500)],
    ['cookie', () => response.cookie('late', '1')],
    ['rawcookie', () => response.rawcookie('late', '1')],
    ['trailer', () => response.trailer('x', '1')],
    ['redirect', () => response.redirect('/elsewhere')],
    ['sendfile', () => response.sendfile(import.meta.filename)],
    ['initHeader', () => response.initHeader()],
    ['detach', () => response.detach()],
  ];
  return calls.map(([method, run]) => {
    swoole_clear_error();
    const result = run();
    return [method, result, swoole_last_error()];
  });
}

function expectAllRefused(response: Response): void {
  expect(response.isWritable()).toBe(false);
  for (const [method, result, error] of tryAll(response))
    expect([method, result, error]).toEqual([method, false, 7106]);
}

// The pages of the scenario http-response-once.
describe('a response that is over', () => {
  it('refuses everything after end() with 7106, and sends nothing more', () => {
    const { response, exchange, context } = responseTo();
    expect(response.isWritable()).toBe(true);
    expect(response.end('first')).toBe(true);
    expectAllRefused(response);
    expect(exchange.calls).toEqual(['respond']);
    expect(exchange.body.toString()).toBe('first');
    expect(context.ended).toEqual([{ response, close: false }]);
    expect(warnings).toEqual([]);
  });

  it('refuses everything after redirect() and after detach()', () => {
    const redirected = responseTo();
    expect(redirected.response.redirect('/there')).toBe(true);
    expectAllRefused(redirected.response);
    const detached = responseTo();
    expect(detached.response.detach()).toBe(true);
    expectAllRefused(detached.response);
    expect(detached.exchange.calls).toEqual([]);
    expect(detached.context.ended).toHaveLength(1);
  });

  it('still reads the arguments of end() as over, not as wrong', () => {
    const { response } = responseTo();
    response.end();
    expect(response.end(['a'] as unknown as Content)).toBe(false);
    expect(swoole_last_error()).toBe(7106);
  });
});

describe('Response.write()', () => {
  it('sends the head once, then chunks, the last one with end()', () => {
    const { response, exchange } = responseTo();
    expect(response.write('one,')).toBe(true);
    expect(response.isWritable()).toBe(true);
    expect(response.header('X-Too-Late', '1')).toBe(true);
    expect(response.status(404)).toBe(true);
    expect(response.write('')).toBe(false);
    expect(swoole_last_error()).toBe(550);
    expect(warnings).toEqual(['Swoole\\Http\\Response::write(): the data sent must not be empty']);
    expect(response.write('two,')).toBe(true);
    expect(response.end('three')).toBe(true);
    expect(response.write('four')).toBe(false);
    expect(response.isWritable()).toBe(false);
    expect(exchange.calls).toEqual(['start', 'write', 'write', 'finish']);
    expect(exchange.lines).toEqual([
      'HTTP/1.1 200 OK',
      'Server: swoole-http-server',
      'Connection: keep-alive',
      'Content-Type: text/html',
    ]);
    expect(exchange.chunks).toEqual(['one,', 'two,', 'three']);
  });

  it('sends no empty last chunk', () => {
    const { response, exchange } = responseTo();
    response.write('a');
    response.end();
    expect(exchange.chunks).toEqual(['a']);
    expect(exchange.calls).toEqual(['start', 'write', 'finish']);
  });

  it('leaves framing headers of the program out', () => {
    const { response, exchange } = responseTo();
    response.header('Content-Length', '8');
    response.header('Transfer-Encoding', 'chunked');
    response.write('1234');
    expect(exchange.lines.filter((line) => /^(content-length|transfer)/i.test(line))).toEqual([]);
  });

  it('sends the head even if the first piece is empty', () => {
    const { response, exchange } = responseTo();
    expect(response.write('')).toBe(false);
    expect(exchange.calls).toEqual(['start']);
  });

  it('writes scalars as PHP does, and bytes as they are', () => {
    const { response, exchange } = responseTo();
    response.write(12);
    response.write(true);
    response.write(Buffer.from('bytes'));
    response.end('0');
    expect(exchange.chunks).toEqual(['12', '1', 'bytes', '0']);
  });

  it('closes an HTTP/1.0 connection with the last chunk', () => {
    const { response, exchange, context } = responseTo({ version: '1.0' });
    response.write('first ');
    response.end('last');
    expect(exchange.values('Connection')).toEqual(['close']);
    expect(exchange.close).toBe(true);
    expect(context.ended).toEqual([{ response, close: true }]);
  });
});

describe('Response.redirect()', () => {
  it('sends 302 and the location behind the headers set before', () => {
    const { response, exchange } = responseTo();
    response.header('X-Before', '1');
    expect(response.redirect('https://example.test/?a=1')).toBe(true);
    expect(exchange.lines).toEqual([
      'HTTP/1.1 302 Found',
      'X-Before: 1',
      'Location: https://example.test/?a=1',
      'Server: swoole-http-server',
      'Connection: keep-alive',
      'Content-Type: text/html',
      'Content-Length: 0',
    ]);
  });

  it('takes any code, and sends no location with a line end', () => {
    for (const [code, status] of [
      [301, '301 Moved Permanently'],
      [307, '307 Temporary Redirect'],
      [200, '200 OK'],
    ] as const) {
      const { response, exchange } = responseTo();
      response.redirect('/next', code);
      expect(exchange.status).toBe(status);
      expect(exchange.values('Location')).toEqual(['/next']);
    }
    const { response, exchange } = responseTo();
    expect(response.redirect('/a\r\nX-Evil: 1')).toBe(true);
    expect(exchange.status).toBe('302 Found');
    expect(exchange.values('Location')).toEqual([]);
    const empty = responseTo({ method: 'POST' });
    empty.response.redirect('', 301);
    expect(empty.exchange.values('Location')).toEqual(['']);
  });
});

describe('a response nobody ended', () => {
  it('becomes 500', () => {
    const { response, exchange, context } = responseTo();
    response.forgotten();
    expect(exchange.status).toBe('500 Internal Server Error');
    expect(exchange.length).toBe(0);
    expect(exchange.values('Connection')).toEqual(['keep-alive']);
    expect(context.ended).toHaveLength(1);
  });

  it('keeps the status and the headers that were set', () => {
    const { response, exchange } = responseTo();
    response.status(202);
    response.header('X-Was', 'set');
    response.forgotten();
    expect(exchange.status).toBe('202 Accepted');
    expect(exchange.values('X-Was')).toEqual(['set']);
  });

  it('ends a half-written body', () => {
    const { response, exchange } = responseTo();
    response.write('half of it');
    response.forgotten();
    expect(exchange.calls).toEqual(['start', 'write', 'finish']);
    expect(exchange.status).toBe('200 OK');
    expect(response.isWritable()).toBe(false);
  });

  it('is left alone when it is over or detached, or the peer is gone', () => {
    const ended = responseTo();
    ended.response.end();
    ended.response.forgotten();
    expect(ended.exchange.calls).toEqual(['respond']);
    const detached = responseTo();
    detached.response.detach();
    detached.response.forgotten();
    expect(detached.exchange.calls).toEqual([]);
    const gone = responseTo();
    gone.exchange.open = false;
    gone.response.forgotten();
    expect(gone.exchange.calls).toEqual([]);
    expect(gone.context.ended).toHaveLength(1);
    expect(swoole_last_error()).toBe(0);
  });
});

describe('Response.end()', () => {
  it.each<[Content, string]>([
    [12, '12'],
    [1.5, '1.5'],
    [true, '1'],
    [false, ''],
    [null, ''],
    [undefined, ''],
    [0.1 + 0.2, '0.3'],
    [1e25, '1.0E+25'],
    [10n ** 20n, '100000000000000000000'],
  ])('sends %s as PHP writes it', (content, text) => {
    const { response, exchange } = responseTo();
    expect(response.end(content)).toBe(true);
    expect(exchange.body.toString()).toBe(text);
  });

  it('throws for an array and stays open', () => {
    const { response, exchange } = responseTo();
    expect(() => response.end(['a'] as unknown as Content)).toThrow(
      new TypeError(
        'Swoole\\Http\\Response::end(): Argument #1 ($content) must be of type ?string, array given',
      ),
    );
    expect(() => response.write({ a: 1 } as unknown as Content)).toThrow(
      new TypeError(
        'Swoole\\Http\\Response::write(): Argument #1 ($content) must be of type string, array given',
      ),
    );
    expect(() => response.end(new Map() as unknown as Content)).toThrow('must be of type ?string, Map given');
    expect(response.isWritable()).toBe(true);
    response.status(500);
    expect(response.end('type error')).toBe(true);
    expect(exchange.lines[0]).toBe('HTTP/1.1 500 Internal Server Error');
  });

  it('gives false when the peer is gone', () => {
    const { response, exchange, context } = responseTo();
    exchange.open = false;
    expect(response.write('nobody')).toBe(false);
    expect(response.end('nobody')).toBe(false);
    expect(swoole_last_error()).toBe(1005);
    expect(exchange.calls).toEqual([]);
    expect(context.ended).toHaveLength(1);
  });

  it('gives false when the peer left in the middle of the body', () => {
    const { response, exchange } = responseTo();
    response.write('a');
    exchange.open = false;
    expect(response.write('b')).toBe(false);
    expect(response.end()).toBe(false);
    expect(exchange.calls).toEqual(['start', 'write']);
  });

  it('cannot send without an exchange', () => {
    const response = new Response(null, 99_999, responseContext());
    expect(response.fd).toBe(99_999);
    expect(response.isWritable()).toBe(true);
    expect(response.write('x')).toBe(false);
    expect(response.sendfile(import.meta.filename)).toBe(false);
    expect(response.end('x')).toBe(false);
  });
});
