import type { Request } from '../http/request.js';
import type { Response } from '../http/response.js';
import type { Frame } from '../websocket/frame.js';
import type { ServerEvent } from './event-objects.js';
import type { PacketInfo } from './packet-listener.js';

/** How a connection ended: the last argument of the close and disconnect events. */
export interface CloseReason {
  /** The close code of RFC 6455; 1006 when the peer vanished, 0 for a connection that was no WebSocket. */
  code: number;
  reason: string;
  /** True when close frames were exchanged. */
  wasClean: boolean;
  initiator: 'client' | 'server' | 'heartbeat';
}

/** Where an error happened: the last argument of the error event. */
export interface ErrorContext {
  event: string;
  /** The connection, null for events that have none. */
  fd: number | null;
}

type Maybe = unknown;

/** The events and what their callbacks get. Every callback may be async. */
export interface ServerEvents<S> {
  start: (server: S) => Maybe;
  workerStart: (server: S, workerId: number) => Maybe;
  workerStop: (server: S, workerId: number) => Maybe;
  workerExit: (server: S, workerId: number) => Maybe;
  workerError: (server: S, workerId: number, workerPid: number, exitCode: number, signal: number) => Maybe;
  managerStart: (server: S) => Maybe;
  managerStop: (server: S) => Maybe;
  beforeReload: (server: S) => Maybe;
  afterReload: (server: S) => Maybe;
  task: (server: S, taskId: number, workerId: number, data: unknown) => Maybe;
  finish: (server: S, taskId: number, data: unknown) => Maybe;
  pipeMessage: (server: S, workerId: number, message: unknown) => Maybe;
  beforeShutdown: (server: S) => Maybe;
  shutdown: (server: S) => Maybe;
  error: (server: S, error: unknown, context: ErrorContext) => Maybe;
  connect: (server: S, fd: number, reactorId: number) => Maybe;
  receive: (server: S, fd: number, reactorId: number, data: Buffer) => Maybe;
  packet: (server: S, data: Buffer, client: PacketInfo) => Maybe;
  close: (server: S, fd: number, reactorId: number, how: CloseReason) => Maybe;
  disconnect: (server: S, fd: number, reactorId: number, how: CloseReason) => Maybe;
  bufferFull: (server: S, fd: number) => Maybe;
  bufferEmpty: (server: S, fd: number) => Maybe;
  request: (request: Request, response: Response) => Maybe;
  handshake: (request: Request, response: Response) => Maybe;
  beforeHandshakeResponse: (server: S, request: Request, response: Response) => Maybe;
  open: (server: S, request: Request) => Maybe;
  message: (server: S, frame: Frame) => Maybe;
}

/** With `event_object` connect, close and disconnect get an object: register such callbacks with these types. */
export type ObjectCallback<S> = (server: S, event: ServerEvent, how?: CloseReason) => Maybe;

export interface EventRow {
  name: string;
  scope: 'server' | 'port';
  arguments: string;
  when: string;
}

/** The events this release raises, in the order they occur. Docs and `on()` are made from it. */
export const eventTable: readonly EventRow[] = [
  {
    name: 'managerStart',
    scope: 'server',
    arguments: 'server',
    when: 'With several threads: before the workers start.',
  },
  { name: 'start', scope: 'server', arguments: 'server', when: 'The ports are bound; before workerStart.' },
  {
    name: 'workerStart',
    scope: 'server',
    arguments: 'server, workerId',
    when: 'The worker is ready for connections.',
  },
  {
    name: 'workerError',
    scope: 'server',
    arguments: 'server, workerId, workerPid, exitCode, signal',
    when: 'In the master: a worker has ended by an error or by process.exit(). With event_object: server, StatusInfo.',
  },
  {
    name: 'task',
    scope: 'server',
    arguments: 'server, taskId, workerId, data',
    when: 'In a task worker: a task is to be done. With task_enable_coroutine, task_object or event_object: server, Task.',
  },
  {
    name: 'finish',
    scope: 'server',
    arguments: 'server, taskId, data',
    when: 'In the worker that gave out the task: its result. With event_object: server, TaskResult.',
  },
  {
    name: 'pipeMessage',
    scope: 'server',
    arguments: 'server, workerId, message',
    when: 'A message of another worker, sent by sendMessage(). With event_object: server, PipeMessage.',
  },
  {
    name: 'connect',
    scope: 'port',
    arguments: 'server, fd, reactorId',
    when: 'A TCP connection was accepted.',
  },
  {
    name: 'receive',
    scope: 'port',
    arguments: 'server, fd, reactorId, data',
    when: 'Bytes have arrived on a raw connection: as they came, or one packet of the protocol of the port.',
  },
  {
    name: 'packet',
    scope: 'port',
    arguments: 'server, data, client',
    when: 'A datagram has arrived on a UDP port or a Unix socket.',
  },
  {
    name: 'request',
    scope: 'port',
    arguments: 'request, response',
    when: 'A whole HTTP request has arrived.',
  },
  {
    name: 'handshake',
    scope: 'port',
    arguments: 'request, response',
    when: 'A WebSocket handshake is to be answered by the program; no open event follows.',
  },
  {
    name: 'beforeHandshakeResponse',
    scope: 'port',
    arguments: 'server, request, response',
    when: 'Before the 101 answer leaves; headers may be added.',
  },
  { name: 'open', scope: 'port', arguments: 'server, request', when: 'The WebSocket is open.' },
  {
    name: 'message',
    scope: 'port',
    arguments: 'server, frame',
    when: 'A whole message has arrived (control frames too, with open_websocket_*_frame).',
  },
  {
    name: 'bufferFull',
    scope: 'port',
    arguments: 'server, fd',
    when: 'What waits for a slow peer exceeds buffer_high_watermark.',
  },
  {
    name: 'bufferEmpty',
    scope: 'port',
    arguments: 'server, fd',
    when: 'It has fallen to buffer_low_watermark.',
  },
  {
    name: 'close',
    scope: 'port',
    arguments: 'server, fd, reactorId, how',
    when: 'A connection is over; reactorId is negative when the server ended it.',
  },
  {
    name: 'disconnect',
    scope: 'port',
    arguments: 'server, fd, reactorId, how',
    when: 'In place of close for connections that were no active WebSocket, when registered.',
  },
  {
    name: 'error',
    scope: 'server',
    arguments: 'server, error, context',
    when: 'A callback threw (an addition: without it the error ends the server with 255, as in Swoole).',
  },
  {
    name: 'beforeReload',
    scope: 'server',
    arguments: 'server',
    when: 'In the master: workers are about to be replaced.',
  },
  {
    name: 'afterReload',
    scope: 'server',
    arguments: 'server',
    when: 'In the master: they have been replaced, and the old ones have ended.',
  },
  {
    name: 'workerExit',
    scope: 'server',
    arguments: 'server, workerId',
    when: 'With several threads: a worker is to end, and waits for callbacks that still run.',
  },
  { name: 'beforeShutdown', scope: 'server', arguments: 'server', when: 'Shutdown begins.' },
  { name: 'workerStop', scope: 'server', arguments: 'server, workerId', when: 'All connections are closed.' },
  {
    name: 'managerStop',
    scope: 'server',
    arguments: 'server',
    when: 'With several threads: all workers have ended.',
  },
  { name: 'shutdown', scope: 'server', arguments: 'server', when: 'The server is over.' },
];

const scopes = new Map(eventTable.map((row) => [row.name.toLowerCase(), row.scope]));
/** Whose event a name is, in any case; undefined for an unknown one. */
export function eventScope(name: string): 'server' | 'port' | undefined {
  return scopes.get(name.toLowerCase());
}
