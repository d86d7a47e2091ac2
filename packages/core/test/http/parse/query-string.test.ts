import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { setWarningHandler } from '../../../src/errors/warnings.js';
import { parseQueryString } from '../../../src/http/parse/query-string.js';
import { likePhp, recordedLines } from './recording.js';

const lines = recordedLines('http-form-parsing');
const queries = lines.slice(lines.indexOf('-- query strings') + 1, lines.indexOf('-- bodies')).map((line) => {
  const arrow = line.indexOf(' -> ');
  return { query: line.slice(0, arrow), get: JSON.parse(line.slice(arrow + 4)).get };
});
const bodies = lines.flatMap((line) => {
  const match = /^\S+ application\S+?(?:; \S+)? (".*") -> (.*)$/i.exec(line);
  const post = match && JSON.parse(match[2]!).post;
  return post ? [{ body: JSON.parse(match[1]!), post }] : [];
});

/** Plain copies: `toEqual` does not look at prototypes, but lists and objects must differ. */
const parse = (text: string, max?: number) => JSON.parse(JSON.stringify(parseQueryString(text, max)));

afterEach(() => {
  setWarningHandler(null);
});

describe('what Swoole made of it when it was recorded', () => {
  it('knows all recorded query strings and bodies', () => {
    expect(queries).toHaveLength(30);
    expect(bodies.length).toBeGreaterThan(8);
  });

  // The client sent a space as %20.
  it.each(queries)('query string $query', ({ query, get }) => {
    expect(likePhp(parseQueryString(query.replaceAll(' ', '%20')))).toEqual(get);
  });

  it.each(bodies)('body $body', ({ body, post }) => {
    expect(likePhp(parseQueryString(body))).toEqual(post);
  });

  it('reads the query string of the recorded WebSocket handshake', () => {
    const query = 'name=J%C3%BCrgen+B&tags[]=x&tags[]=y&opt[deep][er]=1&empty=&flag&a.b=dot#frag';
    expect(parse(query)).toEqual({
      name: 'Jürgen B',
      tags: ['x', 'y'],
      opt: { deep: { er: '1' } },
      empty: '',
      flag: '',
      a_b: 'dot#frag',
    });
  });
});

describe('names', () => {
  it('keeps a leading space inside brackets as part of the key', () => {
    expect(parse('a[ b]=1')).toEqual({ a: { ' b': '1' } });
  });

  it('takes what follows an unclosed bracket into a plain name, at the first level only', () => {
    expect(parse('a[b.c[d e=1')).toEqual({ a_b_c_d_e: '1' });
    expect(parse('a[x][b=1')).toEqual({ a: { x: '1' } });
    expect(parse('a[][b=1')).toEqual({ a: ['1'] });
  });

  it('keeps dots and spaces inside closed brackets', () => {
    expect(parse('x.y[b.c][d e]=1')).toEqual({ x_y: { 'b.c': { 'd e': '1' } } });
  });

  it('ends a name at a NUL', () => {
    expect(parse('a%00b=1&%00=2')).toEqual({ a: '1' });
  });

  it('ends the text at a raw NUL', () => {
    expect(parse('a=1\0&b=2')).toEqual({ a: '1' });
    expect(parse('a\0=1')).toEqual({ a: '' });
  });

  it('drops names that become cookie prefixes only by mangling', () => {
    expect(parse('..Host-a=1&. Secure-b=2&_[Host-c=3&__Host-d=4')).toEqual({ '__Host-d': '4' });
  });
});

