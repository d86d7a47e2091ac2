import type { Session } from '../session/session.js';
import type { Runtime } from './runtime.js';
import type { ResolvedSettings } from './settings/settings.js';

/** Closes connections that have been silent for too long. Anything received counts, what is sent does not. */
export class Heartbeat {
  private constructor(private readonly timer: NodeJS.Timeout) {}

  /** Starts it when the settings ask for it; else returns null. */
  static start(runtime: Runtime, settings: ResolvedSettings, end = closeSilent): Heartbeat | null {
    const interval = settings.heartbeat_check_interval;
    if (interval <= 0) return null;
    const idle = settings.heartbeat_idle_time > 0 ? settings.heartbeat_idle_time : interval * 2;
    const timer = setInterval(() => {
      for (const session of [...silentFor(runtime, idle)]) {
        // The thread that has the socket looks after it.
        if (session.relayed) continue;
        end(session);
      }
    }, interval * 1000);
    return new Heartbeat(timer);
  }

  stop(): void {
    clearInterval(this.timer);
  }
}

function closeSilent(session: Session): void {
  session.closedBy = 'heartbeat';
  session.engine.close();
}

/** The sessions that have received nothing for `seconds`. */
export function* silentFor(runtime: Runtime, seconds: number) {
  const since = Date.now() - seconds * 1000;
  for (const session of runtime.sessions.values())
    if (!session.closed && !session.protected && session.lastReceived <= since) yield session;
}
