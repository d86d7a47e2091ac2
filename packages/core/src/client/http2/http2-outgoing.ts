import type { OutgoingHttpHeaders } from 'node:http2';
import { type FormFields, urlEncode, urlEncodedForm } from '../http/form-body.js';
import type { Http2Request } from './http2-request.js';

const FORM = 'application/x-www-form-urlencoded';

/** The headers of a request, as node:http2 takes them. @param server where the request goes */
export function requestHeaders(
  { method, path, headers, cookies, data }: Http2Request,
  { host, port, ssl }: { host: string; port: number; ssl: boolean },
): OutgoingHttpHeaders {
  const out: OutgoingHttpHeaders = {
    ':method': method === '' ? 'GET' : method,
    ':path': path === '' ? '/' : path,
    ':scheme': ssl ? 'https' : 'http',
    ':authority': port === (ssl ? 443 : 80) ? host : `${host}:${port}`,
  };
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (name.startsWith(':') || value === null || value === undefined) continue;
    const lower = name.toLowerCase();
    out[lower === 'host' ? ':authority' : lower] = String(value);
  }
  if (isFields(data)) out['content-type'] = FORM;
  const pairs = Object.entries(cookies ?? {}).map(([name, value]) => `${name}=${urlEncode(value)}`);
  if (pairs.length > 0) out.cookie = pairs;
  return out;
}

/** The bytes of a body, or of a part of one. */
export function encodedBody(data: string | Uint8Array | FormFields): Buffer {
  return Buffer.from(isFields(data) ? urlEncodedForm(data) : (data as string));
}

function isFields(data: unknown): data is FormFields {
  return typeof data === 'object' && data !== null && !(data instanceof Uint8Array);
}
