import { loopIdle } from './loop.js';

/** Swoole's event loop, which here is Node's: there is nothing to start. @see Swoole\Event */
export class Event {
  private constructor() {}

  /**
   * Waits until no timer is left and every timer's callback has ended. (PHP runs the event loop in this call.)
   * @see Swoole\Event::wait
   */
  static wait(): Promise<void> {
    return loopIdle();
  }
}

/** @see swoole_event_wait */
export const swoole_event_wait = Event.wait;
