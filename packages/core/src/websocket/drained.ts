import type { Runtime } from '../server/runtime.js';
import type { Server } from '../server/server.js';
import type { Session } from '../session/session.js';

/** Raises bufferEmpty when what waited for a slow client has left. */
export function drained(runtime: Runtime, server: Server, session: Session): void {
  const { engine, port } = session;
  if (!session.bufferFull || session.closed) return;
  if (engine.bufferedAmount() > port.resolved.buffer_low_watermark) return;
  session.bufferFull = false;
  const callback = server.callbackFor<(server: Server, fd: number) => unknown>(port, 'bufferEmpty');
  if (callback !== null) runtime.call('bufferEmpty', session, () => callback(server, session.fd));
}

/** Looks for {@link drained} once this turn has sent what it can: when all of it leaves, no socket has to become writable again. */
export function drainedSoon(runtime: Runtime, server: Server, session: Session): void {
  // The sending may have been scheduled behind the first of the two.
  setImmediate(() => setImmediate(() => drained(runtime, server, session)));
}
