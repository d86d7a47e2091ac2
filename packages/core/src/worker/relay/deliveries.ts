import type { CloseInfo } from '../../engine/engine.js';
import { isStream } from '../../server/address.js';
import { bufferFull } from '../../server/drained.js';
import { PacketListener } from '../../server/packet-listener.js';
import type { Port } from '../../server/port.js';
import type { Runtime } from '../../server/runtime.js';
import type { Server } from '../../server/server.js';
import { StreamListener } from '../../server/stream-listener.js';
import type { CloseInitiator, Session } from '../../session/session.js';
import { Field } from '../../session/shared-sessions.js';
import { WorkerField } from '../control.js';
import { LetterKind } from '../letters.js';
import type { Team } from '../team.js';
import { MASTER } from '../thread.js';
import { FEW_RELAYED } from './relayed.js';
import { RemoteStream } from './remote-stream.js';

/** A raw port as a worker knows it. */
class RelayedPort extends StreamListener {
  /** A packet, cut by the master. */
  packet(session: Session, packet: Buffer): void {
    if (!session.closed) this.dispatch(session, packet);
    this.runtime.counters.receivedBytes += packet.length;
  }

  /** A connection that an earlier thread of this worker, or another worker, was told of. */
  adopt(connection: RemoteStream): Session {
    const session = this.runtime.sessions.create(connection, this.port);
    this.prepare(session, connection);
    return session;
  }
}

/** Lets a worker hear of the raw connections and datagrams that the master gives it. */
export function receiveRelayed(runtime: Runtime, server: Server, team: Team): void {
  const { sessions } = runtime;
  const worker = runtime.worker ?? 0;
  const streams = new Map<number, RelayedPort>();
  const datagrams = new Map<number, PacketListener>();
  for (const port of server.ports as readonly Port[]) {
    if (!isStream(port.type)) datagrams.set(port.index, new PacketListener(runtime, server, port));
    else if (!port.resolved.open_http_protocol)
      streams.set(port.index, new RelayedPort(runtime, server, port));
  }

  const portOf = (fd: number): RelayedPort | undefined =>
    team.sessions.has(fd) ? streams.get(team.sessions.get(fd, Field.PORT)) : undefined;

  const sessionOf = (fd: number): Session | undefined => {
    const known = sessions.get(fd);
    if (known !== undefined) return known;
    const port = portOf(fd);
    return port?.adopt(new RemoteStream(fd, team, port, null));
  };

  const serve = (kind: number, act: (session: Session, contents: readonly unknown[]) => void): void =>
    team.serve(kind, ([, fd, ...contents]) => {
      const session = runtime.state === 'over' ? undefined : sessionOf(fd as number);
      if (session !== undefined) act(session, contents);
    });

  team.serve(LetterKind.CONNECT, ([, fd, certificate]) => {
    const port = portOf(fd as number);
    if (port === undefined || runtime.state === 'over') return;
    port.connect(new RemoteStream(fd as number, team, port, certificate as string | null));
  });
  serve(LetterKind.RECEIVE, (session, [data]) => {
    const { fd } = session;
    const packet = data as Uint8Array;
    team.control.add(worker, WorkerField.WAITING, -1);
    streams
      .get(session.port.index)
      ?.packet(session, Buffer.from(packet.buffer, packet.byteOffset, packet.byteLength));
    if (!team.sessions.has(fd)) return;
    const left = team.sessions.add(fd, Field.RELAYED, -packet.length);
    if (left < FEW_RELAYED && left + packet.length >= FEW_RELAYED)
      team.mailbox.send(MASTER, [LetterKind.TAKEN, fd]);
  });
  serve(LetterKind.CLOSED, (session, [info, initiator]) => {
    if (session.closed) return;
    session.closedBy = initiator as CloseInitiator;
    (session.engine as RemoteStream).over(info as CloseInfo);
  });
  team.serve(LetterKind.FORGET, ([, fd]) => {
    const session = sessions.get(fd as number);
    if (session === undefined) return;
    session.closed = true;
    sessions.drop(session.fd);
  });
  serve(LetterKind.DRAIN, (session) => {
    if (!session.closed) streams.get(session.port.index)?.drain(session.engine as RemoteStream);
  });
  serve(LetterKind.FULL, (session) => {
    if (session.closed) return;
    if (session.engine.bufferedAmount() > session.port.resolved.buffer_high_watermark)
      bufferFull(runtime, server, session);
  });
  serve(LetterKind.ASK_CLOSE, (session, [reset]) => {
    if (session.closed) return;
    session.closedBy = 'server';
    session.engine.close(reset as boolean);
  });
  team.serve(LetterKind.PACKET, ([, index, data, address, number]) => {
    const packet = data as Uint8Array;
    team.control.add(worker, WorkerField.WAITING, -1);
    if (runtime.state === 'over') return;
    datagrams
      .get(index as number)
      ?.packet(
        Buffer.from(packet.buffer, packet.byteOffset, packet.byteLength),
        address as string,
        number as number,
      );
  });
}
