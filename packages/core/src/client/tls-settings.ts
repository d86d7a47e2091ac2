import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';

/** What clients take of TLS. */
export interface ClientTlsSettings {
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
export function tlsSettings(settings: ClientTlsSettings): ConnectionOptions {
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
