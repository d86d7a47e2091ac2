import type { ClientSettings as CoroutineClientSettings } from '../client/client-settings.js';
import { CoroutineClient } from '../client/coroutine-client.js';
import { Barrier as CoroutineBarrier } from '../coroutine/barrier.js';
import { CanceledException as Canceled } from '../coroutine/canceled-exception.js';
import { Channel as CoroutineChannel } from '../coroutine/channel.js';
import { Context as CoroutineContext } from '../coroutine/context.js';
import { Coroutine as BaseCoroutine, type CoroutineStats } from '../coroutine/coroutine.js';
import { deadlock_check } from '../coroutine/deadlock.js';
import { batch, defer, go, map, parallel, run } from '../coroutine/functions.js';
import { CoroutineIterator } from '../coroutine/iterator.js';
import { Lock as CoroutineLock } from '../coroutine/lock.js';
import { Scheduler as CoroutineScheduler } from '../coroutine/scheduler.js';
import { System as CoroutineSystem } from '../coroutine/system.js';
import { TimeoutException as Timeout } from '../coroutine/timeout-exception.js';
import { WaitGroup as CoroutineWaitGroup } from '../coroutine/wait-group.js';
import type { SocketException } from '../socket/exception.js';
import { CoroutineServer } from '../socket/server.js';
import type { ServerConnection } from '../socket/server-connection.js';
import { Socket as CoroutineSocket } from '../socket/socket.js';
import type {
  SocketName as CoroutineSocketName,
  SocketProtocol as CoroutineSocketProtocol,
} from '../socket/socket-base.js';
import * as CoroutineHttp from './coroutine-http.js';
import * as CoroutineHttp2 from './coroutine-http2.js';

/**
 * Swoole\Coroutine with the classes and functions of its namespace as static members: Swoole.Coroutine.Channel is
 * Swoole\Coroutine\Channel, Swoole.Coroutine.run is Swoole\Coroutine\run.
 */
export class Coroutine extends BaseCoroutine {
  static override readonly phpName = 'Swoole\\Coroutine';
  static readonly Barrier = CoroutineBarrier;
  static readonly CanceledException = Canceled;
  static readonly Channel = CoroutineChannel;
  static readonly Client = CoroutineClient;
  static readonly Context = CoroutineContext;
  static readonly Http = CoroutineHttp;
  static readonly Http2 = CoroutineHttp2;
  static readonly Iterator = CoroutineIterator;
  static readonly Lock = CoroutineLock;
  static readonly Scheduler = CoroutineScheduler;
  static readonly Server = CoroutineServer;
  static readonly Socket = CoroutineSocket;
  static readonly System = CoroutineSystem;
  static readonly TimeoutException = Timeout;
  static readonly WaitGroup = CoroutineWaitGroup;
  static readonly batch = batch;
  static readonly deadlock_check = deadlock_check;
  static override readonly defer = defer;
  static readonly go = go;
  static readonly map = map;
  static readonly parallel = parallel;
  static readonly run = run;
}

// The bundled declarations have each class under its own name: within a namespace that gives the same name to a type, it would mean itself.
type BarrierType = CoroutineBarrier;
type CanceledExceptionType = Canceled;
type ClientType = CoroutineClient;
type ClientSettingsType = CoroutineClientSettings;
type ContextType = CoroutineContext;
type LockType = CoroutineLock;
type SchedulerType = CoroutineScheduler;
type ServerType = CoroutineServer;
type ServerConnectionType = ServerConnection;
type SocketType = CoroutineSocket;
type SocketExceptionType = SocketException;
type SocketNameType = CoroutineSocketName;
type SocketProtocolType = CoroutineSocketProtocol;
type SystemType = CoroutineSystem;
type TimeoutExceptionType = Timeout;
type WaitGroupType = CoroutineWaitGroup;
type ChannelType<T> = CoroutineChannel<T>;
type HttpProxyType = CoroutineHttp.ClientProxy;
type HttpServerType = CoroutineHttp.Server;
type Http2ClientType = CoroutineHttp2.Client;
type Http2MultiplexClientType = CoroutineHttp2.MultiplexClient;

export namespace Coroutine {
  export type Barrier = BarrierType;
  export type CanceledException = CanceledExceptionType;
  export type Channel<T = unknown> = ChannelType<T>;
  export type Client = ClientType;
  export type ClientSettings = ClientSettingsType;
  export type Context = ContextType;
  export type Iterator = CoroutineIterator;
  export namespace Http {
    export type Client = CoroutineHttp.Client;
    export type ClientProxy = HttpProxyType;
    export type ClientSettings = CoroutineHttp.ClientSettings;
    export type Server = HttpServerType;
  }
  export namespace Http2 {
    export type Client = Http2ClientType;
    export type MultiplexClient = Http2MultiplexClientType;
  }
  export type Lock = LockType;
  export type Scheduler = SchedulerType;
  export type Server = ServerType;
  export namespace Server {
    export type Connection = ServerConnectionType;
  }
  export type Socket = SocketType;
  export namespace Socket {
    export type Exception = SocketExceptionType;
    export type Name = SocketNameType;
    export type Protocol = SocketProtocolType;
  }
  export type Stats = CoroutineStats;
  export type System = SystemType;
  export type TimeoutException = TimeoutExceptionType;
  export type WaitGroup = WaitGroupType;
}