describe('lists and maps', () => {
  it('counts on after the greatest integer key, and not after keys that only look like one', () => {
    expect(parse('a[7]=x&a[]=y')).toEqual({ a: { 7: 'x', 8: 'y' } });
    expect(parse('a[x]=1&a[]=2&a[]=3')).toEqual({ a: { x: '1', 0: '2', 1: '3' } });
    expect(parse('a[07]=x&a[-3]=y&a[-0]=z&a[]=w')).toEqual({
      a: { '07': 'x', '-3': 'y', '-0': 'z', 0: 'w' },
    });
    expect(parse('a[]=0&a[]=1&a[9]=x&a[]=y')).toEqual({ a: { 0: '0', 1: '1', 9: 'x', 10: 'y' } });
  });

  it('makes an object of keys that are out of order', () => {
    expect(parse('a[1]=y&a[0]=x')).toEqual({ a: { 0: 'x', 1: 'y' } });
    expect(Array.isArray(parseQueryString('a[1]=y&a[0]=x').a)).toBe(false);
  });

  it('makes a list of 0..n-1 in order, overwritten or not', () => {
    expect(parse('a[0]=x&a[1]=y&a[0]=z&a[]=w')).toEqual({ a: ['z', 'y', 'w'] });
  });

  it('has no index left after the greatest one', () => {
    expect(parse('a[9223372036854775807]=x&a[]=y')).toEqual({ a: { '9223372036854775807': 'x' } });
    expect(parse('a[9223372036854775808]=x&a[]=y')).toEqual({ a: { '9223372036854775808': 'x', 0: 'y' } });
    expect(parse('a[9007199254740993]=x&a[]=y')).toEqual({
      a: { '9007199254740993': 'x', '9007199254740994': 'y' },
    });
    expect(parse('a[9223372036854775807]=x&a[][b]=y')).toEqual({ a: { '9223372036854775807': 'x' } });
  });

  it('always makes an object of the outermost array', () => {
    expect(Array.isArray(parseQueryString('0=a&1=b'))).toBe(false);
    expect(parse('0=a&1=b')).toEqual({ 0: 'a', 1: 'b' });
  });
});

describe('encoding', () => {
  it('makes U+FFFD of what is no UTF-8', () => {
    expect(parse('a=%FF&b=%E6%BC&c=%E6%BC%A2%C3')).toEqual({ a: '\ufffd', b: '\ufffd', c: '漢\ufffd' });
  });

  it('takes text that came unencoded as it is', () => {
    expect(parse('ü=漢+字%21')).toEqual({ ü: '漢 字!' });
  });

  it('agrees with encodeURIComponent on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (value) => {
        expect(parseQueryString(`v=${encodeURIComponent(value)}`).v).toBe(value);
      }),
    );
  });
});

describe('limits', () => {
  it('leaves out variables after the first thousand and tells of it', () => {
    const warnings: string[] = [];
    setWarningHandler((_level, message) => warnings.push(message));
    const query = Array.from({ length: 1010 }, (_, i) => `v${i}=x`).join('&');
    expect(Object.keys(parseQueryString(query))).toHaveLength(1000);
    expect(warnings).toEqual([
      'Input variables exceeded 1000. To increase the limit change max_input_vars in php.ini.',
    ]);
  });

  it('counts no empty pieces', () => {
    expect(parse('&&a=1&&&b=2&c=3', 2)).toEqual({ a: '1', b: '2' });
  });

  it('nests 64 levels and drops the whole variable beyond', () => {
    const deep = (levels: number) => `a${'[k]'.repeat(levels)}=1`;
    let value: unknown = parse(deep(64)).a;
    for (let i = 0; i < 64; i++) value = (value as { k: unknown }).k;
    expect(value).toBe('1');
    expect(parse(`a[x]=1&b=2&${deep(65)}`)).toEqual({ b: '2' });
  });
});

it('never throws, and its lists and objects hold only strings', () => {
  const piece = fc.constantFrom(
    'a',
    'b',
    '[',
    ']',
    '[]',
    '=',
    '&',
    '%',
    '%5B',
    '%00',
    '+',
    '.',
    ' ',
    '0',
    '-',
    'é',
    '__proto__',
  );
  const check = (value: unknown): void => {
    if (typeof value === 'string') return;
    if (!Array.isArray(value)) expect(Object.getPrototypeOf(value)).toBeNull();
    for (const item of Object.values(value as object)) check(item);
  };
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
      ),
      (text) => check(parseQueryString(text)),
    ),
    { numRuns: 1000 },
  );
});
