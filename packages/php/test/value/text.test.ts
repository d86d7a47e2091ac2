import { describe, expect, it } from 'vitest';
import { bytes, isUtf8, received, text } from '../../src/value/text.js';

/** Every two bytes, and beginnings of characters of three and four that go on, end, or are cut off. */
function* pieces(): Generator<Buffer> {
  for (let first = 0; first < 256; first++)
    for (let second = 0; second < 256; second++) yield Buffer.of(first, second);
  for (const lead of [0xe0, 0xe2, 0xed, 0xef, 0xf0, 0xf3, 0xf4])
    for (const second of [0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0])
      for (const third of [0x41, 0x80, 0xbf])
        for (const fourth of [0x41, 0x80, 0xbf]) yield Buffer.of(lead, second, third, fourth);
}

describe('a PHP string', () => {
  it('keeps any bytes as text, and gives them back', () => {
    for (const piece of pieces()) if (!bytes(text(piece)).equals(piece)) expect(piece).toBe('kept');
    const all = Buffer.concat([...pieces()]);
    expect(bytes(text(all)).equals(all)).toBe(true);
  });

  it('has characters where bytes are UTF-8, and one lone surrogate for each byte that is none', () => {
    // "é", a cut "€", "A", the surrogate U+D800 in three bytes, which is no UTF-8, "😀"
    const mixed = Buffer.from('c3a9e28241eda080f09f9880', 'hex');
    expect(text(mixed)).toBe('é\udce2\udc82A\udced\udca0\udc80😀');
    expect(bytes('é\udce2\udc82A\udced\udca0\udc80😀')).toEqual(mixed);
  });

  it('makes the replacement character of other lone surrogates, as Buffer does', () => {
    expect(bytes('\ud800a\udcff')).toEqual(Buffer.from('efbfbd61ff', 'hex'));
  });

  it('that came from outside is a string when it is UTF-8, else bytes', () => {
    expect(received(Buffer.from('naïve \ufffd'))).toBe('naïve \ufffd');
    expect(received(Buffer.of(0x61, 0xff))).toEqual(Buffer.of(0x61, 0xff));
    expect([isUtf8(Buffer.of(0xc3)), isUtf8(Buffer.of(0xc3, 0xa9)), isUtf8('\udc80'), isUtf8('é')]).toEqual([
      false,
      true,
      false,
      true,
    ]);
  });
});
