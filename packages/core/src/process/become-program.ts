import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { isMainThread } from 'node:worker_threads';
import { leaveScript, lineToStarter } from './self.js';
import { claimSignal } from './signals.js';

/** What is sent to this process is meant for the program. */
const FORWARDED = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2', 'SIGCONT'] as const;
/** The shell's exit code for a program that cannot be run. */
const CANNOT_RUN = 126;

/**
 * Goes on as another program, with the same standard streams. Node cannot replace itself: the program is a child, and this process ends
 * when it ends, in the same way.
 */
export function becomeProgram(file: string, args: readonly string[]): never {
  const own = isMainThread ? ('inherit' as const) : ('pipe' as const);
  const child = spawn(file, args, { stdio: [own, own, own] });
  child.stdout?.pipe(process.stdout);
  child.stderr?.pipe(process.stderr);
  child.stdin?.on('error', () => {});
  if (child.stdin !== null) process.stdin.pipe(child.stdin);
  for (const name of FORWARDED) claimSignal(constants.signals[name], () => child.kill(name));
  child.on('error', () => process.exit(CANNOT_RUN));
  child.on('close', (code, signal) => {
    if (signal === null) process.exit(code ?? 0);
    lineToStarter()?.post('ended by', constants.signals[signal]);
    if (!isMainThread) process.exit(0);
    claimSignal(constants.signals[signal], null);
    process.kill(process.pid, signal);
  });
  return leaveScript();
}
