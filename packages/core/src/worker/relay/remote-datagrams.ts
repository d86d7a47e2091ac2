import { udpEngine } from '../../engine/udp/index.js';
import { isStream } from '../../server/address.js';
import type { Port } from '../../server/port.js';
import { LetterKind } from '../letters.js';
import type { Team } from '../team.js';
import { MASTER } from '../thread.js';

const EAGAIN = 11;

/**
 * Lets the datagram ports of this thread send: UDP through the master, which has their sockets, and those of Unix sockets by themselves,
 * as Node has nothing to do with them.
 */
export function relayDatagrams(team: Team, ports: readonly Port[], sockets: readonly number[]): void {
  for (const [index, port] of ports.entries()) {
    const socket = sockets[index] ?? -1;
    if (isStream(port.type)) continue;
    if (socket >= 0) port.datagrams = udpEngine.sender(socket);
    else
      port.datagrams = {
        send: (data, address, number) =>
          team.mailbox.send(MASTER, [LetterKind.SENDTO, port.index, copied(data), address, number])
            ? 0
            : EAGAIN,
      };
  }
}

function copied(data: string | Uint8Array): string | Uint8Array {
  return typeof data === 'string' ? data : new Uint8Array(data);
}
