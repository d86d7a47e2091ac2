import { readFileSync } from 'node:fs';
import type tls from 'node:tls';
import type { TlsOptions } from './engine.js';

/** Without these a list of ciphers would turn TLS 1.3 off. */
const TLS_1_3 = 'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256';

/**
 * What node:tls makes a context of.
 * @param files the certificate and its key, read now
 * @param authorities files of those who vouch for clients
 * @throws Error when a file cannot be read
 */
export function secureContextOptions(
  options: TlsOptions,
  files: { certFile: string; keyFile: string },
  authorities: readonly string[],
): tls.SecureContextOptions {
  return {
    cert: readFileSync(files.certFile),
    key: readFileSync(files.keyFile),
    minVersion: 'TLSv1.2',
    honorCipherOrder: true,
    ...(options.passphrase === undefined ? {} : { passphrase: options.passphrase }),
    ...(authorities.length === 0 ? {} : { ca: authorities.map((file) => readFileSync(file)) }),
    ...(options.ciphers === undefined ? {} : { ciphers: `${TLS_1_3}:${options.ciphers}` }),
    ...(options.dhParamsFile === undefined ? {} : { dhparam: readFileSync(options.dhParamsFile) }),
  };
}
