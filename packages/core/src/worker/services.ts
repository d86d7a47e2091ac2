import type { Server } from '../server/server.js';
import { LetterKind } from './letters.js';
import type { Team } from './team.js';

/** Does to the connections of this thread what others ask for. */
export function serveConnections(team: Team, server: Server): void {
  const { sessions } = server.runtime;
  team.serve(LetterKind.PUSH, ([, fds, data, opcode, flags]) => {
    server.deliverPush(fds as number[], data as string | Uint8Array, opcode as number, flags as number);
  });
  team.serve(LetterKind.SEND, ([, fd, data]) => {
    server.deliverSend(fd as number, data as string | Uint8Array);
  });
  team.serve(LetterKind.CLOSE, ([, fd, reset]) => {
    const session = sessions.alive(fd as number);
    if (session === undefined) return;
    session.closedBy = 'server';
    session.engine.close(reset as boolean);
  });
  team.serve(LetterKind.DISCONNECT, ([, fd, code, reason]) => {
    const session = sessions.alive(fd as number);
    if (session === undefined) return;
    session.closedBy = 'server';
    session.engine.end(code as number, reason as string);
  });
}
