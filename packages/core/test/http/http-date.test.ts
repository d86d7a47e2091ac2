import { describe, expect, it } from 'vitest';
import { cookieDate, httpDate } from '../../src/http/http-date.js';

// The moment that RFC 9110, 5.6.7 writes in all its formats.
describe('a moment', () => {
  it('is written as HTTP and as cookies have it', () => {
    expect(httpDate(784_111_777_000)).toBe('Sun, 06 Nov 1994 08:49:37 GMT');
    expect(cookieDate(784_111_777)).toBe('Sun, 06-Nov-1994 08:49:37 GMT');
  });
});
