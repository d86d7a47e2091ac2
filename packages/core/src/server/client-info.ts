import { SWOOLE_SSL } from '../constants/index.js';
import type { Session } from '../session/session.js';
import { Field, type SharedSessions } from '../session/shared-sessions.js';
import type { Port } from './port.js';

/** What getClientInfo() tells of a connection. Times are in seconds. */
export interface ClientInfo {
  server_port: number;
  server_fd: number;
  socket_fd: number;
  socket_type: number;
  remote_port: number;
  remote_ip: string;
  reactor_id: number;
  connect_time: number;
  last_time: number;
  last_recv_time: number;
  last_send_time: number;
  last_dispatch_time: number;
  close_errno: number;
  recv_queued_bytes: number;
  send_queued_bytes: number;
  websocket_status: number;
  uid?: number;
  /** The client's TLS certificate in PEM, when it showed one. */
  ssl_client_cert?: string;
}

/** @internal Builds the answer of getClientInfo(). */
export function clientInfo(session: Session): ClientInfo {
  const { engine, port } = session;
  return infoOf(port, {
    fd: session.fd,
    uid: session.uid,
    webSocketStatus: session.websocketStatus,
    remotePort: engine.remotePort,
    address: session.remoteAddress,
    reactor: session.reactor,
    connected: session.connectTime,
    received: session.lastReceived,
    sent: session.lastSent,
    certificate: session.stream?.certificate ?? null,
    waiting: session.framer?.waiting ?? 0,
    queued: engine.open ? engine.bufferedAmount() : 0,
  });
}

/** @internal The same for a connection of another thread's. */
export function farClientInfo(
  sessions: SharedSessions,
  fd: number,
  ports: readonly Port[],
): ClientInfo | false {
  const port = ports[sessions.get(fd, Field.PORT)];
  if (port === undefined) return false;
  return infoOf(port, {
    fd,
    uid: sessions.get(fd, Field.UID),
    webSocketStatus: sessions.get(fd, Field.WEBSOCKET),
    remotePort: sessions.get(fd, Field.REMOTE_PORT),
    address: sessions.address(fd),
    reactor: Math.max(sessions.get(fd, Field.WORKER), 0),
    connected: sessions.time(fd, Field.CONNECTED),
    received: sessions.time(fd, Field.RECEIVED),
    sent: sessions.time(fd, Field.SENT),
    certificate: null,
    waiting: 0,
    queued: sessions.get(fd, Field.BACKLOG) + sessions.get(fd, Field.PENDING),
  });
}

interface Known {
  fd: number;
  uid: number;
  webSocketStatus: number;
  remotePort: number;
  address: string;
  reactor: number;
  /** Milliseconds since the epoch. */
  connected: number;
  received: number;
  sent: number;
  certificate: string | null;
  /** Bytes of packets that are not whole yet. */
  waiting: number;
  queued: number;
}

/** In Swoole's order of keys. */
function infoOf(port: Port, known: Known): ClientInfo {
  const received = known.received / 1000;
  return {
    ...(known.uid === 0 ? {} : { uid: known.uid }),
    ...(port.resolved.open_websocket_protocol ? { websocket_status: known.webSocketStatus } : {}),
    ...(known.certificate ? { ssl_client_cert: known.certificate } : {}),
    server_port: port.port,
    server_fd: 0,
    socket_fd: known.fd,
    socket_type: port.type & ~SWOOLE_SSL,
    remote_port: known.remotePort,
    remote_ip: known.address,
    reactor_id: known.reactor,
    connect_time: Math.floor(known.connected / 1000),
    last_time: Math.floor(received),
    last_recv_time: received,
    last_send_time: known.sent / 1000,
    last_dispatch_time: received,
    close_errno: 0,
    recv_queued_bytes: known.waiting,
    send_queued_bytes: known.queued,
  } as ClientInfo;
}
