import { unlinkSync } from 'node:fs';
import { fail } from '../errors/last-error.js';
import { SWOOLE_ERROR_INVALID_PARAMS } from '../errors/numbers.js';
import { warn } from '../errors/warnings.js';
import { isUnixSocket } from '../server/address.js';
import type { Port } from '../server/port.js';
import { tlsOptions } from '../server/tls-options.js';

/** Closes what was opened for the ports of a server, in their order. */
export function closePorts(ports: readonly Port[], opened: ReadonlyArray<{ close(): void }>): void {
  for (const [index, one] of opened.entries()) {
    one.close();
    const port = ports[index] as Port;
    port.socket = port.datagrams = null;
    if (isUnixSocket(port.type)) unlinkQuietly(port.host);
  }
}

/** Reads the certificates of all TLS ports again. Returns false, with a warning, for files that cannot be used. */
export function checkCertificates(ports: readonly Port[], reload: (index: number) => void): boolean {
  let done = true;
  for (const [index, port] of ports.entries()) {
    if (!port.ssl) continue;
    try {
      tlsOptions(port);
      reload(index);
    } catch (error) {
      warn(`Swoole\\Server::reloadCertificates(): ${(error as Error).message}`);
      done = fail(SWOOLE_ERROR_INVALID_PARAMS);
    }
  }
  return done;
}

export function unlinkQuietly(file: string): void {
  try {
    unlinkSync(file);
  } catch {
    // Somebody else has removed it: nothing is left to do.
  }
}

/** Whether a port is to speak HTTP/2, which one engine can. */
export function speaksHttp2(ports: readonly Port[]): boolean {
  return ports.some((port) => port.resolved.open_http2_protocol);
}
