import type { ResolvedSettings } from '../server/settings/settings.js';
import type { Role } from './thread.js';

/** How often the requests are looked at, in milliseconds. */
const LOOK_MS = 100;

/**
 * The settings max_request and task_max_request: a worker that has done so much is replaced. By chance a part of the grace is added, so that
 * not all workers go at once. As requests are counted and not stopped, a few more are done than that.
 */
export class RequestLimit {
  private constructor(private readonly timer: NodeJS.Timeout) {}

  /**
   * Starts to look, when the settings ask for it; else returns null.
   * @param done how many it has done
   */
  static start(
    settings: ResolvedSettings,
    role: Role,
    done: () => number,
    reached: () => void,
  ): RequestLimit | null {
    const limit = role === 'task' ? settings.task_max_request : settings.max_request;
    const grace = role === 'task' ? settings.task_max_request_grace : settings.max_request_grace;
    if (limit === 0 || role === 'user') return null;
    const most = limit + Math.floor(Math.random() * (grace || Math.trunc(limit / 2)));
    const timer = setInterval(() => {
      if (done() < most) return;
      clearInterval(timer);
      reached();
    }, LOOK_MS);
    timer.unref();
    return new RequestLimit(timer);
  }

  stop(): void {
    clearInterval(this.timer);
  }
}
