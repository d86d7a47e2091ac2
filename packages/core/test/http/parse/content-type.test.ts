import { describe, expect, it } from 'vitest';
import { formKind, methodHasForm, multipartBoundary } from '../../../src/http/parse/content-type.js';

describe('formKind', () => {
  it.each([
    ['application/x-www-form-urlencoded', 'urlencoded'],
    ['application/x-www-form-urlencoded; charset=utf-8', 'urlencoded'],
    ['APPLICATION/X-WWW-FORM-URLENCODED', 'urlencoded'],
    ['application/x-www-form-urlencodedx', 'urlencoded'],
    ['multipart/form-data; boundary=x', 'multipart'],
    ['Multipart/Form-Data', 'multipart'],
    ['multipart/mixed; boundary=x', null],
    ['text/plain', null],
    ['application/json', null],
    ['', null],
    [' application/x-www-form-urlencoded', null],
  ])('%j is %s', (type, kind) => {
    expect(formKind(type)).toBe(kind);
  });
});

describe('multipartBoundary', () => {
  it.each([
    ['multipart/form-data; boundary=xBoundaryx', 'xBoundaryx'],
    ['multipart/form-data; boundary="xBoundaryx"', 'xBoundaryx'],
    ['multipart/form-data;boundary=a', 'a'],
    ['multipart/form-data; charset=utf-8; BOUNDARY=a', 'a'],
    ['multipart/form-data; boundary=a; charset=utf-8', 'a'],
    ['multipart/form-data; boundary=a ; charset=utf-8', 'a'],
    ['multipart/form-data; boundary=a=b', 'a=b'],
    ['multipart/form-data; boundary="', '"'],
    ['multipart/form-data', null],
    ['multipart/form-data;', null],
    ['multipart/form-data; boundary', null],
    ['multipart/form-data; boundary=', null],
    ['multipart/form-data; boundary=""', null],
    ['multipart/form-data; boundary=;x', null],
    ['multipart/form-data; notboundary=a', null],
  ])('%j has %j', (type, boundary) => {
    expect(multipartBoundary(type)).toBe(boundary);
  });
});

it('parses forms of the four methods that Swoole parses', () => {
  expect(['POST', 'PUT', 'PATCH', 'DELETE', 'GET', 'OPTIONS', 'HEAD'].filter(methodHasForm)).toEqual([
    'POST',
    'PUT',
    'PATCH',
    'DELETE',
  ]);
});
