import type { MessagePort } from 'node:worker_threads';

/** What the master tells a thread. Of the letters (see letters.ts) the master knows nothing. */
export type Order =
  | { readonly do: 'link'; readonly thread: number; readonly port: MessagePort }
  | { readonly do: 'unlink'; readonly thread: number }
  /** No more connections come: the thread may end. */
  | { readonly do: 'cutOff' }
  /** End now, as a process that gets SIGKILL. */
  | { readonly do: 'exit'; readonly code: number }
  /** End in order: what runs may come to its end, then WebSockets are closed with this code. */
  | { readonly do: 'leave'; readonly code: number; readonly shutdown: boolean };

/** What a thread tells the master. */
export type Report =
  /** The thread serves; what the acceptors need, by the place of the port in `server.ports`. */
  | { readonly did: 'ready'; readonly shares: ReadonlyArray<readonly [port: number, share: unknown]> }
  /** The thread is about to end and wants no more connections. */
  | { readonly did: 'dying' }
  /** It has done as many requests as max_request allows, or its heap is full: it wants to be replaced, and may not wait for that. */
  | { readonly did: 'wearOut'; readonly atOnce: boolean }
  | { readonly ask: 'shutdown' }
  | { readonly ask: 'reload'; readonly onlyTaskWorkers: boolean }
  | { readonly ask: 'stop'; readonly worker: number }
  | { readonly ask: 'kill'; readonly worker: number; readonly code: number };
