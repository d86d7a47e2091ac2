import { spawn } from 'node:child_process';
import { isMaster } from '../worker/thread.js';

/**
 * Goes on in the background, detached from the terminal. Node cannot fork: the program is started once more, and this process ends.
 * @param mark the variable of the environment by which the new one knows itself
 * @param output where it prints to: a descriptor, the same as here, or nowhere
 * @returns in the process in the background, and in those that it has made
 */
export function goToBackground(mark: string, output: number | 'inherit' | 'ignore'): void {
  const isThere = process.env[mark] !== undefined;
  // What this process starts is not in the background by itself.
  delete process.env[mark];
  if (isThere || !isMaster) return;
  const child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
    detached: true,
    stdio: [output === 'inherit' ? output : 'ignore', output, output],
    env: { ...process.env, [mark]: '1' },
  });
  child.unref();
  process.exit(0);
}
