import type { ClientTlsSettings } from '../tls-settings.js';

/** What `Coroutine.Http.Client.set()` takes. */
export interface HttpClientSettings extends ClientTlsSettings {
  /** Seconds that a request may take, 60 by default; 0 or less for no limit. */
  timeout?: number;
  /** Whether the connection is kept for the next request, true by default. */
  keep_alive?: boolean;
  /** Whether to ask for compressed bodies, true by default. They are unpacked in any case. */
  http_compression?: boolean;
  /** The most bytes of a body. */
  package_max_length?: number;
  /** Whether to offer compression of WebSocket messages, false by default. */
  websocket_compression?: boolean;
  /** Whether `recv()` gives the close frame of a WebSocket, false by default. */
  open_websocket_close_frame?: boolean;
}
