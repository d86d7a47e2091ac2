/** The answer to a request, or a part of it. @see Swoole\Http2\Response */
export class Http2Response {
  static readonly phpName = 'Swoole\\Http2\\Response';
  /** Which request it answers: the number that `send()` gave. */
  streamId = 0;
  /** Why the server has given up the stream, one of `SWOOLE_HTTP2_ERROR_*`; 0 when it has not. */
  errCode = 0;
  /** 0 in the later parts of an answer; -3, `SWOOLE_HTTP_CLIENT_ESTATUS_SERVER_RESET`, when the server has given up the stream. */
  statusCode = 0;
  /** Whether more parts follow. */
  pipeline = false;
  /** The headers and trailers by their names; null in the later parts of an answer. */
  headers: Record<string, string> | null = null;
  /** The Set-Cookie headers. */
  set_cookie_headers: string[] | null = null;
  cookies: Record<string, string> | null = null;
  /** The body, null when it is empty. */
  data: Buffer | null = null;
}
