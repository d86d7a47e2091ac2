import { readFileSync } from 'node:fs';
import type { SecureContextOptions, SecureVersion, TLSSocket } from 'node:tls';
import {
  SWOOLE_SSL_TLSv1,
  SWOOLE_SSL_TLSv1_1,
  SWOOLE_SSL_TLSv1_2,
  SWOOLE_SSL_TLSv1_3,
} from '../constants/ssl.js';

/** Without these a list of ciphers would turn TLS 1.3 off. */
const TLS_1_3 = 'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256';
const VERSIONS: readonly [bit: number, version: SecureVersion][] = [
  [SWOOLE_SSL_TLSv1, 'TLSv1'],
  [SWOOLE_SSL_TLSv1_1, 'TLSv1.1'],
  [SWOOLE_SSL_TLSv1_2, 'TLSv1.2'],
  [SWOOLE_SSL_TLSv1_3, 'TLSv1.3'],
];
const SELF_SIGNED = ['DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN'];

/** What clients take of TLS. */
export interface ClientTlsSettings {
  /** Whether the server's certificate is checked: true by default here, false in Swoole. */
  ssl_verify_peer?: boolean;
  /** Whether a certificate that signs itself is taken; with another fault it is refused all the same. */
  ssl_allow_self_signed?: boolean;
  /** The versions of TLS to speak, bits of `SWOOLE_SSL_TLSv1_2` and its kin: from the oldest to the newest of them. */
  ssl_protocols?: number;
  /** The ciphers of TLS up to 1.2, as OpenSSL lists them. */
  ssl_ciphers?: string;
  /** The name that the certificate has to be for. */
  ssl_host_name?: string;
  /** A file of the authorities to trust. */
  ssl_cafile?: string;
  /** A certificate of this side's, and its key. */
  ssl_cert_file?: string;
  ssl_key_file?: string;
  ssl_passphrase?: string;
}

/** What both ends of TLS are told, and which server a client wants. */
type TlsSettings = SecureContextOptions & { rejectUnauthorized?: boolean; servername?: string };

/** The settings of TLS as Node takes them. */
export function tlsSettings(settings: ClientTlsSettings): TlsSettings {
  const options: TlsSettings = {
    rejectUnauthorized: settings.ssl_verify_peer !== false && settings.ssl_allow_self_signed !== true,
  };
  if (settings.ssl_host_name !== undefined) options.servername = settings.ssl_host_name;
  if (settings.ssl_cafile !== undefined) options.ca = readFileSync(settings.ssl_cafile);
  if (settings.ssl_cert_file !== undefined) options.cert = readFileSync(settings.ssl_cert_file);
  if (settings.ssl_key_file !== undefined) options.key = readFileSync(settings.ssl_key_file);
  if (settings.ssl_passphrase !== undefined) options.passphrase = settings.ssl_passphrase;
  if (settings.ssl_ciphers !== undefined) options.ciphers = `${TLS_1_3}:${settings.ssl_ciphers}`;
  const { ssl_protocols: bits = 0 } = settings;
  const versions = VERSIONS.filter(([bit]) => (bits & bit) !== 0).map(([, version]) => version);
  const [oldest, newest] = [versions[0], versions.at(-1)];
  if (oldest !== undefined) options.minVersion = oldest;
  if (newest !== undefined) options.maxVersion = newest;
  return options;
}

/** Whether the other side may be trusted, once hands are shaken: a certificate that signs itself is seen only then. */
export function isTrusted(
  socket: TLSSocket,
  { ssl_verify_peer, ssl_allow_self_signed }: ClientTlsSettings,
): boolean {
  if (socket.authorized || ssl_verify_peer === false || ssl_allow_self_signed !== true) return true;
  return SELF_SIGNED.includes(String(socket.authorizationError));
}
