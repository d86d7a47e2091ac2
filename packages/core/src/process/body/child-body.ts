import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { serialize } from 'node:v8';
import { INHERITED, type InheritedProcess } from '../../worker/inherited.js';
import type { Answers } from '../answers.js';
import { Line } from '../line.js';
import type { Body, Plan } from './body.js';

/** A process of the system's that repeats the script up to its start. */
export class ChildBody implements Body {
  readonly pid: number;
  readonly line = new Line();
  readonly streams: Body['streams'];
  private readonly child: ChildProcess;

  /** @throws Error when the system cannot make a process */
  constructor({ number, redirect, ended }: Plan, answers: Answers) {
    const given: InheritedProcess = { process: number, answers };
    const file = temporaryFile(serialize(given));
    const stdio = redirect ? ('pipe' as const) : ('inherit' as const);
    try {
      this.child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
        stdio: [stdio, stdio, stdio, 'ipc', file],
        serialization: 'advanced',
        env: { ...process.env, [INHERITED]: '1' },
      });
    } finally {
      closeSync(file);
    }
    const { child, line } = this;
    if (child.pid === undefined) {
      child.on('error', () => {});
      throw new Error('the system cannot make a process');
    }
    this.pid = child.pid;
    this.streams = redirect
      ? { input: child.stdin as Writable, outputs: [child.stdout as Readable, child.stderr as Readable] }
      : null;
    child.on('error', () => {});
    child.on('message', line.arrived);
    child.on('disconnect', line.ended);
    child.on('exit', (code, signal) => ended(code ?? 0, signal === null ? 0 : constants.signals[signal]));
    line.use({
      post: (message) => {
        if (child.connected) child.send(message as unknown[], () => {});
      },
      hold: () => {},
      close: () => {},
    });
  }

  kill(signal: number): boolean {
    return this.child.kill(signal);
  }
}

/** A descriptor of a file that nobody else sees. */
function temporaryFile(contents: Uint8Array): number {
  const folder = mkdtempSync(path.join(tmpdir(), 'swoole-ts-'));
  try {
    const file = path.join(folder, 'answers');
    writeFileSync(file, contents, { mode: 0o600 });
    return openSync(file, 'r');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
