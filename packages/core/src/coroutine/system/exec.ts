import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** How a command ended. */
export interface ExecResult {
  /** Its exit code, 0 when a signal ended it. */
  code: number;
  /** The number of the signal that ended it, 0 for none. */
  signal: number;
  /** What it wrote to standard output. */
  output: string;
}

/** Runs a command in a shell. @param both whether the output has what it wrote to standard error, too */
export function exec(command: string, both: boolean): Promise<ExecResult | false> {
  return new Promise((resolve) => {
    const child = spawn(both ? `exec 2>&1; ${command}` : command, {
      shell: true,
      stdio: ['inherit', 'pipe', 'inherit'],
    });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', () => resolve(false));
    child.once('close', (code, signal) => {
      const output = Buffer.concat(chunks).toString();
      resolve({ code: code ?? 0, signal: signal === null ? 0 : constants.signals[signal], output });
    });
  });
}
