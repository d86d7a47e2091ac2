import {
  SWOOLE_ASYNC,
  SWOOLE_KEEP,
  SWOOLE_SOCK_TCP,
  SWOOLE_SOCK_UNIX_DGRAM,
  SWOOLE_SYNC,
} from '../constants/socket.js';
import { SWOOLE_SSL } from '../constants/ssl.js';
import { fail } from '../errors/last-error.js';
import {
  SWOOLE_ERROR_CLIENT_NO_CONNECTION,
  SWOOLE_ERROR_PHP_FATAL_ERROR,
  SWOOLE_ERROR_PHP_RUNTIME_NOTICE,
} from '../errors/numbers.js';
import { swoole_strerror } from '../errors/strerror.js';
import { warn, warnQuietly } from '../errors/warnings.js';
import {
  MSG_DONTWAIT,
  MSG_OOB,
  MSG_PEEK,
  MSG_WAITALL,
  SHUT_RD,
  SHUT_RDWR,
  SHUT_WR,
} from '../socket/numbers.js';
import type { Socket } from '../socket/socket.js';
import type { ClientSettings } from './client-settings.js';
import { ClientLink, type LinkName } from './link.js';

const NAME = 'Swoole\\Client';
const FLAGS = SWOOLE_SSL | SWOOLE_SYNC | SWOOLE_ASYNC | SWOOLE_KEEP;

/** An address of a socket. */
export interface BaseClientSocketName {
  port: number;
  host: string;
}

/** What `Client` and `Async.Client` have in common: what they are and know, and their calls that wait for nothing. */
export abstract class BaseClient {
  static readonly MSG_OOB = MSG_OOB;
  static readonly MSG_PEEK = MSG_PEEK;
  static readonly MSG_DONTWAIT = MSG_DONTWAIT;
  static readonly MSG_WAITALL = MSG_WAITALL;
  static readonly SHUT_RDWR = SHUT_RDWR;
  static readonly SHUT_RD = SHUT_RD;
  static readonly SHUT_WR = SHUT_WR;

  /** Why a call failed, 0 when none has. */
  errCode = 0;
  /** A number that stands for the socket, -1 before there is one. */
  sock = -1;
  /** Whether it uses a connection that another client kept. */
  reuse = false;
  /** How often its connection has been used again. */
  reuseCount = 0;
  /** What a kept connection is called, null for where it leads to. */
  id: string | null = null;
  /** What `set()` was given. */
  setting: ClientSettings | null = null;
  protected link: ClientLink | null = null;
  /** Whether the link is connected. */
  protected active = false;

  /** @param type `SWOOLE_SOCK_*` and bits @throws TypeError for none of them */
  constructor(readonly type: number) {
    const { kind } = this;
    if (kind < SWOOLE_SOCK_TCP || kind > SWOOLE_SOCK_UNIX_DGRAM)
      throw new TypeError(
        `${NAME}::__construct() expects parameter 1 to be client type, unknown type ${type} given`,
      );
  }

  /** @internal The connection of a client, null when it has none. */
  static linkOf(client: BaseClient): ClientLink | null {
    return client.active ? client.link : null;
  }

  protected get kind(): number {
    return this.type & ~FLAGS;
  }

  protected makeLink(): ClientLink {
    const link = new ClientLink(this.kind, (this.type & SWOOLE_SSL) !== 0, true);
    this.link = link;
    this.sock = link.fd;
    return link;
  }

  /** Sets settings; others than before stay. They hold from the next `connect()` on. @see Swoole\Client::set */
  set(settings: ClientSettings): boolean {
    this.setting = { ...this.setting, ...settings };
    return true;
  }

  /** Whether it is connected, also when the other side has closed. @see Swoole\Client::isConnected */
  isConnected(): boolean {
    return this.active;
  }

  /** The address of this side, false without a connection. @see Swoole\Client::getsockname */
  getsockname(): BaseClientSocketName | false {
    const link = this.ready('getsockname');
    return link !== null && this.spelled(link.name());
  }

  /** The address of the other side; of a datagram socket where the last datagram came from. False without a connection. @see Swoole\Client::getpeername */
  getpeername(): BaseClientSocketName | false {
    const link = this.ready('getpeername');
    return link !== null && this.spelled(link.peer());
  }

  /** The server's certificate as PEM; false without TLS. @see Swoole\Client::getPeerCert */
  getPeerCert(): string | false {
    return this.#secure('getPeerCert')?.certificate() ?? false;
  }

  /** Whether the server's certificate is one to trust; false without TLS. @see Swoole\Client::verifyPeerCert */
  verifyPeerCert(allow_self_signed = false): boolean {
    return this.#secure('verifyPeerCert')?.isTrusted(allow_self_signed) ?? false;
  }

  /**
   * Ends the connection in one way or both.
   * @param how `SHUT_RD` to receive nothing more, `SHUT_WR` to send nothing more, `SHUT_RDWR` for both
   * @returns false when it has ended in this way
   * @see Swoole\Client::shutdown
   */
  shutdown(how: number): boolean {
    return this.ready('shutdown')?.shutdown(how) ?? false;
  }

  /** The socket of the connection, for what the client cannot do; only the client closes it. False without a connection, and for one that is kept. @see Swoole\Client::getSocket */
  getSocket(): Socket | false {
    const link = this.ready('getSocket');
    if (link === null) return false;
    if ((this.type & SWOOLE_KEEP) !== 0)
      return this.refuse('getSocket', "the 'getSocket' method can't be used on persistent connection");
    return link.lend() ?? false;
  }

  /** What is connected; null, with a warning and the number 5001, for nothing. */
  protected ready(method: string, name = NAME): ClientLink | null {
    if (this.link !== null && this.active) return this.link;
    this.errCode = SWOOLE_ERROR_CLIENT_NO_CONNECTION;
    warn(`${name}::${method}(): client is not connected to server`);
    fail(SWOOLE_ERROR_PHP_RUNTIME_NOTICE);
    return null;
  }

  #secure(method: string): ClientLink | null {
    const link = this.ready(method);
    if (link === null || link.isSecure) return link;
    this.refuse(method, 'SSL is not ready');
    return null;
  }

  /** A mistake of the program's: a warning. */
  protected refuse(method: string, text: string, error = SWOOLE_ERROR_PHP_FATAL_ERROR, name = NAME): false {
    warn(`${name}::${method}(): ${text}`);
    return fail(error);
  }

  /** A call that has failed, as the return value and errCode tell, and a warning does to those who listen. */
  protected failed(method: string, text: string, error: number): false {
    this.errCode = error;
    warnQuietly(`${NAME}::${method}(): ${text}, Error: ${swoole_strerror(error)}[${error}]`);
    return fail(error);
  }

  /** An address as these clients tell it: one of nowhere before there is one. */
  protected spelled(name: LinkName | null): BaseClientSocketName {
    return { port: name?.port ?? 0, host: name?.address ?? '0.0.0.0' };
  }
}
