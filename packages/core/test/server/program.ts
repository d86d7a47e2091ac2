import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { Queue } from './queue.js';

const programs = fileURLToPath(new URL('../fixtures/.built/', import.meta.url));
const ends = new URL('../fixtures/ends-with-parent.mjs', import.meta.url).href;

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** A program of test/fixtures/programs, compiled by build-programs.ts, in a process of its own, which ends with the test at the latest, and when nobody is there any more. */
export function run(name: string, env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['--import', ends, path.join(programs, `${name}.js`)], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const lines = new Queue<string>();
  let stdout = '';
  let stderr = '';
  let rest = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    parts.forEach(lines.put);
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code, signal) => {
      lines.put('(the program has ended)');
      resolve({ code, signal, stdout, stderr });
    });
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return { child, lines, ended };
}

/** Waits for a line of the form `port 12345`. */
export async function portOf(lines: Queue<string>): Promise<number> {
  const line = await lines.next();
  if (!line.startsWith('port ')) throw new Error(`the program said ${line}`);
  return Number(line.slice('port '.length));
}
