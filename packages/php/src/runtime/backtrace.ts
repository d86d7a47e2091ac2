import { AssertionError } from '../errors/exceptions.js';
import { type Frame, trace } from '../errors/trace.js';
import { echo } from '../output/buffer.js';
import { toBool } from '../value/convert.js';

export const DEBUG_BACKTRACE_PROVIDE_OBJECT = 1;
export const DEBUG_BACKTRACE_IGNORE_ARGS = 2;

/** Who called whom, from here up: file, line and function of each. @param limit the most frames, 0 for all */
export function debug_backtrace(_options = DEBUG_BACKTRACE_PROVIDE_OBJECT, limit = 0): Frame[] {
  const frames = trace(new Error()).slice(1);
  return limit > 0 ? frames.slice(0, limit) : frames;
}

/** Prints who called whom. */
export function debug_print_backtrace(_options = 0, limit = 0): void {
  const frames = debug_backtrace(0, limit === 0 ? 0 : limit + 1).slice(1);
  for (const [i, frame] of frames.entries())
    echo(`#${i}  ${frame.file}(${frame.line}): ${frame.function}()\n`);
}

/** Throws AssertionError, or what is given, when the value is false to PHP. */
export function assert(assertion: unknown, description: unknown = null): boolean {
  if (toBool(assertion)) return true;
  if (description instanceof Error) throw description;
  throw new AssertionError(typeof description === 'string' ? description : 'assert(false)');
}
