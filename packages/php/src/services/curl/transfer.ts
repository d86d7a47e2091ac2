import { readFileSync } from 'node:fs';
import { type ClientRequest, type IncomingMessage, request as plain } from 'node:http';
import { type RequestOptions, request as secure } from 'node:https';
import { basename } from 'node:path';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import * as opt from '../../constants/curl.js';
import { toBool, toBytes, toFloat, toInt, toStr } from '../../value/convert.js';
import { isArray, items, pairs } from '../../value/kinds.js';
import type { CurlHandle, Transfer } from './handle.js';

/** A failure with the number that curl has for it. */
export class CurlError extends Error {
  constructor(
    readonly errno: number,
    message: string,
  ) {
    super(message);
  }
}

interface Outgoing {
  method: string;
  headers: Map<string, string>;
  body: Buffer | null;
}

/** Does what the options of a handle ask for. */
export async function transfer(handle: CurlHandle): Promise<Transfer> {
  const { options } = handle;
  const begun = performance.now();
  let url = toStr(options.get(opt.CURLOPT_URL));
  if (url === '') throw new CurlError(opt.CURLE_URL_MALFORMAT, 'No URL set');
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(url)) url = `http://${url}`;
  const outgoing = outgoingOf(options);
  const most = options.has(opt.CURLOPT_MAXREDIRS) ? toInt(options.get(opt.CURLOPT_MAXREDIRS)) : 20;
  let head = '';
  for (let redirects = 0; ; redirects++) {
    const answer = await once(url, outgoing, options, remaining(options, begun));
    head += answer.head;
    const to = answer.headers.location;
    const follow =
      toBool(options.get(opt.CURLOPT_FOLLOWLOCATION)) &&
      answer.status >= 300 &&
      answer.status < 400 &&
      to !== undefined;
    if (!follow) return { ...answer, url, head, redirects, time: (performance.now() - begun) / 1000 };
    if (most >= 0 && redirects >= most)
      throw new CurlError(opt.CURLE_TOO_MANY_REDIRECTS, `Maximum (${most}) redirects followed`);
    const next = new URL(to, url);
    // Secrets do not follow to another host.
    if (next.host !== new URL(url).host)
      for (const name of ['authorization', 'cookie']) outgoing.headers.delete(name);
    if (
      answer.status === 303 ||
      (outgoing.method === 'POST' && answer.status <= 302 && !options.has(opt.CURLOPT_CUSTOMREQUEST))
    ) {
      outgoing.method = 'GET';
      outgoing.body = null;
      for (const name of ['content-type', 'content-length']) outgoing.headers.delete(name);
    }
    url = next.href;
  }
}

/** Milliseconds that are left of CURLOPT_TIMEOUT; 0 for no limit. */
function remaining(options: ReadonlyMap<number, unknown>, begun: number): number {
  const limit =
    toFloat(options.get(opt.CURLOPT_TIMEOUT_MS) ?? 0) ||
    toFloat(options.get(opt.CURLOPT_TIMEOUT) ?? 0) * 1000;
  if (limit <= 0) return 0;
  const left = limit - (performance.now() - begun);
  if (left <= 0)
    throw new CurlError(
      opt.CURLE_OPERATION_TIMEDOUT,
      `Operation timed out after ${Math.round(limit)} milliseconds`,
    );
  return left;
}

