import type { TlsOptions } from '../engine.js';
import type { UwsTlsOptions } from './binding.js';

/** TLS settings as uWebSockets.js names them. */
export function uwsTls(tls: TlsOptions): UwsTlsOptions {
  return {
    cert_file_name: tls.certFile,
    key_file_name: tls.keyFile,
    ...(tls.passphrase === undefined ? {} : { passphrase: tls.passphrase }),
    ...(tls.caFile === undefined ? {} : { ca_file_name: tls.caFile }),
    ...(tls.ciphers === undefined ? {} : { ssl_ciphers: tls.ciphers }),
    ...(tls.dhParamsFile === undefined ? {} : { dh_params_file_name: tls.dhParamsFile }),
  };
}
