import type { Readable, Writable } from 'node:stream';
import type { Line } from '../line.js';

/** What a process is made of: a process of the system's, or a thread. */
export interface Body {
  readonly pid: number;
  readonly line: Line;
  /** Its standard input, and what it prints, when they are redirected. */
  readonly streams: { readonly input: Writable; readonly outputs: readonly Readable[] } | null;
  /** Sends a signal. @returns false when it has ended */
  kill(signal: number): boolean;
}

/** What a process is to be. */
export interface Plan {
  /** Which process of the script. */
  readonly number: number;
  /** Whether its standard streams are its pipe. */
  readonly redirect: boolean;
  /** Told once, when it has ended: the exit code, or the signal that has ended it. */
  readonly ended: (code: number, signal: number) => void;
}
