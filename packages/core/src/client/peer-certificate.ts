import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/** The certificate of the other side as PEM; false without TLS. */
export function peerCertificate(socket: Socket): string | false {
  if (!(socket instanceof TLSSocket)) return false;
  const { raw } = socket.getPeerCertificate();
  const lines = raw?.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
