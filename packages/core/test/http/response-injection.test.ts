import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Cookie } from '../../src/http/cookie.js';
import { responseTo } from './fake-exchange.js';
import { collectWarnings } from './warnings.js';

collectWarnings();

/** Text as an attacker would make it: line ends and NUL at every place, and what turns into them when cut to a byte. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\r',
        '\n',
        '\0',
        '\r\n',
        '\r\nX-Evil: 1',
        ':',
        ';',
        ' ',
        '\t',
        'Ċ',
        'č',
        'Ā',
        '\u2028',
        '\ud800',
      ),
      fc.string({ maxLength: 4 }),
    ),
    { maxLength: 5 },
  )
  .map((pieces) => pieces.join(''));
const hostileName = fc.oneof(
  hostile,
  fc.constantFrom('server', 'Content-Type', 'CONNECTION', 'content-encoding', 'Set-Cookie'),
);
const hostileValue = fc.oneof(
  hostile,
  fc.array(hostile, { maxLength: 3 }),
  fc.dictionary(hostile, hostile, { maxKeys: 2 }),
);

function expectNoLineEnd(texts: readonly string[]): void {
  for (const text of texts) expect(/[\r\n\0]/.test(text), JSON.stringify(text)).toBe(false);
}

describe('a response', () => {
  it('never passes a line end or NUL on in its status, its headers or its cookies', () => {
    fc.assert(
      fc.property(
        fc.record({
          names: fc.array(fc.tuple(hostileName, hostileValue, fc.boolean()), { maxLength: 4 }),
          reason: hostile,
          code: fc.integer({ min: -5, max: 1100 }),
          cookies: fc.array(fc.tuple(hostile, hostile, hostile, hostile, hostile, hostile, fc.boolean()), {
            maxLength: 3,
          }),
          location: hostile,
          how: fc.constantFrom('end', 'write', 'redirect', 'forgotten', 'handshake'),
          method: fc.constantFrom('GET', 'HEAD'),
        }),
        ({ names, reason, code, cookies, location, how, method }) => {
          const { response, exchange } = responseTo({ method });
          for (const [name, value, format] of names) response.header(name, value, format);
          response.status(code, reason);
          for (const [name, value, path, domain, sameSite, priority, encode] of cookies) {
            const cookie = new Cookie(encode)
              .withName(name)
              .withValue(value)
              .withPath(path)
              .withDomain(domain);
            response.cookie(cookie.withSameSite(sameSite).withPriority(priority));
            response.rawcookie(name, value, 0, path, domain, false, false, sameSite, priority);
          }
          if (how === 'handshake') expectNoLineEnd(response.handshakeHeaders());
          if (how === 'end') response.end('x');
          else if (how === 'write') response.write('x');
          else if (how === 'redirect') response.redirect(location);
          else response.forgotten();
          expect(exchange.calls).toHaveLength(how === 'write' && exchange.started ? 2 : 1);
          expectNoLineEnd(exchange.headers);
          expectNoLineEnd([exchange.status]);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('Response.status()', () => {
  it('sends the usual reason instead of one with a line end', () => {
    const { response, exchange } = responseTo();
    expect(response.status(404, 'Gone\r\nX-Evil: 1')).toBe(true);
    response.end();
    expect(exchange.status).toBe('404 Not Found');
  });
});
