import { PacketEvent, ServerEvent } from '../server/event-objects.js';
import { Port as ServerPort } from '../server/port.js';
import { Server as BaseServer } from '../server/server.js';
import { standFor } from './stand-for.js';

/** Swoole\Server with its nested classes as static members: Swoole.Server.Port is Swoole\Server\Port. */
export class Server extends BaseServer {
  static readonly Port = ServerPort;
  static readonly Event = ServerEvent;
  static readonly Packet = PacketEvent;
}

// WebSocket.Server and Http.Server extend the class without the static members.
standFor(Server, BaseServer);

export namespace Server {
  export type Port = InstanceType<typeof ServerPort>;
  export type Event = InstanceType<typeof ServerEvent>;
  export type Packet = InstanceType<typeof PacketEvent>;
}
