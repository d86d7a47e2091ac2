import { type MessagePort, workerData } from 'node:worker_threads';
import { adoptInventory, type SharedEntry } from '../memory/shared-memory.js';
import { inherited } from './inherited.js';

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
  /** What the ports of Unix datagrams are sent from, by their place; -1 for others. */
  readonly sockets: readonly number[];
  readonly inventory: readonly SharedEntry[];
  /** What the first thread was answered before: see process/answers.ts. */
  readonly answers: ReadonlyMap<string, readonly unknown[]>;
  readonly links: ReadonlyArray<readonly [thread: number, port: MessagePort]>;
  /** Modules to import first (loaders of TypeScript), then the script itself, as URLs. */
  readonly preload: readonly string[];
  readonly entry: string;
}

/** What a thread that is a process of Swoole.Process is given on its way. */
export interface ProcessAssignment {
  /** Which process of the script: the first one made is 0. */
  readonly process: number;
  /** The number that it has instead of a process id. */
  readonly pid: number;
  readonly inventory: readonly SharedEntry[];
  readonly answers: ReadonlyMap<string, readonly unknown[]>;
  readonly preload: readonly string[];
  readonly entry: string;
}

export const ASSIGNMENT_KEY = 'swoole-ts';

const threadIsGiven =
  (workerData as { [ASSIGNMENT_KEY]?: Assignment | ProcessAssignment } | null)?.[ASSIGNMENT_KEY] ?? null;
const processIsGiven = inherited();

/** What this thread does for a server; null in the first thread, in processes, and in threads that a program makes itself. */
export const assignment: Assignment | null =
  threadIsGiven !== null && 'server' in threadIsGiven ? threadIsGiven : null;

/** Which process, of those that are threads, this thread is; null where it is none. */
export const processAssignment: ProcessAssignment | null =
  threadIsGiven !== null && 'process' in threadIsGiven ? threadIsGiven : null;

/** What whoever repeats the script was given for it; null in who was started by a person. */
export const given: Pick<Assignment, 'answers'> | null = threadIsGiven ?? processIsGiven;

/** Which process of the script this thread is, or the process in whose first thread this is; null for none. */
export const ownProcess: number | null = (processAssignment ?? processIsGiven)?.process ?? null;

if (threadIsGiven !== null) adoptInventory(threadIsGiven.inventory);

/**
 * True in the thread in which the program was started. The workers of a server, and processes, run the script again:
 * what must be done once, do only where this is true. An addition.
 */
export const isMaster: boolean = given === null;
