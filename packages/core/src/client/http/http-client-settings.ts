import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';

/** What `Coroutine.Http.Client.set()` takes. */
export interface HttpClientSettings {
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
  /** Whether the server's certificate is checked: true by default here, false in Swoole. */
  ssl_verify_peer?: boolean;
  /** Whether a certificate that signs itself is taken. */
  ssl_allow_self_signed?: boolean;
  /** The name that the certificate has to be for. */
  ssl_host_name?: string;
  /** A file of the authorities to trust. */
  ssl_cafile?: string;
  /** A certificate of this side's, and its key. */
  ssl_cert_file?: string;
  ssl_key_file?: string;
  ssl_passphrase?: string;
}

/** The settings of TLS as Node takes them. */
export function tlsSettings(settings: HttpClientSettings): ConnectionOptions {
  const options: ConnectionOptions = {
    rejectUnauthorized: settings.ssl_verify_peer !== false && settings.ssl_allow_self_signed !== true,
  };
  if (settings.ssl_host_name !== undefined) options.servername = settings.ssl_host_name;
  if (settings.ssl_cafile !== undefined) options.ca = readFileSync(settings.ssl_cafile);
  if (settings.ssl_cert_file !== undefined) options.cert = readFileSync(settings.ssl_cert_file);
  if (settings.ssl_key_file !== undefined) options.key = readFileSync(settings.ssl_key_file);
  if (settings.ssl_passphrase !== undefined) options.passphrase = settings.ssl_passphrase;
  return options;
}
