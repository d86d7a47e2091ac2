import { spawn } from 'node:child_process';
import path from 'node:path';
import { main } from '../../src/cli/main.js';

export interface Outcome {
  status: number;
  stdout: string;
  stderr: string;
}

const BIN = path.join(import.meta.dirname, '../../bin/swoole-ts-port.mjs');

/** Runs the command within this process, where TypeScript is loaded once for all runs. */
export async function swooleTsPort(args: readonly string[], cwd: string): Promise<Outcome> {
  const from = process.cwd();
  const written = { stdout: '', stderr: '' };
  const into = (name: keyof typeof written) => ({
    write(text: string) {
      written[name] += text;
      return true;
    },
  });
  process.chdir(cwd);
  try {
    return { status: await main(args, { stdout: into('stdout'), stderr: into('stderr') }), ...written };
  } finally {
    process.chdir(from);
  }
}

/** Runs the command as a shell would. It is what was built last. */
export function asInstalled(args: readonly string[], cwd: string): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [BIN, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.once('error', reject);
    child.once('close', (status) => resolve({ status: status ?? -1, stdout, stderr }));
  });
}
