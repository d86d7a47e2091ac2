import { ClientProxy } from './client-proxy.js';
import type { FormFields } from './form-body.js';
import { HttpClient } from './http-client.js';
import { HttpClientException } from './http-client-exception.js';
import type { HttpClientSettings } from './http-client-settings.js';

/**
 * Sends one request and waits for the answer.
 * @param url `http://` or `https://`
 * @param data text or bytes, or the fields of a form
 * @param options the settings of the client
 * @throws Coroutine.Http.Client.Exception when there is no answer, with the number of the error, and for another kind of URL
 * @see Swoole\Coroutine\Http\request
 */
export async function request(
  url: string,
  method: string,
  data: FormFields | string | Uint8Array | null = null,
  options: HttpClientSettings | null = null,
  headers: Record<string, string> | null = null,
  cookies: Record<string, string> | null = null,
): Promise<ClientProxy> {
  const { protocol, hostname, port, pathname, search } = parsed(url);
  const client = new HttpClient(hostname.replace(/^\[|\]$/g, ''), Number(port), protocol === 'https:');
  client.set(options ?? {});
  client.setMethod(method);
  if (data !== null && data !== '') client.setData(data);
  if (headers !== null) client.setHeaders(headers);
  if (cookies !== null) client.setCookies(cookies);
  try {
    if (!(await client.execute(pathname + search)))
      throw new HttpClientException(client.errMsg, client.errCode);
    return new ClientProxy(client.body, client.statusCode, client.headers, client.cookies);
  } finally {
    client.close();
  }
}

function parsed(url: string): URL {
  if (!URL.canParse(url)) throw new HttpClientException('The URL given is illegal [no scheme]');
  const result = new URL(url);
  const scheme = result.protocol.slice(0, -1);
  if (scheme !== 'http' && scheme !== 'https') throw new HttpClientException(`unknown scheme "${scheme}"`);
  return result;
}

/** Sends a GET request, as {@link request} does. @see Swoole\Coroutine\Http\get */
export function get(
  url: string,
  options: HttpClientSettings | null = null,
  headers: Record<string, string> | null = null,
  cookies: Record<string, string> | null = null,
): Promise<ClientProxy> {
  return request(url, 'GET', null, options, headers, cookies);
}

/** Sends a POST request, as {@link request} does. @see Swoole\Coroutine\Http\post */
export function post(
  url: string,
  data: FormFields | string | Uint8Array,
  options: HttpClientSettings | null = null,
  headers: Record<string, string> | null = null,
  cookies: Record<string, string> | null = null,
): Promise<ClientProxy> {
  return request(url, 'POST', data, options, headers, cookies);
}
