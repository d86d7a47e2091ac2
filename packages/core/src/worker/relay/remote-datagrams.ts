import { isStream } from '../../server/address.js';
import type { Port } from '../../server/port.js';
import { LetterKind } from '../letters.js';
import type { Team } from '../team.js';
import { MASTER } from '../thread.js';

/** Lets the UDP ports of this thread send through the master, which has their sockets. */
export function relayDatagrams(team: Team, ports: readonly Port[]): void {
  for (const port of ports) {
    if (isStream(port.type)) continue;
    port.datagrams = {
      send: (data, address, number) =>
        team.mailbox.send(MASTER, [LetterKind.SENDTO, port.index, copied(data), address, number]),
    };
  }
}

function copied(data: string | Uint8Array): string | Uint8Array {
  return typeof data === 'string' ? data : new Uint8Array(data);
}
