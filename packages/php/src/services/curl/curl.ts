import * as opt from '../../constants/curl.js';
import { Stream } from '../../files/stream.js';
import { resolve } from '../../functions/callable.js';
import { echo } from '../../output/buffer.js';
import { toBool, toInt, toStr } from '../../value/convert.js';
import { type AnyArray, pairs } from '../../value/kinds.js';
import type { Mixed } from '../../value/mixed.js';
import { received } from '../../value/text.js';
import { CurlHandle } from './handle.js';
import { CurlError, transfer } from './transfer.js';

/** Begins a transfer by HTTP or HTTPS. */
export function curl_init(url: unknown = null): CurlHandle | false {
  const handle = new CurlHandle();
  if (url !== null) handle.options.set(opt.CURLOPT_URL, url);
  return handle;
}

/** Sets an option, `CURLOPT_*`. */
export function curl_setopt(handle: CurlHandle | false, option: number, value: unknown): boolean {
  if (handle === false) return false;
  handle.options.set(option, value);
  return true;
}

/** Sets several options at once. */
export function curl_setopt_array(handle: CurlHandle | false, options: AnyArray): boolean {
  return pairs(options).every(([option, value]) => curl_setopt(handle, toInt(option), value));
}

/**
 * Does the transfer.
 * @returns the body with CURLOPT_RETURNTRANSFER, else true after it was put out; false on failure: `curl_error()` tells
 */
export async function curl_exec(handle: CurlHandle | false): Promise<string | Buffer | boolean> {
  if (handle === false) return false;
  const { options } = handle;
  handle.errno = 0;
  handle.error = '';
  try {
    handle.transfer = await transfer(handle);
  } catch (error) {
    if (!(error instanceof CurlError)) throw error;
    handle.errno = error.errno;
    handle.error = error.message;
    return false;
  }
  const { status, head, body } = handle.transfer;
  if (toBool(options.get(opt.CURLOPT_FAILONERROR)) && status >= 400) {
    handle.errno = opt.CURLE_HTTP_RETURNED_ERROR;
    handle.error = `The requested URL returned error: ${status}`;
    return false;
  }
  const listener = options.get(opt.CURLOPT_HEADERFUNCTION);
  if (listener !== undefined)
    for (const line of head.split(/(?<=\r\n)/)) resolve(listener, 'curl_exec')(handle, line);
  return deliver(
    handle,
    toBool(options.get(opt.CURLOPT_HEADER)) ? Buffer.concat([Buffer.from(head), body]) : body,
  );
}

function deliver(handle: CurlHandle, body: Buffer): string | Buffer | true {
  const { options } = handle;
  const writer = options.get(opt.CURLOPT_WRITEFUNCTION);
  const file = options.get(opt.CURLOPT_FILE);
  if (writer !== undefined) resolve(writer, 'curl_exec')(handle, received(body));
  else if (file instanceof Stream) file.write(body);
  else if (toBool(options.get(opt.CURLOPT_RETURNTRANSFER))) return received(body);
  else echo(body);
  return true;
}

/** What is known of the last transfer: all of it, or one `CURLINFO_*`. */
export function curl_getinfo(handle: CurlHandle | false, option: number | null = null): Mixed {
  if (handle === false) return false;
  const done = handle.transfer;
  const info = {
    url: done?.url ?? toStr(handle.options.get(opt.CURLOPT_URL)),
    content_type: done?.headers['content-type'] ?? null,
    http_code: done?.status ?? 0,
    header_size: done?.head.length ?? 0,
    redirect_count: done?.redirects ?? 0,
    total_time: done?.time ?? 0,
    size_upload: done?.sent ?? 0,
    size_download: done?.body.length ?? 0,
    primary_ip: done?.address ?? '',
    primary_port: done?.port ?? 0,
  };
  switch (option) {
    case null:
      return info;
    case opt.CURLINFO_HTTP_CODE:
      return info.http_code;
    case opt.CURLINFO_EFFECTIVE_URL:
      return info.url;
    case opt.CURLINFO_CONTENT_TYPE:
      return info.content_type;
    case opt.CURLINFO_HEADER_SIZE:
      return info.header_size;
    case opt.CURLINFO_REDIRECT_COUNT:
      return info.redirect_count;
    case opt.CURLINFO_TOTAL_TIME:
      return info.total_time;
    case opt.CURLINFO_SIZE_DOWNLOAD:
      return info.size_download;
    case opt.CURLINFO_SIZE_UPLOAD:
      return info.size_upload;
    case opt.CURLINFO_PRIMARY_IP:
      return info.primary_ip;
    case opt.CURLINFO_PRIMARY_PORT:
      return info.primary_port;
    default:
      return false;
  }
}

/** The number of the last failure, `CURLE_*`; 0 when there was none. */
export function curl_errno(handle: CurlHandle): number {
  return handle.errno;
}

/** The text of the last failure, empty when there was none. */
export function curl_error(handle: CurlHandle): string {
  return handle.error;
}

/** Nothing is left to be closed. */
export function curl_close(_handle: CurlHandle | false): void {}

/** Forgets all options. */
export function curl_reset(handle: CurlHandle): void {
  handle.options.clear();
}

export function curl_copy_handle(handle: CurlHandle): CurlHandle {
  const twin = new CurlHandle();
  for (const [option, value] of handle.options) twin.options.set(option, value);
  return twin;
}

export function curl_escape(_handle: CurlHandle, string: unknown): string {
  return encodeURIComponent(toStr(string)).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
