import type { FormFields } from '../http/form-body.js';

/** What `Coroutine.Http2.Client.send()` sends. @see Swoole\Http2\Request */
export class Http2Request {
  static readonly phpName = 'Swoole\\Http2\\Request';
  path = '/';
  method = 'GET';
  /** Names in any case; `host` is sent as the authority. */
  headers: Record<string, string> | null = null;
  cookies: Record<string, string> | null = null;
  /** Text, bytes, or the fields of a form. */
  data: string | Uint8Array | FormFields = '';
  /** Whether more of the body follows by `write()`. */
  pipeline = false;
  /** Whether `recv()` gives the parts of the answer as they come. */
  usePipelineRead = false;
}
