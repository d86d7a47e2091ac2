import { closeSync, readFileSync } from 'node:fs';
import { deserialize } from 'node:v8';
import { isMainThread } from 'node:worker_threads';

/** Set in a process that is to repeat the script up to the start of a process of Swoole.Process. */
export const INHERITED = 'SWOOLE_TS_PROCESS';
/** Where it finds what it needs for that. */
const DESCRIPTOR = 4;

/** What a process of the system's own is given on its way. */
export interface InheritedProcess {
  /** Which process of the script: the first one made is 0. */
  readonly process: number;
  readonly answers: ReadonlyMap<string, readonly unknown[]>;
}

/** What this process was given; null in one that a person has started. */
export function inherited(): InheritedProcess | null {
  if (!isMainThread || process.env[INHERITED] === undefined) return null;
  // What it starts itself is no such process.
  delete process.env[INHERITED];
  const given = deserialize(readFileSync(DESCRIPTOR)) as InheritedProcess;
  closeSync(DESCRIPTOR);
  return given;
}
