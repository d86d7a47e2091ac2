import { describe, expect, it } from 'vitest';
import { keepsAlive } from '../../src/http/keep-alive.js';
import { requestHead, responseTo } from './fake-exchange.js';

// Versions and Connection headers of the scenario http-keepalive-and-pipelining.
const cases: Array<['1.0' | '1.1', string[], boolean]> = [
  ['1.1', [], true],
  ['1.1', ['close'], false],
  ['1.1', ['Keep-Alive'], true],
  ['1.0', [], false],
  ['1.0', ['keep-alive'], true],
  ['1.0', ['Keep-Alive'], true],
  ['1.1', ['CLOSE'], false],
  ['1.1', ['foo, close'], false],
  ['1.1', ['foo,CLOSE ,bar'], false],
  ['1.1', ['keep-alive, Upgrade'], true],
  ['1.1', ['closed'], true],
  ['1.1', ['keep-alive', 'close'], false],
  ['1.0', ['upgrade', 'x, keep-alive'], true],
];

describe('keepsAlive', () => {
  it.each(cases)('reads HTTP/%s with Connection %j as %s', (version, values, alive) => {
    const headers = values.flatMap((value) => ['connection', value]);
    expect(keepsAlive(requestHead({ version, headers: ['host', 'x', ...headers] }))).toBe(alive);
  });
});

describe('a response', () => {
  it.each(cases)(
    'to HTTP/%s with Connection %j says what becomes of the connection: %s',
    (version, values, alive) => {
      const headers = values.flatMap((value) => ['connection', value]);
      const { response, exchange, context } = responseTo({ version, headers });
      response.end('x');
      expect(exchange.values('Connection')).toEqual([alive ? 'keep-alive' : 'close']);
      expect(exchange.close).toBe(!alive);
      expect(context.ended).toEqual([{ response, close: !alive }]);
    },
  );

  it('keeps the connection though the program says close, as Swoole does', () => {
    const { response, exchange } = responseTo();
    response.header('Connection', 'close');
    response.end('x');
    expect(exchange.values('Connection')).toEqual(['close']);
    expect(exchange.close).toBe(false);
  });
});
