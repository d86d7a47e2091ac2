import { exec as run } from 'node:child_process';
import { constants } from 'node:os';
import { isatty } from 'node:tty';
import { isMainThread } from 'node:worker_threads';
import { resolve } from '../functions/callable.js';
import { echo } from '../output/buffer.js';
import { toInt, toStr } from '../value/convert.js';
import type { Ref } from '../value/ref.js';
import { received } from '../value/text.js';

interface Finished {
  output: Buffer;
  code: number;
}

function shell(command: string): Promise<Finished> {
  return new Promise((done) => {
    run(command, { encoding: 'buffer', maxBuffer: 1024 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (stderr.length > 0) process.stderr.write(stderr);
      done({ output: stdout, code: error === null ? 0 : typeof error.code === 'number' ? error.code : 255 });
    });
  });
}

const linesOf = (output: Buffer): string[] =>
  output
    .toString()
    .split('\n')
    .map((line) => line.replace(/[ \t\r\n\v\f]+$/, ''));

/** Runs a command. @param output gets its lines @param result_code gets its status @returns the last line */
export async function exec(
  command: unknown,
  output?: Ref<never[]> | Ref<string[]> | Ref<unknown> | null,
  result_code?: Ref<number> | null,
): Promise<string | false> {
  const { output: text, code } = await shell(toStr(command));
  const lines = linesOf(text);
  if (lines.at(-1) === '') lines.pop();
  const box = output as Ref<unknown> | null | undefined;
  if (box) box.value = [...(Array.isArray(box.value) ? box.value : []), ...lines];
  if (result_code) result_code.value = code;
  return lines.at(-1) ?? '';
}

/** Runs a command and gives what it printed, null when that is nothing. */
export async function shell_exec(command: unknown): Promise<string | Buffer | null> {
  const { output } = await shell(toStr(command));
  return output.length === 0 ? null : received(output);
}

/** Runs a command, puts out what it prints, and gives the last line. */
export async function system(command: unknown, result_code?: Ref<number>): Promise<string | false> {
  const { output, code } = await shell(toStr(command));
  echo(output);
  if (result_code) result_code.value = code;
  return linesOf(output.subarray(0, output.at(-1) === 10 ? -1 : undefined)).at(-1) ?? '';
}

/** Runs a command and puts out what it prints. */
export async function passthru(command: unknown, result_code?: Ref<number>): Promise<null> {
  const { output, code } = await shell(toStr(command));
  echo(output);
  if (result_code) result_code.value = code;
  return null;
}

/** Quotes a string for the shell. */
export function escapeshellarg(arg: unknown): string {
  return `'${toStr(arg).replaceAll("'", `'\\''`)}'`;
}

/** Puts a backslash before what means something to the shell. */
export function escapeshellcmd(command: unknown): string {
  return toStr(command).replace(/[#&;`|*?~<>^()[\]{}$\\\x0a\xff"']/g, '\\$&');
}

export function posix_getpid(): number {
  return process.pid;
}
export function posix_getppid(): number {
  return process.ppid;
}
export function posix_getuid(): number {
  return process.getuid?.() ?? 0;
}
export function posix_geteuid(): number {
  return process.geteuid?.() ?? 0;
}
export function posix_getgid(): number {
  return process.getgid?.() ?? 0;
}
export function posix_getegid(): number {
  return process.getegid?.() ?? 0;
}

let lastError = 0;

/**
 * Sends a signal; with signal 0 it only asks whether the process is there. A worker of a server is a thread: SIGKILL for its own process
 * ends this thread alone, with the exit code 9. @returns false on failure: `posix_get_last_error()` tells
 */
export function posix_kill(process_id: unknown, signal: unknown): boolean {
  const [pid, number] = [toInt(process_id), toInt(signal)];
  if (!isMainThread && pid === process.pid && number === constants.signals.SIGKILL) process.exit(number);
  try {
    return process.kill(pid, number);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    lastError = (constants.errno as Record<string, number | undefined>)[code] ?? 22;
    return false;
  }
}

/** What a server of swoole-ts does to its workers. */
interface Workers {
  getWorkerPid(worker: number): number | false;
  stop(worker: number): boolean;
  killWorker(worker: number, code: number): boolean;
}

/**
 * `posix_kill()` of the process of a worker, which is a thread here: SIGKILL ends it at once with the signal's number as its code, SIGTERM in
 * order. Any other signal goes to the process of all workers.
 */
export function killWorker(server: Workers, worker: unknown, signal: unknown): boolean {
  const [id, number] = [toInt(worker), toInt(signal)];
  const pid = server.getWorkerPid(id);
  if (pid === false) return false;
  if (number === constants.signals.SIGKILL) return server.killWorker(id, number);
  return number === constants.signals.SIGTERM ? server.stop(id) : posix_kill(pid, number);
}

export function posix_get_last_error(): number {
  return lastError;
}

export { posix_get_last_error as posix_errno };

export function posix_isatty(file_descriptor: unknown): boolean {
  return isatty(toInt(file_descriptor));
}

const NAMES = new Map(
  Object.entries(constants.signals).map(([name, number]) => [number as number, name as NodeJS.Signals]),
);
const handlers = new Map<number, (signal: NodeJS.Signals, number: number) => void>();

/** Calls back with the number of a signal when it comes; 0 (SIG_DFL) gives it back to the system, 1 (SIG_IGN) ignores it. */
export function pcntl_signal(signal: unknown, handler: unknown, _restart_syscalls = true): boolean {
  const number = toInt(signal);
  const name = NAMES.get(number);
  if (name === undefined) return false;
  const before = handlers.get(number);
  if (before !== undefined) process.off(name, before);
  handlers.delete(number);
  if (handler === 0) return true;
  const call = handler === 1 ? () => {} : resolve(handler, 'pcntl_signal', 2);
  const listener = (): void => void call(number);
  handlers.set(number, listener);
  process.on(name, listener);
  return true;
}

/** Signals are handed out by the event loop. */
export function pcntl_signal_dispatch(): boolean {
  return true;
}

export function pcntl_async_signals(_enable: boolean | null = null): boolean {
  return true;
}
