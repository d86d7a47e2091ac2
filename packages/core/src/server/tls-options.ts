import { readFileSync } from 'node:fs';
import tls from 'node:tls';
import type { TlsOptions } from '../engine/engine.js';
import { Exception } from '../errors/exception.js';
import type { Port } from './port.js';
import type { CertificateFiles } from './settings/coerce.js';

type FileSetting = 'ssl_cert_file' | 'ssl_key_file' | 'ssl_client_cert_file' | 'ssl_dhparam';

/**
 * The TLS settings of a port, read once to see that they can be used: an engine only says that something is wrong.
 * @param files a certificate other than the port's own
 * @throws Exception that names the setting at fault
 */
export function tlsOptions(port: Port, files: CertificateFiles = port.resolved): TlsOptions {
  const { ssl_cert_file, ssl_key_file } = files;
  const { ssl_passphrase, ssl_client_cert_file, ssl_ciphers, ssl_dhparam } = port.resolved;
  if (!ssl_cert_file || !ssl_key_file)
    throw new Exception(
      `port ${port.host}:${port.port} is SWOOLE_SSL and needs the settings ssl_cert_file and ssl_key_file`,
    );
  const cert = read('ssl_cert_file', ssl_cert_file);
  const key = read('ssl_key_file', ssl_key_file);
  if (ssl_dhparam) read('ssl_dhparam', ssl_dhparam);
  try {
    tls.createSecureContext({
      cert,
      key,
      ...(ssl_passphrase ? { passphrase: ssl_passphrase } : {}),
      ...(ssl_client_cert_file ? { ca: read('ssl_client_cert_file', ssl_client_cert_file) } : {}),
    });
  } catch (error) {
    if (error instanceof Exception) throw error;
    throw new Exception(
      `ssl_cert_file[${ssl_cert_file}] and ssl_key_file[${ssl_key_file}] cannot be used: ${(error as Error).message}`,
    );
  }
  return {
    certFile: ssl_cert_file,
    keyFile: ssl_key_file,
    ...(ssl_passphrase ? { passphrase: ssl_passphrase } : {}),
    ...(ssl_client_cert_file ? { caFile: ssl_client_cert_file } : {}),
    ...(ssl_ciphers ? { ciphers: ssl_ciphers } : {}),
    ...(ssl_dhparam ? { dhParamsFile: ssl_dhparam } : {}),
  };
}

function read(setting: FileSetting, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const { message, errno = 0 } = error as NodeJS.ErrnoException;
    throw new Exception(`${setting}[${file}] cannot be read: ${message}`, Math.abs(errno));
  }
}
