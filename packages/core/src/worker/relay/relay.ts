import { SWOOLE_DISPATCH_RESULT_CLOSE_CONNECTION, SWOOLE_PROCESS } from '../../constants/index.js';
import type { CloseInfo, EnginePort } from '../../engine/engine.js';
import type { StreamConnection } from '../../engine/stream.js';
import { isStream } from '../../server/address.js';
import { bindDatagram, bindStream } from '../../server/bind.js';
import { Heartbeat } from '../../server/heartbeat.js';
import type { Port } from '../../server/port.js';
import type { Runtime } from '../../server/runtime.js';
import type { Server } from '../../server/server.js';
import { isStateless, tellsConnections } from '../../server/settings/dispatch-modes.js';
import type { ResolvedSettings } from '../../server/settings/settings.js';
import type { CloseInitiator, Session } from '../../session/session.js';
import { Field } from '../../session/shared-sessions.js';
import { WorkerField } from '../control.js';
import { LetterKind } from '../letters.js';
import type { Letter } from '../mailbox.js';
import { closePorts } from '../ports.js';
import type { Team } from '../team.js';
import { Dispatcher, Parcel } from './dispatcher.js';
import { RelayListener } from './relay-listener.js';
import { Relayed } from './relayed.js';

const CLEAN: CloseInfo = { code: 0, reason: '', wasClean: true };
/** A datagram for a worker with so many packets before it is dropped, as a full socket buffer would drop it. */
const MOST_PACKETS = 10_000;
/** How many closed connections are remembered before the list is looked through. */
const SWEEP = 1_000;

/**
 * Raw ports of a server with several threads. Node cannot hand a socket to another thread, so the master has them all, as Swoole's
 * reactor threads do: it tells the workers what happens, and does what they ask.
 */
export class Relay {
  private readonly bound = new Map<Port, EnginePort>();
  private readonly relayed = new Map<number, Relayed>();
  /** Connections that are over here, with the threads that still have their close event before them. */
  private readonly closing = new Map<number, number>();
  /** Whether a connection belongs to the thread that heard of it first, and not to its successors. */
  private readonly keeps: boolean;
  private readonly dispatcher: Dispatcher;
  private readonly heartbeat: Heartbeat | null;
  private readonly stateless: boolean;
  private readonly telling: boolean;

  constructor(
    private readonly runtime: Runtime,
    private readonly server: Server,
    private readonly team: Team,
    settings: ResolvedSettings,
  ) {
    this.stateless = team.wide && isStateless({ ...settings, open_http_protocol: false });
    this.telling = !this.stateless || tellsConnections({ ...settings, open_http_protocol: false });
    this.keeps = server.mode !== SWOOLE_PROCESS && !this.stateless;
    this.dispatcher = new Dispatcher(server, team, settings);
    this.heartbeat = Heartbeat.start(runtime, settings, (session) => this.askToClose(session, 'heartbeat'));
    this.serve();
  }

  /** Binds a raw port. @throws Exception when it cannot be bound */
  async open(port: Port): Promise<void> {
    const { runtime, server } = this;
    if (isStream(port.type))
      this.bound.set(port, await bindStream(port, new RelayListener(runtime, server, port, this)));
    else
      this.bound.set(
        port,
        await bindDatagram(port, {
          packet: (data, address, number) => this.datagram(port, data, address, number),
        }),
      );
  }

  stopListening(): void {
    for (const [port, bound] of this.bound) if (isStream(port.type)) bound.stopListening();
  }

  close(): void {
    this.heartbeat?.stop();
    closePorts([...this.bound.keys()], [...this.bound.values()]);
    this.bound.clear();
  }

  /** The certificates of raw TLS ports are read again. */
  reloadCertificate(port: Port): void {
    this.bound.get(port)?.reloadCertificate();
  }

