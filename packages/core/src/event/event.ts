import { SWOOLE_EVENT_READ, SWOOLE_EVENT_WRITE } from '../constants/event.js';
import { beginWork } from '../coroutine/begun-work.js';
import { fail } from '../errors/last-error.js';
import { SWOOLE_ERROR_INVALID_PARAMS } from '../errors/numbers.js';
import { warn } from '../errors/warnings.js';
import { timers } from '../timer/queue.js';
import { setCycle } from './cycle.js';
import { holdLoop, leaveLoop, loopIdle, releaseLoop } from './loop.js';
import { perform } from './perform.js';
import { type EventSocket, type StreamCallback, WatchedStream } from './watched-stream.js';

/** A stream that a program watches, and what it calls. */
interface Watch {
  readonly stream: WatchedStream;
  readonly number: number;
  read: StreamCallback | null;
  write: StreamCallback | null;
}

const EVENTS = SWOOLE_EVENT_READ | SWOOLE_EVENT_WRITE;
const watches = new Map<EventSocket, Watch>();
let lastNumber = 0;

/** Swoole's event loop, which here is Node's: there is nothing to start. @see Swoole\Event */
export class Event {
  private constructor() {}

  /**
   * Calls back when a socket (or another stream of Node's) can be read or written, again and again as long as that lasts.
   * @param read_callback gets the socket when there is something to `read()`, and when the other side has ended
   * @param write_callback gets the socket when it takes more
   * @param events SWOOLE_EVENT_READ, SWOOLE_EVENT_WRITE or both
   * @returns a number from 1 up; false, and a warning, for a socket that is watched already
   * @see Swoole\Event::add
   */
  static add(
    fd: EventSocket,
    read_callback: StreamCallback | null = null,
    write_callback: StreamCallback | null = null,
    events = SWOOLE_EVENT_READ,
  ): number | false {
    if (watches.has(fd)) {
      warn('Swoole\\Event::add(): already exist');
      return fail(SWOOLE_ERROR_INVALID_PARAMS);
    }
    if (!usable(events, read_callback, write_callback, 'add')) return false;
    const watch: Watch = {
      stream: new WatchedStream(fd, (event) => ready(watch, event)),
      number: ++lastNumber,
      read: read_callback,
      write: write_callback,
    };
    watches.set(fd, watch);
    holdLoop();
    watch.stream.watch(events);
    return watch.number;
  }

  /** Ends watching a socket. False for one that is not watched. @see Swoole\Event::del */
  static del(fd: EventSocket): boolean {
    const watch = watches.get(fd);
    if (watch === undefined) return false;
    forget(watch);
    return true;
  }

  /**
   * Changes what is called for a watched socket; what is null or 0 stays.
   * @returns false, and a warning, for one that is not watched
   * @see Swoole\Event::set
   */
  static set(
    fd: EventSocket,
    read_callback: StreamCallback | null = null,
    write_callback: StreamCallback | null = null,
    events = 0,
  ): boolean {
    const watch = watches.get(fd);
    if (watch === undefined) {
      warn('Swoole\\Event::set(): the socket is not found in the reactor');
      return false;
    }
    const read = read_callback ?? watch.read;
    const write = write_callback ?? watch.write;
    const wanted = events === 0 ? watch.stream.events : events;
    if (!usable(wanted, read, write, 'set')) return false;
    watch.read = read;
    watch.write = write;
    watch.stream.watch(wanted);
    return true;
  }

  /** Whether a socket is watched for one of these events. @see Swoole\Event::isset */
  static isset(fd: EventSocket, events = EVENTS): boolean {
    return ((watches.get(fd)?.stream.events ?? 0) & events) !== 0;
  }

  /** Sends on a watched socket, now or when it takes more. False when it has ended. @see Swoole\Event::write */
  static write(fd: EventSocket, data: string | Uint8Array): boolean {
    if (data.length === 0) {
      warn('Swoole\\Event::write(): data empty');
      return false;
    }
    if (!watches.has(fd)) {
      warn('Swoole\\Event::write(): the socket is not found in the reactor');
      return false;
    }
    if (!fd.writable) return false;
    fd.write(data);
    return true;
  }

