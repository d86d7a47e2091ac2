import type { ConnectSettings } from '../connect-settings.js';
import type { HttpClient } from './http-client.js';

/** What `Coroutine.Http.Client.set()` takes. */
export interface HttpClientSettings extends ConnectSettings {
  /** Seconds that an answer may take once the request is sent, 60 by default; less than 0 for no limit. */
  timeout?: number;
  /** Seconds that connecting may take, 10 by default. */
  connect_timeout?: number;
  /** Seconds that `recv()` waits for a message of a WebSocket, those of timeout by default. */
  read_timeout?: number;
  /** How often to connect again when that fails, and to ask again after a 502 or 503; 0 by default. */
  max_retries?: number;
  /** Whether requests only send, as after `setDefer()`. */
  defer?: boolean;
  /** Whether the names of the answer's headers are put in small letters, true by default. */
  lowercase_header?: boolean;
  /** Whether the connection is kept for the next request, true by default. */
  keep_alive?: boolean;
  /** Whether to ask for compressed bodies, true by default. */
  http_compression?: boolean;
  /** Whether compressed bodies are unpacked, true by default. */
  body_decompression?: boolean;
  /** Gets the pieces of the body as they come, packed as they are; `body` stays empty then. */
  write_func?: (client: HttpClient, piece: Buffer) => unknown;
  /** The most bytes of a body, no limit by default, and of a WebSocket message, 2 MiB by default. */
  package_max_length?: number;
  /** Whether to offer compression of WebSocket messages, false by default. */
  websocket_compression?: boolean;
  /** Whether `recv()` gives the close frame of a WebSocket, false by default. */
  open_websocket_close_frame?: boolean;
  /** Whether `recv()` gives pings, which the program has to answer then, false by default. */
  open_websocket_ping_frame?: boolean;
  /** Whether `recv()` gives pongs, false by default. */
  open_websocket_pong_frame?: boolean;
}
