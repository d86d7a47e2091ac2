import type { ClientHttp2Stream, Http2Session } from 'node:http2';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import {
  SWOOLE_HTTP_CLIENT_ESTATUS_SERVER_RESET,
  SWOOLE_HTTP2_ERROR_INTERNAL_ERROR,
} from '../../constants/http.js';
import { readHeaders } from '../http/answer-headers.js';
import { Http2Response } from './http2-response.js';

/** Who is told of an exchange. */
export interface ExchangeSink {
  /** There is more of the answer. */
  more(exchange: Http2Exchange): void;
  /** The answer is over. */
  over(exchange: Http2Exchange): void;
}

/** One request on its stream, and what has come of the answer. */
export class Http2Exchange {
  /** Whether the answer is whole, or the server has given it up. */
  ended = false;
  readonly id: number;
  readonly #session: Http2Session | undefined;
  #response: Http2Response;
  #pieces: Buffer[] = [];

  /**
   * @param writable whether more of the body follows
   * @param inParts whether the answer is wanted part by part
   */
  constructor(
    readonly stream: ClientHttp2Stream,
    public writable: boolean,
    readonly inParts: boolean,
    private readonly sink: ExchangeSink,
  ) {
    this.id = stream.id ?? 0;
    this.#session = stream.session;
    this.#response = this.#fresh();
    stream.on('response', (_headers: unknown, _flags: number, raw: string[]) => {
      this.#head(raw);
      this.#read(this.#packed ? stream.pipe(createGunzip()) : stream);
    });
    stream.on('trailers', (_headers: unknown, _flags: number, raw: string[]) => this.#head(raw));
    stream.on('error', () => {});
    stream.on('close', () => this.#closed());
  }

  /** Whether there is a part to take before the end. */
  get begun(): boolean {
    return this.#pieces.length > 0;
  }

  /** Takes what has come. */
  take(): Http2Response {
    const response = this.#response;
    response.data = this.#pieces.length === 0 ? null : Buffer.concat(this.#pieces);
    response.pipeline = !this.ended;
    this.#pieces = [];
    this.#response = this.#fresh();
    return response;
  }

  get #packed(): boolean {
    return this.#response.headers?.['content-encoding']?.toLowerCase().startsWith('gzip') === true;
  }

  #fresh(): Http2Response {
    const response = new Http2Response();
    response.streamId = this.id;
    return response;
  }

  #head(raw: readonly string[]): void {
    const response = this.#response;
    const status = raw.indexOf(':status');
    if (status >= 0 && status % 2 === 0) response.statusCode = Number(raw[status + 1]);
    const plain: string[] = [];
    for (let i = 0; i < raw.length; i += 2)
      if (!(raw[i] as string).startsWith(':')) plain.push(raw[i] as string, raw[i + 1] as string);
    const { headers, setCookies, cookies } = readHeaders(plain, true);
    // Of several headers with one name the last counts.
    const last = Object.entries(headers).map(([name, value]): [string, string] => [
      name,
      [value].flat().at(-1) ?? '',
    ]);
    response.headers = { ...response.headers, ...Object.fromEntries(last) };
    response.set_cookie_headers = [...(response.set_cookie_headers ?? []), ...(setCookies ?? [])];
    response.cookies = { ...response.cookies, ...cookies };
  }

  #read(body: Readable): void {
    body.on('data', (piece: Buffer) => {
      this.#pieces.push(piece);
      this.sink.more(this);
    });
    body.on('end', () => this.#finish());
    if (body !== this.stream) body.on('error', () => this.#reset(SWOOLE_HTTP2_ERROR_INTERNAL_ERROR));
  }

  #closed(): void {
    const { rstCode = 0 } = this.stream;
    // A stream that ends with its connection has no answer, and nobody has given it up.
    if (!this.ended && rstCode !== 0 && this.#session?.destroyed === false) this.#reset(rstCode);
  }

  #reset(code: number): void {
    this.stream.close();
    this.#response.statusCode = SWOOLE_HTTP_CLIENT_ESTATUS_SERVER_RESET;
    this.#response.errCode = code;
    this.#finish();
  }

  #finish(): void {
    if (this.ended) return;
    this.ended = true;
    this.sink.over(this);
  }
}
