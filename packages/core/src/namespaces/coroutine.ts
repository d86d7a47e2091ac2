import { Client as CoroutineClient } from '../client/client.js';
import type { ClientSettings as CoroutineClientSettings } from '../client/client-settings.js';
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
import * as CoroutineHttp from './coroutine-http.js';

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
  static readonly Iterator = CoroutineIterator;
  static readonly Lock = CoroutineLock;
  static readonly Scheduler = CoroutineScheduler;
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

export namespace Coroutine {
  export type Barrier = CoroutineBarrier;
  export type CanceledException = Canceled;
  export type Channel<T = unknown> = CoroutineChannel<T>;
  export type Client = CoroutineClient;
  export type ClientSettings = CoroutineClientSettings;
  export type Context = CoroutineContext;
  export type Iterator = CoroutineIterator;
  export namespace Http {
    export type Client = CoroutineHttp.Client;
    export type ClientProxy = CoroutineHttp.ClientProxy;
    export type ClientSettings = CoroutineHttp.ClientSettings;
  }
  export type Lock = CoroutineLock;
  export type Scheduler = CoroutineScheduler;
  export type Stats = CoroutineStats;
  export type System = CoroutineSystem;
  export type TimeoutException = Timeout;
  export type WaitGroup = CoroutineWaitGroup;
}
