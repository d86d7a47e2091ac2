import { Event } from '../event/event.js';
import { standFor } from '../namespaces/stand-for.js';
import { Timer } from '../timer/timer.js';
import { WebSocketServer } from '../websocket/server.js';

export { CloseFrame, Frame } from '../websocket/frame.js';

/** Swoole\WebSocket\Server with the methods that left it after Swoole 4. */
export class Server extends WebSocketServer {
  /** The same as {@link Timer.tick}. @see swoole_server::tick */
  tick<Params extends unknown[]>(
    ms: number,
    callback: (timer_id: number, ...params: Params) => unknown,
    ...params: Params
  ): number | false {
    return Timer.tick(ms, callback, ...params);
  }

  /** The same as {@link Timer.after}. @see swoole_server::after */
  after<Params extends unknown[]>(
    ms: number,
    callback: (...params: Params) => unknown,
    ...params: Params
  ): number | false {
    return Timer.after(ms, callback, ...params);
  }

  /** The same as {@link Timer.clear}. @see swoole_server::clearTimer */
  clearTimer(timer_id: number): boolean {
    return Timer.clear(timer_id);
  }

  /** Calls back once this turn of the event loop is over. @returns true @see swoole_server::defer */
  defer(callback: () => unknown): true {
    return Event.defer(callback);
  }
}

standFor(Server, WebSocketServer);
