import { currentRoutine } from './current.js';
import type { Routine } from './routine.js';

/** One call of a back trace. */
export interface CallFrame {
  function: string;
  file?: string;
  line?: number;
}

/** The calls of the coroutine that runs, or in which another one waits. @param limit 0 for all */
export function backTraceOf(routine: Routine, limit: number): CallFrame[] {
  const frames = routine === currentRoutine() ? ownFrames() : routine.waits.map(({ what }) => named(what));
  return limit > 0 ? frames.slice(0, limit) : frames;
}

export function printFrames(frames: readonly CallFrame[]): void {
  const lines = frames.map((frame, i) => `#${i} ${place(frame)}: ${frame.function}()\n`);
  process.stdout.write(lines.join(''));
}

function place({ file, line }: CallFrame): string {
  return file === undefined ? '[internal function]' : `${file}(${line})`;
}

function named(what: string): CallFrame {
  return { function: what.replace(/\(\)$/, '') };
}

/** What V8 tells, without this library's own part of it. */
function ownFrames(): CallFrame[] {
  const lines = (new Error().stack ?? '').split('\n').slice(1);
  const frames: CallFrame[] = [];
  for (const text of lines) {
    const found = /^ {4}at (?:(.*) \()?(.*?):(\d+):\d+\)?$/.exec(text);
    if (found === null) continue;
    const [, name = '{closure}', file = '', line] = found;
    if (OWN.test(name)) continue;
    frames.push({ function: name, file, line: Number(line) });
  }
  return frames;
}

const OWN = /\b(?:ownFrames|backTraceOf|getBackTrace|printBackTrace|runIn|AsyncLocalStorage\.run)$/;