  /** Calls back at the end of this turn of the event loop. @returns true @see Swoole\Event::defer */
  static defer(callback: () => unknown): true {
    if (typeof callback !== 'function') {
      throw new TypeError('defer(): Argument #1 ($callback) must be a valid callback, no function given');
    }
    holdLoop();
    beginWork();
    setImmediate(() => {
      perform(callback, undefined);
      releaseLoop();
    });
    return true;
  }

  /**
   * Calls back in each turn of the event loop, until the loop ends. It keeps nothing going.
   * @param callback null calls nobody any more
   * @param before ignored: the end of one turn is the beginning of the next
   * @returns false when there was nobody to call any more
   * @see Swoole\Event::cycle
   */
  static cycle(callback: (() => unknown) | null, before = false): boolean {
    void before;
    return setCycle(callback === null ? null : () => perform(callback, undefined));
  }

  /** Waits for one turn of the event loop. @returns true @see Swoole\Event::dispatch */
  static dispatch(): Promise<boolean> {
    return new Promise((resolve) => {
      setImmediate(() => resolve(true));
    });
  }

  /**
   * Waits until no timer, no coroutine and no watched socket is left and every timer's callback has ended.
   * (PHP runs the event loop in this call.)
   * @see Swoole\Event::wait
   */
  static async wait(): Promise<void> {
    await loopIdle();
    setCycle(null);
  }

  /** The same as {@link Event.wait}, which PHP calls at the end of a program. @see Swoole\Event::rshutdown */
  static rshutdown(): Promise<void> {
    return Event.wait();
  }

  /** Ends `wait()` now: timers, and sockets that are watched, are forgotten. @see Swoole\Event::exit */
  static exit(): void {
    timers.clear();
    for (const watch of [...watches.values()]) forget(watch);
    leaveLoop();
  }
}

function usable(
  events: number,
  read: StreamCallback | null,
  write: StreamCallback | null,
  method: string,
): boolean {
  if ((events & EVENTS) === 0) {
    warn(`Swoole\\Event::${method}(): invalid events`);
    return false;
  }
  if ((events & SWOOLE_EVENT_READ) !== 0 && read === null) {
    warn(`Swoole\\Event::${method}(): Swoole\\Event: unable to find readable callback of the socket`);
    return false;
  }
  if ((events & SWOOLE_EVENT_WRITE) !== 0 && write === null) {
    warn(`Swoole\\Event::${method}(): Swoole\\Event: unable to find writable callback of the socket`);
    return false;
  }
  return true;
}

function forget(watch: Watch): void {
  watch.stream.watch(0);
  watches.delete(watch.stream.socket);
  releaseLoop();
}

function ready(watch: Watch, event: number): void {
  const callback = event === SWOOLE_EVENT_READ ? watch.read : watch.write;
  if (callback !== null) perform(callback, watch.stream.socket);
}

/** @see swoole_event_add */
export const swoole_event_add = Event.add;
/** @see swoole_event_del */
export const swoole_event_del = Event.del;
/** @see swoole_event_set */
export const swoole_event_set = Event.set;
/** @see swoole_event_isset */
export const swoole_event_isset = Event.isset;
/** @see swoole_event_write */
export const swoole_event_write = Event.write;
/** @see swoole_event_defer */
export const swoole_event_defer = Event.defer;
/** @see swoole_event_cycle */
export const swoole_event_cycle = Event.cycle;
/** @see swoole_event_dispatch */
export const swoole_event_dispatch = Event.dispatch;
/** @see swoole_event_wait */
export const swoole_event_wait = Event.wait;
/** @see swoole_event_rshutdown */
export const swoole_event_rshutdown = Event.rshutdown;
/** @see swoole_event_exit */
export const swoole_event_exit = Event.exit;
