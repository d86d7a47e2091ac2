import type { Port } from '../server/port.js';
import type { Runtime } from '../server/runtime.js';
import type { Server } from '../server/server.js';
import type { ResolvedSettings } from '../server/settings/settings.js';
import { Master } from './master.js';
import { SingleThread } from './single-thread.js';
import { assignment } from './thread.js';
import { WorkerThread } from './worker-thread.js';

/** How a server lives: in one thread, as the master of several, or as one of them. */
export interface Life {
  /** Opens the ports and serves; resolves to true when the server is over. */
  run(ports: readonly Port[], settings: ResolvedSettings): Promise<boolean>;
  /** Begins the shutdown. @returns false when it has begun */
  shutdown(): boolean;
  /** Ends a worker. @returns false for one that there is not */
  stop(worker: number): boolean;
  /** Ends a worker at once. @returns false for one that there is not */
  kill(worker: number, code: number): boolean;
  /** Replaces workers. @returns false where there is nothing to replace */
  reload(onlyTaskWorkers: boolean): boolean;
  /** Reads certificates again. @returns false when they cannot be used */
  reloadCertificates(): boolean;
}

/** One worker without tasks and processes needs no threads. */
export function chooseLife(runtime: Runtime, server: Server, settings: ResolvedSettings): Life {
  if (assignment !== null) return new WorkerThread(runtime, server, assignment);
  if (settings.worker_num > 1 || settings.task_worker_num > 0 || runtime.processes.length > 0)
    return new Master(runtime, server);
  return new SingleThread(runtime, server);
}
