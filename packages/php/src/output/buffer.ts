import { writeSync } from 'node:fs';
import { E_NOTICE } from '../constants/errors.js';
import { raise } from '../errors/raise.js';
import { resolve } from '../functions/callable.js';
import { toBytes, toStr } from '../value/convert.js';
import { bytes, text } from '../value/text.js';

export const PHP_OUTPUT_HANDLER_START = 1;
export const PHP_OUTPUT_HANDLER_CLEAN = 2;
export const PHP_OUTPUT_HANDLER_FLUSH = 4;
export const PHP_OUTPUT_HANDLER_FINAL = 8;

interface Level {
  parts: Buffer[];
  handler: ((buffer: string, phase: number) => unknown) | null;
  begun: boolean;
}

const levels: Level[] = [];

/** PHP's `echo`: to the innermost output buffer, or to standard output before it returns. */
export function echo(...values: unknown[]): void {
  for (const value of values) write(toBytes(value));
}

/** PHP's `print`: `echo` that gives 1. */
export function print(value: unknown): 1 {
  echo(value);
  return 1;
}

function write(part: Buffer): void {
  const top = levels.at(-1);
  if (top === undefined) toStdout(part);
  else top.parts.push(part);
}

/** Writes to standard output before it returns, so that nothing is lost when the process ends. */
export function toStdout(part: Uint8Array): void {
  let rest = part;
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      // A pipe that somebody set to non-blocking is full: its reader needs a moment.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

/** Begins to keep output. @param callback gets what was kept and the phase, and gives what is put out instead */
export function ob_start(callback: unknown = null, _chunk_size = 0, _flags = 0): boolean {
  levels.push({ parts: [], handler: callback === null ? null : resolve(callback), begun: false });
  return true;
}

/** What the innermost buffer holds, false when there is none. */
export function ob_get_contents(): string | false {
  const top = levels.at(-1);
  return top === undefined ? false : text(Buffer.concat(top.parts));
}

export function ob_get_length(): number | false {
  const top = levels.at(-1);
  return top === undefined ? false : top.parts.reduce((sum, part) => sum + part.length, 0);
}

export function ob_get_level(): number {
  return levels.length;
}

/** Ends the innermost buffer and gives what it held; false when there is none. */
export function ob_get_clean(): string | false {
  const held = ob_get_contents();
  if (held !== false) levels.pop();
  return held;
}

/** As `ob_get_clean`, and puts it out. */
export function ob_get_flush(): string | false {
  const held = ob_get_contents();
  if (held === false) return failed('delete and flush', 'ob_get_flush');
  ob_end_flush();
  return held;
}

export function ob_end_clean(): boolean {
  return levels.pop() === undefined ? failed('delete', 'ob_end_clean') : true;
}

export function ob_clean(): boolean {
  const top = levels.at(-1);
  if (top === undefined) return failed('delete', 'ob_clean');
  top.parts = [];
  return true;
}

/** Ends the innermost buffer and hands what it held to the next. */
export function ob_end_flush(): boolean {
  const top = levels.pop();
  if (top === undefined) return failed('delete and flush', 'ob_end_flush');
  write(handled(top, PHP_OUTPUT_HANDLER_FINAL));
  return true;
}

/** Hands what the innermost buffer holds to the next, and goes on. */
export function ob_flush(): boolean {
  const top = levels.at(-1);
  if (top === undefined) return failed('flush', 'ob_flush');
  levels.pop();
  write(handled(top, PHP_OUTPUT_HANDLER_FLUSH));
  top.parts = [];
  levels.push(top);
  return true;
}

function handled(level: Level, phase: number): Buffer {
  const held = Buffer.concat(level.parts);
  if (level.handler === null) return held;
  const start = level.begun ? 0 : PHP_OUTPUT_HANDLER_START;
  level.begun = true;
  const result = level.handler(text(held), phase | start);
  return result === false ? held : bytes(toStr(result));
}

function failed(what: string, who: string): false {
  raise(
    E_NOTICE,
    `${who}(): Failed to ${what} buffer. No buffer to ${what.split(' ')[0]}${what.includes(' and ') ? ' or flush' : ''}`,
  );
  return false;
}

/** Does nothing: output is written at once. */
export function flush(): void {}

/** Makes every output flush; output is written at once anyway. */
export function ob_implicit_flush(_enable = true): void {}