function outgoingOf(options: ReadonlyMap<number, unknown>): Outgoing {
  const headers = new Map<string, string>([['accept', '*/*']]);
  let body: Buffer | null = null;
  const fields = options.get(opt.CURLOPT_POSTFIELDS);
  if (isArray(fields)) {
    const form = multipart(fields);
    body = form.body;
    headers.set('content-type', `multipart/form-data; boundary=${form.boundary}`);
  } else if (fields !== undefined) {
    body = toBytes(fields);
    headers.set('content-type', 'application/x-www-form-urlencoded');
  } else if (toBool(options.get(opt.CURLOPT_POST))) body = Buffer.alloc(0);
  const text = (option: number, name: string): void => {
    if (options.has(option)) headers.set(name, toStr(options.get(option)));
  };
  text(opt.CURLOPT_USERAGENT, 'user-agent');
  text(opt.CURLOPT_REFERER, 'referer');
  text(opt.CURLOPT_COOKIE, 'cookie');
  if (options.has(opt.CURLOPT_ENCODING))
    headers.set('accept-encoding', toStr(options.get(opt.CURLOPT_ENCODING)) || 'gzip, deflate, br');
  if (options.has(opt.CURLOPT_USERPWD))
    headers.set('authorization', `Basic ${toBytes(options.get(opt.CURLOPT_USERPWD)).toString('base64')}`);
  for (const line of listOf(options.get(opt.CURLOPT_HTTPHEADER))) {
    const colon = line.indexOf(':');
    if (colon < 0) continue;
    const [name, value] = [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
    if (value === '') headers.delete(name);
    else headers.set(name, value);
  }
  if (body !== null) headers.set('content-length', String(body.length));
  return { method: methodOf(options, body), headers, body };
}

const listOf = (value: unknown): string[] => (isArray(value) ? items(value).map(toStr) : []);

function methodOf(options: ReadonlyMap<number, unknown>, body: Buffer | null): string {
  if (options.has(opt.CURLOPT_CUSTOMREQUEST)) return toStr(options.get(opt.CURLOPT_CUSTOMREQUEST));
  if (toBool(options.get(opt.CURLOPT_NOBODY))) return 'HEAD';
  if (toBool(options.get(opt.CURLOPT_PUT)) || toBool(options.get(opt.CURLOPT_UPLOAD))) return 'PUT';
  return body === null ? 'GET' : 'POST';
}

/** A file for a form: what `new CURLFile()` is. */
export class CURLFile {
  static readonly phpName: string = 'CURLFile';
  name: string;
  mime: string;
  postname: string;

  constructor(filename: unknown, mime_type: unknown = null, posted_filename: unknown = null) {
    this.name = toStr(filename);
    this.mime = toStr(mime_type);
    this.postname = toStr(posted_filename);
  }
}

function multipart(fields: Parameters<typeof pairs>[0]): { body: Buffer; boundary: string } {
  const boundary = `------------------------${Array.from({ length: 16 }, () => Math.floor(Math.random() * 16).toString(16)).join('')}`;
  const parts = pairs(fields).flatMap(([key, value]) => {
    const name = String(key).replace(/["\r\n]/g, (char) => encodeURIComponent(char));
    const file = value instanceof CURLFile ? value : null;
    const extra =
      file === null
        ? ''
        : `; filename="${(file.postname || basename(file.name)).replace(/["\r\n]/g, (char) => encodeURIComponent(char))}"\r\nContent-Type: ${file.mime || 'application/octet-stream'}`;
    const content = file === null ? toBytes(value) : readFileSync(file.name);
    return [
      Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"${extra}\r\n\r\n`),
      content,
      Buffer.from('\r\n'),
    ];
  });
  return { body: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]), boundary };
}

function once(
  address: string,
  outgoing: Outgoing,
  options: ReadonlyMap<number, unknown>,
  limit: number,
): Promise<Transfer> {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return Promise.reject(
      new CurlError(opt.CURLE_URL_MALFORMAT, 'URL rejected: Malformed input to a URL function'),
    );
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return Promise.reject(
      new CurlError(opt.CURLE_UNSUPPORTED_PROTOCOL, `Protocol "${url.protocol.slice(0, -1)}" not supported`),
    );
  return new Promise((resolve, reject) => {
    const settings: RequestOptions = {
      method: outgoing.method,
      headers: Object.fromEntries(outgoing.headers),
      ...(options.has(opt.CURLOPT_SSL_VERIFYPEER)
        ? { rejectUnauthorized: toBool(options.get(opt.CURLOPT_SSL_VERIFYPEER)) }
        : {}),
      ...(options.has(opt.CURLOPT_CAINFO)
        ? { ca: readFileSync(toStr(options.get(opt.CURLOPT_CAINFO))) }
        : {}),
      ...(options.has(opt.CURLOPT_UNIX_SOCKET_PATH)
        ? { socketPath: toStr(options.get(opt.CURLOPT_UNIX_SOCKET_PATH)) }
        : {}),
      ...(url.username === ''
        ? {}
        : { auth: `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}` }),
    };
    const request: ClientRequest = (url.protocol === 'https:' ? secure : plain)(url, settings, (response) =>
      collect(response, outgoing, options).then(resolve, reject),
    );
    const timedOut = (): void =>
      void request.destroy(
        new CurlError(
          opt.CURLE_OPERATION_TIMEDOUT,
          `Operation timed out after ${Math.round(limit)} milliseconds`,
        ),
      );
    const timer = limit > 0 ? setTimeout(timedOut, limit) : undefined;
    const connect =
      toFloat(options.get(opt.CURLOPT_CONNECTTIMEOUT_MS) ?? 0) ||
      toFloat(options.get(opt.CURLOPT_CONNECTTIMEOUT) ?? 0) * 1000;
    request.on('socket', (socket) => {
      if (connect <= 0 || !socket.connecting) return;
      const early = setTimeout(
        () => void request.destroy(new CurlError(opt.CURLE_OPERATION_TIMEDOUT, 'Connection timed out')),
        connect,
      );
      socket.once('connect', () => clearTimeout(early));
      socket.once('close', () => clearTimeout(early));
    });
    request.on('error', (error) => reject(curlError(error, url)));
    request.on('close', () => clearTimeout(timer));
    request.end(outgoing.body ?? undefined);
  });
}

async function collect(
  response: IncomingMessage,
  outgoing: Outgoing,
  options: ReadonlyMap<number, unknown>,
): Promise<Transfer> {
  const parts: Buffer[] = [];
  const { remoteAddress = '', remotePort = 0 } = response.socket;
  for await (const part of response) parts.push(part as Buffer);
  const lines = [`HTTP/${response.httpVersion} ${response.statusCode} ${response.statusMessage}`];
  for (let i = 0; i < response.rawHeaders.length; i += 2)
    lines.push(`${response.rawHeaders[i]}: ${response.rawHeaders[i + 1]}`);
  const raw = Buffer.concat(parts);
  return {
    url: '',
    status: response.statusCode ?? 0,
    head: `${lines.join('\r\n')}\r\n\r\n`,
    headers: response.headers,
    body: options.has(opt.CURLOPT_ENCODING) ? decoded(raw, response.headers['content-encoding']) : raw,
    redirects: 0,
    time: 0,
    sent: outgoing.body?.length ?? 0,
    address: remoteAddress,
    port: remotePort,
  };
}

function decoded(body: Buffer, encoding: string | undefined): Buffer {
  if (encoding === 'gzip' || encoding === 'x-gzip') return gunzipSync(body);
  if (encoding === 'deflate') return inflateSync(body);
  return encoding === 'br' ? brotliDecompressSync(body) : body;
}

function curlError(error: Error, url: URL): CurlError {
  if (error instanceof CurlError) return error;
  const { code = '' } = error as NodeJS.ErrnoException;
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return new CurlError(opt.CURLE_COULDNT_RESOLVE_HOST, `Could not resolve host: ${url.hostname}`);
  if (code === 'ECONNREFUSED')
    return new CurlError(
      opt.CURLE_COULDNT_CONNECT,
      `Failed to connect to ${url.hostname} port ${port}: Connection refused`,
    );
  if (code === 'ECONNRESET')
    return new CurlError(opt.CURLE_RECV_ERROR, 'Recv failure: Connection reset by peer');
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code))
    return new CurlError(opt.CURLE_SSL_PEER_CERTIFICATE, `SSL certificate problem: ${error.message}`);
  return new CurlError(opt.CURLE_COULDNT_CONNECT, error.message);
}
