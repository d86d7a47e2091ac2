import type { OutgoingHttpHeaders } from 'node:http2';
import type { RequestHead } from '../engine.js';

/** What HTTP/2 has other means for (RFC 9113, section 8.2.2). */
const OF_HTTP_1 = new Set(['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'upgrade']);

/**
 * A request's head in the form of HTTP/1: the authority is its Host, and cookies are one header again (RFC 9113, sections 8.3.1 and 8.2.3).
 * @param raw name, value, name, value…
 */
export function requestHead(raw: readonly string[], stream: number): RequestHead {
  let method = '';
  let target = '/';
  let authority = '';
  let cookie = '';
  const headers: string[] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = (raw[i] as string).toLowerCase();
    const value = raw[i + 1] as string;
    if (name === ':method') method = value;
    else if (name === ':path') target = value;
    else if (name === ':authority') authority = value;
    else if (name === 'cookie') cookie = cookie === '' ? value : `${cookie}; ${value}`;
    else if (!name.startsWith(':')) headers.push(name, value);
  }
  if (authority !== '' && !hasName(headers, 'host')) headers.unshift('host', authority);
  if (cookie !== '') headers.push('cookie', cookie);
  const question = target.indexOf('?');
  return {
    method,
    path: question < 0 ? target : target.slice(0, question),
    query: question < 0 ? '' : target.slice(question + 1),
    version: '2',
    stream,
    headers,
  };
}

/** A response's head in the form of HTTP/2. @param status the code and the reason, of which HTTP/2 has only the code */
export function responseHead(status: string, list: readonly string[]): OutgoingHttpHeaders {
  const headers: Record<string, string | string[]> = headersOf(list);
  headers[':status'] = status.slice(0, 3);
  return headers;
}

/** Names in lower case, repeats as arrays, without what is of HTTP/1 only. */
export function headersOf(list: readonly string[]): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = Object.create(null);
  for (let i = 0; i + 1 < list.length; i += 2) {
    const name = (list[i] as string).toLowerCase();
    const value = list[i + 1] as string;
    if (OF_HTTP_1.has(name)) continue;
    const before = headers[name];
    if (before === undefined) headers[name] = value;
    else headers[name] = Array.isArray(before) ? [...before, value] : [before, value];
  }
  return headers;
}

function hasName(headers: readonly string[], name: string): boolean {
  for (let i = 0; i < headers.length; i += 2) if (headers[i] === name) return true;
  return false;
}
