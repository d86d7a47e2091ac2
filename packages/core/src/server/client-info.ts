import { SWOOLE_SSL } from '../constants/index.js';
import type { Session } from '../session/session.js';

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

/** @internal Builds the answer of getClientInfo() in Swoole's order of keys. */
export function clientInfo(session: Session, webSocket: boolean): ClientInfo {
  const lastReceived = session.lastReceived / 1000;
  return {
    ...(session.uid === 0 ? {} : { uid: session.uid }),
    ...(webSocket ? { websocket_status: session.websocketStatus } : {}),
    ...(session.stream?.certificate ? { ssl_client_cert: session.stream.certificate } : {}),
    server_port: session.port.port,
    server_fd: 0,
    socket_fd: session.fd,
    socket_type: session.port.type & ~SWOOLE_SSL,
    remote_port: session.engine.remotePort,
    remote_ip: session.remoteAddress,
    reactor_id: 0,
    connect_time: Math.floor(session.connectTime / 1000),
    last_time: Math.floor(lastReceived),
    last_recv_time: lastReceived,
    last_send_time: session.lastSent / 1000,
    last_dispatch_time: lastReceived,
    close_errno: 0,
    recv_queued_bytes: session.framer === null ? 0 : session.framer.waiting,
    send_queued_bytes: session.engine.open ? session.engine.bufferedAmount() : 0,
  } as ClientInfo;
}