  /** The connections that belonged to a thread end with it; those that outlive it lose what was on its way. */
  workerEnded(worker: number, thread: number): void {
    const { sessions, control } = this.team;
    for (const relayed of [...this.relayed.values()]) {
      const { fd } = relayed.session;
      if (relayed.thread === thread) {
        this.runtime.counters.closed++;
        this.remove(relayed);
        sessions.release(fd);
        relayed.stream.close();
      } else if (relayed.thread === 0 && (relayed.worker === worker || relayed.others?.has(worker))) {
        sessions.set(fd, Field.RELAYED, 0);
        relayed.taken();
      }
    }
    control.set(worker, WorkerField.WAITING, 0);
    for (const [fd, last] of this.closing)
      if (last === thread || !sessions.has(fd)) {
        sessions.release(fd);
        this.closing.delete(fd);
      }
  }

  connected(session: Session, stream: StreamConnection): void {
    const { sessions } = this.team;
    const { fd, port } = session;
    const relayed = new Relayed(session, stream, sessions, port.resolved.enable_delay_receive);
    this.relayed.set(fd, relayed);
    const worker = this.dispatcher.ofConnection(fd, -1, Parcel.CONNECT);
    relayed.worker = worker < 0 ? fd % this.team.control.crew.workers : worker;
    sessions.set(fd, Field.WORKER, relayed.worker);
    if (this.telling) this.write(relayed, [LetterKind.CONNECT, fd, stream.certificate]);
  }

  received(session: Session, packet: Buffer): void {
    const relayed = this.relayed.get(session.fd);
    if (relayed === undefined) return;
    const { fd } = session;
    const worker = this.dispatcher.ofConnection(fd, relayed.worker, Parcel.DATA, packet);
    if (worker === SWOOLE_DISPATCH_RESULT_CLOSE_CONNECTION) this.askToClose(session, 'server');
    if (worker < 0) return;
    if (worker !== relayed.worker) this.moved(relayed, worker);
    relayed.relay(packet.length);
    this.team.control.add(worker, WorkerField.WAITING, 1);
    this.write(relayed, [LetterKind.RECEIVE, fd, alone(packet)], worker);
  }

  drained(session: Session): void {
    const relayed = this.relayed.get(session.fd);
    if (relayed === undefined) return;
    const waiting = relayed.measure();
    if (relayed.telling || relayed.full) this.write(relayed, [LetterKind.DRAIN, session.fd]);
    if (waiting > 0) relayed.stream.expectDrain();
    else relayed.telling = relayed.full = false;
  }

  /** The worker closes the connection, once it has answered what came before. @returns true */
  askToClose(session: Session, initiator: CloseInitiator): boolean {
    const relayed = this.relayed.get(session.fd);
    if (relayed === undefined || session.closed) return true;
    session.closed = true;
    relayed.stream.pause();
    this.tell(relayed, CLEAN, initiator);
    if (!this.telling) relayed.stream.close();
    return true;
  }

  /** The socket is gone. */
  gone(session: Session, info: CloseInfo): void {
    const relayed = this.relayed.get(session.fd);
    if (relayed === undefined) {
      if (!session.refused) return;
      this.runtime.counters.closed++;
      this.runtime.sessions.delete(session.fd);
      return;
    }
    const told = session.closed;
    session.closed = true;
    if (!told) this.tell(relayed, info, session.closedBy);
    this.remove(relayed);
  }

  /** Writes to the thread that has a connection, else to its worker. */
  private write(relayed: Relayed, letter: Letter, worker = relayed.worker): void {
    const { post, mailbox } = this.team;
    if (relayed.thread !== 0) mailbox.send(relayed.thread, letter);
    else if (!this.keeps) post.send(worker, letter);
    else
      post.send(worker, letter, (thread) => {
        relayed.thread = thread;
      });
  }

  private tell(relayed: Relayed, info: CloseInfo, initiator: CloseInitiator): void {
    const { team, runtime } = this;
    const { fd } = relayed.session;
    team.sessions.beginClose(fd);
    if (this.telling) {
      this.forget(relayed, relayed.worker);
      this.write(relayed, [LetterKind.CLOSED, fd, info, initiator]);
      this.remember(relayed);
    } else {
      this.forget(relayed, -1);
      runtime.counters.closed++;
      if (!info.wasClean) runtime.counters.aborted++;
      team.sessions.release(fd);
    }
  }

  /** Packets of a connection go to another worker than those before. */
  private moved(relayed: Relayed, worker: number): void {
    relayed.others ??= new Set();
    if (this.stateless) relayed.others.add(worker);
    else {
      relayed.others.add(relayed.worker);
      relayed.worker = worker;
      this.team.sessions.set(relayed.session.fd, Field.WORKER, worker);
    }
  }

