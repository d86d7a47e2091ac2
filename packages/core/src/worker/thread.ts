import { type MessagePort, workerData } from 'node:worker_threads';
import { adoptInventory, type SharedEntry } from '../memory/shared-memory.js';

/** What a thread of a server is for. Threads are numbered as they are made; the first thread, the master, is 0. */
export type Role = 'event' | 'task' | 'user';

/** The master's number. */
export const MASTER = 0;

/** What the master gives a thread on its way. */
export interface Assignment {
  /** Which server of the script: the first one made is 0. */
  readonly server: number;
  readonly role: Role;
  /** Swoole's worker id. */
  readonly worker: number;
  /** The number of the thread, which no other gets. */
  readonly thread: number;
  /** How often this worker id was given out before. */
  readonly generation: number;
  /** Its row of counters. */
  readonly row: number;
  readonly sessions: SharedArrayBuffer;
  readonly control: SharedArrayBuffer;
  /** The port numbers in use. */
  readonly ports: readonly number[];
  readonly inventory: readonly SharedEntry[];
  readonly links: ReadonlyArray<readonly [thread: number, port: MessagePort]>;
  /** Modules to import first (loaders of TypeScript), then the script itself, as URLs. */
  readonly preload: readonly string[];
  readonly entry: string;
}

/** What a thread that is a process of Swoole.Process is given on its way. */
export interface ProcessAssignment {
  /** Which process of the script: the first one made is 0. */
  readonly process: number;
  /** Its end of the pipe. */
  readonly pipe: MessagePort;
  readonly inventory: readonly SharedEntry[];
  readonly preload: readonly string[];
  readonly entry: string;
}

export const ASSIGNMENT_KEY = 'swoole-ts';

const given =
  (workerData as { [ASSIGNMENT_KEY]?: Assignment | ProcessAssignment } | null)?.[ASSIGNMENT_KEY] ?? null;

/** What this thread does for a server; null in the first thread, in processes, and in threads that a program makes itself. */
export const assignment: Assignment | null = given !== null && 'server' in given ? given : null;

/** Which process this thread is; null where it is none. */
export const processAssignment: ProcessAssignment | null =
  given !== null && 'process' in given ? given : null;

if (given !== null) adoptInventory(given.inventory);

/**
 * True in the thread in which the program was started. The workers of a server, and processes, are threads that run the script again:
 * what must be done once, do only where this is true. An addition.
 */
export const isMaster: boolean = given === null;
