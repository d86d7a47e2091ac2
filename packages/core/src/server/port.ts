import type dgram from 'node:dgram';
import type net from 'node:net';
import { noteCallback } from '../coroutine/lifecycle.js';
import type { DatagramPort } from '../engine/datagram.js';
import { fail } from '../errors/last-error.js';
import { warn } from '../errors/warnings.js';
import type { ResponseContext } from '../http/response.js';
import { ConnectionIterator } from '../session/connection-iterator.js';
import type { SessionTable } from '../session/session-table.js';
import { eventScope, type ServerEvents } from './events.js';
import type { Server } from './server.js';
import { type ResolvedSettings, resolveSettings, type ServerSettings } from './settings/settings.js';

/** A callback as it is stored: what it is called with is the event's business. */
export type Callback = (...args: never[]) => unknown;

/** A listening port of a server. @see Swoole\Server\Port */
export class Port<ServerType extends Server = Server> {
  static readonly phpName = 'Swoole\\Server\\Port';
  readonly host: string;
  /** The port number; with 0 the system chooses one when the server starts. */
  port: number;
  readonly type: number;
  readonly sock = -1;
  readonly ssl: boolean;
  /** What set() was given; null before. */
  setting: ServerSettings | null = null;
  readonly connections: ConnectionIterator;

  /** @internal Its place in `server.ports`. */
  readonly index: number;
  /** @internal The settings in force, once the server starts. */
  resolved: ResolvedSettings = resolveSettings({});
  /** @internal In bytes: what may be queued for a client without a second look. */
  pushLimit = 0;

  /** @internal What responses of this port answer with, once the server starts. */
  responseContext: ResponseContext | null = null;
  /** @internal What a port for datagrams sends with, while the server runs. */
  datagrams: Pick<DatagramPort, 'send' | 'share'> | null = null;
  /** @internal What a raw TCP or UDP port listens with, while the server runs. */
  socket: net.Server | dgram.Socket | null = null;
  private readonly callbacks = new Map<string, Callback>();

  /** @internal Made by the server's constructor and by listen(). */
  constructor(host: string, port: number, type: number, ssl: boolean, sessions: SessionTable, index: number) {
    this.host = host;
    this.port = port;
    this.type = type;
    this.ssl = ssl;
    this.index = index;
    this.connections = new ConnectionIterator(sessions, this);
  }

  /** @internal The settings that are in force from now on. */
  use(settings: ResolvedSettings): void {
    this.resolved = settings;
    this.pushLimit = Math.min(settings.buffer_high_watermark, settings.output_buffer_size);
  }

  /**
   * Sets options of this port; later calls add to earlier ones.
   * @see Swoole\Server\Port::set
   */
  set(settings: ServerSettings): void {
    this.setting = { ...this.setting, ...settings };
  }

  /**
   * Registers a callback for connections of this port; events without one use the server's.
   * @param event_name the name in any case
   * @returns false with a warning for an unknown event or something that cannot be called
   * @see Swoole\Server\Port::on
   */
  on<Event extends keyof ServerEvents<ServerType>>(
    event_name: Event,
    callback: ServerEvents<ServerType>[Event],
  ): boolean;
  on(event_name: string, callback: Callback): boolean;
  on(event_name: string, callback: Callback): boolean {
    if (eventScope(event_name) !== 'port') return this.refuse(`unknown event types[${event_name}]`);
    if (callback === null || callback === undefined) return this.refuse('illegal callback function');
    if (typeof callback !== 'function') return this.refuse(`function '${String(callback)}' is not callable`);
    this.callbacks.set(event_name.toLowerCase(), callback);
    noteCallback(callback);
    return true;
  }

  /** The callback of an event, null when there is none. @see Swoole\Server\Port::getCallback */
  getCallback(event_name: string): Callback | null {
    return this.callbacks.get(event_name.toLowerCase()) ?? null;
  }

  /**
   * What a raw TCP or UDP port listens with, as Node has it.
   * @returns false before the start, and for HTTP and WebSocket ports
   * @see Swoole\Server\Port::getSocket
   */
  getSocket(): net.Server | dgram.Socket | false {
    return this.socket ?? false;
  }

  private refuse(message: string): false {
    warn(`Swoole\\Server\\Port::on(): ${message}`);
    return fail(0);
  }
}
