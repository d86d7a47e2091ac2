import { Exception } from '../errors/exception.js';
import { warn } from '../errors/warnings.js';
import type { ServerEvent } from '../server/event-objects.js';
import type { Callback, Port } from '../server/port.js';
import { Server } from '../server/server.js';
import type { ServerSettings } from '../server/settings/settings.js';
import { parseCommand, type RedisParameter } from './command.js';
import { formatReply, ReplyType } from './format.js';

const MAX_COMMAND = 64;

/**
 * Answers a command: gets the fd of the client and what it sent behind the command's name. What it returns is sent; it may be async.
 * Bytes are Buffers, as all bytes are.
 */
export type RedisHandler = (fd: number, data: RedisParameter[]) => unknown;

/** A server that clients of Redis talk to, with a handler for each command. @see Swoole\Redis\Server */
export class RedisServer extends Server {
  static override readonly phpName: string = 'Swoole\\Redis\\Server';
  static readonly NIL = ReplyType.NIL;
  static readonly ERROR = ReplyType.ERROR;
  static readonly STATUS = ReplyType.STATUS;
  static readonly INT = ReplyType.INT;
  static readonly STRING = ReplyType.STRING;
  static readonly SET = ReplyType.SET;
  static readonly MAP = ReplyType.MAP;

  private readonly handlers = new Map<string, RedisHandler>();

  /**
   * Registers what answers a command; a later handler takes the place of an earlier one.
   * @param command its name in any case, shorter than 64 bytes
   * @throws Exception for a name that no client could send
   * @see Swoole\Redis\Server::setHandler
   */
  setHandler(command: string, callback: RedisHandler): boolean {
    if (command === '' || Buffer.byteLength(command) >= MAX_COMMAND) throw new Exception('invalid command');
    if (typeof callback !== 'function') {
      warn(`Swoole\\Redis\\Server::setHandler(): function '${String(callback)}' is not callable`);
      return false;
    }
    this.handlers.set(command.toLowerCase(), callback);
    return true;
  }

  /** The handler of a command, null when there is none. @see Swoole\Redis\Server::getHandler */
  getHandler(command: string): RedisHandler | null {
    return this.handlers.get(command.toLowerCase()) ?? null;
  }

  /**
   * A reply as clients of Redis read it.
   * @param type Redis.Server.NIL, ERROR, STATUS, INT, STRING, SET or MAP
   * @param value text or bytes, a number, or for SET and MAP an array, a Map or an object; ERROR and STATUS have one of their own
   * @throws Exception with code 505 for a value that is missing or not of the kind
   * @see Swoole\Redis\Server::format
   */
  static format(type: number, value?: unknown): Buffer {
    return formatReply(type, value);
  }

  protected override protocolSettings(): ServerSettings {
    return { open_redis_protocol: true };
  }

  /** @internal */
  override receiverOf(port: Port): Callback | null {
    if (!port.resolved.open_redis_protocol) return super.receiverOf(port);
    return (_server: Server, client: number | ServerEvent, _reactorId?: number, data?: Buffer) =>
      typeof client === 'number'
        ? this.answer(client, data as Buffer)
        : this.answer(client.fd, client.data as Buffer);
  }

  private answer(fd: number, packet: Buffer): unknown {
    const command = parseCommand(packet);
    // An empty array: Redis says nothing to it either.
    if (command === null) return undefined;
    const name = command.name.toString('latin1');
    if (name.length >= MAX_COMMAND) {
      warn(`Swoole\\Redis\\Server: command [${name.slice(0, 8)}...](length=${name.length}) is too long`);
      this.close(fd);
      return undefined;
    }
    const handler = this.handlers.get(name.toLowerCase());
    if (handler === undefined) {
      this.send(fd, formatReply(ReplyType.ERROR, `ERR unknown command '${name}'`));
      return undefined;
    }
    const reply = handler(fd, command.parameters);
    if (reply instanceof Promise) return reply.then((later: unknown) => this.reply(fd, later));
    this.reply(fd, reply);
    return undefined;
  }

  private reply(fd: number, reply: unknown): void {
    if ((typeof reply === 'string' || reply instanceof Uint8Array) && reply.length > 0 && this.exist(fd))
      this.send(fd, reply);
  }
}
