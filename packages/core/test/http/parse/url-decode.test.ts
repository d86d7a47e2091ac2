import { expect, it } from 'vitest';
import { rawUrlDecode, urlDecode } from '../../../src/http/parse/url-decode.js';

it('makes path_info of the recorded paths', () => {
  expect(urlDecode('/room/caf%C3%A9%20one')).toBe('/room/café one');
  expect(urlDecode('/a//b/../c/./d%2Fe%20f+g')).toBe('/a//b/../c/./d/e f g');
});

it('leaves what is no escape', () => {
  expect(urlDecode('%zz%4%%41%')).toBe('%zz%4%A%');
  expect(urlDecode('100%')).toBe('100%');
});

it('keeps a plus only when asked to decode raw', () => {
  expect(rawUrlDecode('a+b%2Bc')).toBe('a+b+c');
  expect(urlDecode('a+b%2Bc')).toBe('a b+c');
});

it('does not decode twice', () => {
  expect(urlDecode('%2541')).toBe('%41');
});
