import { constants } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import { releaseLocksOf } from '../../memory/recovery.js';
import { sharedInventory } from '../../memory/shared-memory.js';
import { BOOTSTRAP, entryUrl, preloads } from '../../worker/bootstrap.js';
import { ASSIGNMENT_KEY, type ProcessAssignment } from '../../worker/thread.js';
import type { Answers } from '../answers.js';
import { Line } from '../line.js';
import type { Body, Plan } from './body.js';

const { SIGCHLD, SIGCONT, SIGURG, SIGWINCH, SIGKILL } = constants.signals;
/** Signals that end nobody who does not listen to them. */
const HARMLESS: ReadonlySet<number> = new Set([SIGCHLD, SIGCONT, SIGURG, SIGWINCH]);
const EXIT_BY_ERROR = 255;
/** Above all numbers that Linux gives to processes, so that none of the system's is ever meant. */
let lastPid = 0x400000;

/** A thread that repeats the script up to its start, and shares tables, atomics and locks. Signals are messages to it. */
export class ThreadBody implements Body {
  readonly pid = ++lastPid;
  readonly line = new Line();
  readonly streams: Body['streams'];
  private readonly native: Worker;
  private readonly handled = new Set<number>();
  private signal = 0;
  private over = false;

  constructor({ number, redirect, ended }: Plan, answers: Answers) {
    const { line } = this;
    const given: ProcessAssignment = {
      process: number,
      pid: this.pid,
      answers,
      inventory: sharedInventory(),
      preload: preloads(),
      entry: entryUrl(),
    };
    this.native = new Worker(BOOTSTRAP, {
      eval: true,
      execArgv: [],
      argv: process.argv.slice(2),
      workerData: { [ASSIGNMENT_KEY]: given },
      stdin: redirect,
      stdout: redirect,
      stderr: redirect,
    });
    const { native } = this;
    const { threadId } = native;
    this.streams = redirect
      ? { input: native.stdin as Writable, outputs: [native.stdout as Readable, native.stderr as Readable] }
      : null;
    let failed = false;
    native.on('error', (error) => {
      process.stderr.write(`Fatal error: Uncaught ${error.stack ?? error.message}\n`);
      failed = true;
    });
    native.on('message', line.arrived);
    native.on('exit', (code) => {
      this.over = true;
      releaseLocksOf(threadId);
      line.ended();
      if (this.signal !== 0) ended(0, this.signal);
      else ended(failed ? EXIT_BY_ERROR : code, 0);
    });
    line.serve('handles', (signal: number, handles: boolean) => {
      if (handles) this.handled.add(signal);
      else this.handled.delete(signal);
    });
    // A program that it became has ended by a signal.
    line.serve('ended by', (signal: number) => {
      this.signal = signal;
    });
    line.use({
      post: (message) => native.postMessage(message),
      hold: () => {},
      close: () => {},
    });
  }

  kill(signal: number): boolean {
    if (this.over) return false;
    if (signal === 0 || HARMLESS.has(signal)) return true;
    if (signal !== SIGKILL && this.handled.has(signal)) return this.line.post('signal', signal);
    this.signal = signal;
    void this.native.terminate();
    return true;
  }
}
