import { Event } from '../event/event.js';
import { HttpServer } from '../http/server.js';
import { standFor } from '../namespaces/stand-for.js';
import { Timer } from '../timer/timer.js';

export { Cookie } from '../http/cookie.js';
export { Request } from '../http/request.js';
export { Response } from '../http/response.js';
export { Status } from '../http/status.js';

/** Swoole\Http\Server with the methods that left it after Swoole 4. */
export class Server extends HttpServer {
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

standFor(Server, HttpServer);
