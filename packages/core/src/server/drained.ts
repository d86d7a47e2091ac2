import type { Session } from '../session/session.js';
import type { Runtime } from './runtime.js';
import type { Server } from './server.js';

/** Raises bufferEmpty when what waited for a slow client has left. */
export function drained(runtime: Runtime, server: Server, session: Session): void {
  const { engine, port } = session;
  // Sends that wait fill the buffer again before it is empty for anybody.
  if (!session.bufferFull || session.closed || session.output?.sendsWait) return;
  if (engine.bufferedAmount() > port.resolved.buffer_low_watermark) return;
  session.bufferFull = false;
  const callback = server.callbackFor<(server: Server, fd: number) => unknown>(port, 'bufferEmpty');
  if (callback !== null) runtime.call('bufferEmpty', session, () => callback(server, session.fd));
}

/** What waits for a slow client exceeds buffer_high_watermark: raises bufferFull, once until {@link drained}. */
export function bufferFull(runtime: Runtime, server: Server, session: Session): void {
  if (session.bufferFull) return;
  session.bufferFull = true;
  drainedSoon(runtime, server, session);
  const callback = server.callbackFor<(server: Server, fd: number) => unknown>(session.port, 'bufferFull');
  if (callback !== null) runtime.call('bufferFull', session, () => callback(server, session.fd));
}

/** Looks for {@link drained} once this turn has sent what it can: when all of it leaves, no socket has to become writable again. */
function drainedSoon(runtime: Runtime, server: Server, session: Session): void {
  // The sending may have been scheduled behind the first of the two.
  setImmediate(() => setImmediate(() => drained(runtime, server, session)));
}