  /** Workers that have seen a connection, and will not hear of its end otherwise. */
  private forget(relayed: Relayed, except: number): void {
    const { fd } = relayed.session;
    for (const worker of [...(relayed.others ?? []), relayed.worker])
      if (worker !== except) this.team.post.send(worker, [LetterKind.FORGET, fd]);
  }

  private remember(relayed: Relayed): void {
    const { sessions, control } = this.team;
    const thread = relayed.thread || control.get(relayed.worker, WorkerField.THREAD);
    this.closing.set(relayed.session.fd, thread);
    if (this.closing.size % SWEEP !== 0) return;
    for (const fd of this.closing.keys()) if (!sessions.has(fd)) this.closing.delete(fd);
  }

  private remove(relayed: Relayed): void {
    const { fd } = relayed.session;
    relayed.session.closed = true;
    this.relayed.delete(fd);
    this.runtime.sessions.drop(fd);
  }

  private datagram(port: Port, data: Buffer, address: string, number: number): void {
    const { control } = this.team;
    const worker = this.dispatcher.ofDatagram(port.index, address, data);
    if (worker < 0 || control.get(worker, WorkerField.WAITING) >= MOST_PACKETS) return;
    control.add(worker, WorkerField.WAITING, 1);
    this.team.post.send(worker, [LetterKind.PACKET, port.index, data, address, number]);
  }

  private serve(): void {
    const { team } = this;
    const serve = (
      kind: number,
      act: (relayed: Relayed, contents: readonly unknown[], from: number) => void,
    ): void =>
      team.serve(kind, ([, fd, ...contents], from) => {
        const relayed = this.relayed.get(fd as number);
        if (relayed !== undefined) act(relayed, contents, from);
      });
    team.serve(LetterKind.SEND, ([, fd, data]) => this.send(fd as number, data as string | Uint8Array));
    serve(LetterKind.CLOSE, (relayed, [reset]) => {
      const { session } = relayed;
      if (this.telling) this.write(relayed, [LetterKind.ASK_CLOSE, session.fd, reset]);
      else {
        session.closedBy = 'server';
        relayed.stream.close(reset as boolean);
      }
    });
    serve(LetterKind.END, (relayed, [discard], from) => {
      this.remember(relayed);
      this.remove(relayed);
      for (const worker of [...(relayed.others ?? []), relayed.worker])
        if (team.control.get(worker, WorkerField.THREAD) !== from)
          this.team.post.send(worker, [LetterKind.FORGET, relayed.session.fd]);
      relayed.stream.close(discard as boolean);
    });
    serve(LetterKind.FILE, (relayed, [path, offset, length]) => {
      relayed.stream.writeFile(path as string, offset as number, length as number);
      relayed.written();
    });
    serve(LetterKind.PAUSE, (relayed) => relayed.pause());
    serve(LetterKind.RESUME, (relayed) => relayed.resume());
    serve(LetterKind.TAKEN, (relayed) => relayed.taken());
    serve(LetterKind.EXPECT_DRAIN, (relayed) => {
      relayed.telling = true;
      relayed.stream.expectDrain();
    });
    team.serve(LetterKind.SENDTO, ([, index, data, address, number]) => {
      this.server.ports[index as number]?.datagrams?.send(
        data as Uint8Array,
        address as string,
        number as number,
      );
    });
  }

  private send(fd: number, data: string | Uint8Array): void {
    const relayed = this.relayed.get(fd);
    if (relayed === undefined) return;
    const { session, stream } = relayed;
    this.team.sessions.add(fd, Field.PENDING, -data.length);
    stream.write(data);
    session.told();
    relayed.written();
    if (relayed.full || stream.bufferedAmount() <= session.port.resolved.buffer_high_watermark) return;
    relayed.full = true;
    this.write(relayed, [LetterKind.FULL, fd]);
  }
}

/** A piece of a larger buffer would drag all of it along. */
function alone(packet: Buffer): Uint8Array {
  return packet.byteLength === packet.buffer.byteLength ? packet : new Uint8Array(packet);
}
