import { afterEach, describe, expect, it } from 'vitest';
import { Response, setResponseFactory } from '../../src/http/response.js';
import { FakeExchange, responseContext, responseTo } from './fake-exchange.js';
import { collectWarnings } from './warnings.js';

const warnings = collectWarnings();
afterEach(() => setResponseFactory(null));

describe('Response.create()', () => {
  it('asks the running server, with and without naming it', () => {
    const asked: unknown[] = [];
    const made = new Response(null, 7, responseContext());
    setResponseFactory((fd, server) => {
      asked.push([fd, server]);
      return made;
    });
    const server = {};
    expect(Response.create(7)).toBe(made);
    expect(Response.create(server, 7)).toBe(made);
    expect(Response.create(server)).toBe(made);
    expect(asked).toEqual([
      [7, null],
      [7, server],
      [-1, server],
    ]);
  });

  it('gives false without a server and for what is none', () => {
    expect(Response.create(1)).toBe(false);
    setResponseFactory(() => new Response(null, 1, responseContext()));
    expect(Response.create('1' as unknown as number)).toBe(false);
    expect(Response.create([1])).toBe(false);
    const wrong =
      'Swoole\\Http\\Response::create(): parameter $1 must be instanceof Server or Coroutine\\Socket';
    expect(warnings).toEqual(['Swoole\\Http\\Response::create(): server is not running', wrong, wrong]);
  });

  it('answers a detached request with an object that knows nothing of the old headers', () => {
    const exchange = new FakeExchange();
    const context = responseContext();
    const first = new Response(exchange, 3, context);
    first.header('X-Lost', 'headers stay with the old object');
    first.detach();
    const late = new Response(exchange, 3, context);
    late.status(201);
    late.header('X-Late', 'yes');
    expect(late.end('from the timer')).toBe(true);
    expect(exchange.status).toBe('201 Created');
    expect(exchange.values('X-Late')).toEqual(['yes']);
    expect(exchange.values('X-Lost')).toEqual([]);
  });
});

describe('a handshake', () => {
  it('hands a 101 over, with the headers that the engine does not write itself', () => {
    const headers: string[][] = [];
    const { response, exchange, context } = responseTo(
      {},
      {
        upgrade: (asked) => {
          headers.push(asked.handshakeHeaders(), [asked.headerText('sec-websocket-protocol')]);
          return true;
        },
      },
    );
    const set = {
      Upgrade: 'websocket',
      Connection: 'Upgrade',
      'Sec-WebSocket-Accept': 'x',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Protocol': 'chat',
      'X-Accepted-By': 'gate',
    };
    for (const [name, value] of Object.entries(set)) response.header(name, value);
    response.cookie('visit', '1');
    response.status(101);
    expect(response.end()).toBe(true);
    expect(response.isWritable()).toBe(false);
    expect(exchange.calls).toEqual([]);
    expect(headers).toEqual([
      [
        'Sec-Websocket-Version',
        '13',
        'X-Accepted-By',
        'gate',
        'Set-Cookie',
        'visit=1',
        'Server',
        'swoole-http-server',
      ],
      ['chat'],
    ]);
    expect(context.ended).toEqual([{ response, close: false }]);
  });

  it('that is refused ends its connection, and sends no defaults but Server', () => {
    const { response, exchange } = responseTo({}, { upgrade: () => true, compression: true });
    response.status(403);
    response.header('X-Why', 'not today');
    response.end('no entry');
    expect(exchange.lines).toEqual([
      'HTTP/1.1 403 Forbidden',
      'X-Why: not today',
      'Server: swoole-http-server',
      'Content-Length: 8',
    ]);
    expect(exchange.close).toBe(true);
  });

  it('that is forgotten is refused with 500', () => {
    const { response, exchange } = responseTo({}, { upgrade: () => true });
    response.forgotten();
    expect(exchange.status).toBe('500 Internal Server Error');
    expect(exchange.close).toBe(true);
  });
});
