import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { StreamTlsOptions } from '../engine/stream.js';
import { Exception } from '../errors/exception.js';
import type { Port } from './port.js';
import { tlsOptions } from './tls-options.js';

/**
 * The TLS settings of a raw port.
 * @throws Exception that names the setting at fault
 */
export function streamTlsOptions(port: Port): StreamTlsOptions {
  const {
    ssl_cafile,
    ssl_capath,
    ssl_client_cert_file,
    ssl_verify_peer,
    ssl_allow_self_signed,
    ssl_sni_certs,
  } = port.resolved;
  const authorities = [ssl_client_cert_file, ssl_cafile].filter((file) => file !== '');
  if (ssl_capath !== '') authorities.push(...filesOf(ssl_capath));
  if (ssl_verify_peer && authorities.length === 0)
    throw new Exception(
      'server open verify peer require `ssl_client_cert_file` or `ssl_capath` or `ssl_cafile` config',
    );
  const names = Object.entries(ssl_sni_certs).map(([name, files]) => {
    const { certFile, keyFile } = tlsOptions(port, files);
    return { name, certFile, keyFile };
  });
  return {
    ...tlsOptions(port),
    authorities,
    verifyPeer: ssl_verify_peer,
    allowSelfSigned: ssl_allow_self_signed,
    names,
  };
}

function filesOf(directory: string): string[] {
  try {
    const files = readdirSync(directory, { withFileTypes: true });
    return files.filter((file) => !file.isDirectory()).map((file) => path.join(directory, file.name));
  } catch (error) {
    throw new Exception(`ssl_capath[${directory}] cannot be read: ${(error as Error).message}`);
  }
}
