import type { ClientInfo as BaseClientInfo } from '../server/client-info.js';
import {
  PipeMessage as BasePipeMessage,
  StatusInfo as BaseStatusInfo,
  TaskResult as BaseTaskResult,
  PacketEvent,
  ServerEvent,
} from '../server/event-objects.js';
import { Port as ServerPort } from '../server/port.js';
import { Server as BaseServer } from '../server/server.js';
import { Task as ServerTask } from '../task/task.js';
import { standFor } from './stand-for.js';

// Not the alias itself: the bundled declarations call it ClientInfo too, and within the namespace that would mean itself.
type ClientInfoType = BaseClientInfo;

/** Swoole\Server with its nested classes as static members: Swoole.Server.Port is Swoole\Server\Port. */
export class Server extends BaseServer {
  static readonly Port = ServerPort;
  static readonly Event = ServerEvent;
  static readonly Packet = PacketEvent;
  static readonly Task = ServerTask;
  static readonly TaskResult = BaseTaskResult;
  static readonly PipeMessage = BasePipeMessage;
  static readonly StatusInfo = BaseStatusInfo;
}

// WebSocket.Server and Http.Server extend the class without the static members.
standFor(Server, BaseServer);

export namespace Server {
  export type ClientInfo = ClientInfoType;
  export type Port = InstanceType<typeof ServerPort>;
  export type Event = InstanceType<typeof ServerEvent>;
  export type Packet = InstanceType<typeof PacketEvent>;
  export type Task = InstanceType<typeof ServerTask>;
  export type TaskResult = InstanceType<typeof BaseTaskResult>;
  export type PipeMessage = InstanceType<typeof BasePipeMessage>;
  export type StatusInfo = InstanceType<typeof BaseStatusInfo>;
}
