import { isSealed } from '../memory/shared-memory.js';
import { given, isMaster } from '../worker/thread.js';

/** What the first thread was answered, by what it asked, in the order of asking. A hole is an answer that has not come. */
export type Answers = ReadonlyMap<string, readonly unknown[]>;

/** The most that is kept, in bytes, and what an answer counts beside its bytes. */
const MOST = 16 * 1024 * 1024;
const OVERHEAD = 64;

const kept = new Map<string, unknown[]>();
const repeated: Answers = given?.answers ?? new Map();
const next = new Map<string, number>();
let size = 0;

/** Whether this thread repeats the script, and has not come to where its own work begins. */
export function isRepeating(): boolean {
  return !isMaster && !isSealed();
}

/** Whether so much was answered that the script can no longer be repeated beyond it. */
export function tooMuchAnswered(): boolean {
  return size > MOST;
}

/** What a new process is to be given to come as far as this. */
export function answersSoFar(): Answers {
  return new Map([...kept].map(([what, list]) => [what, [...list]]));
}

/**
 * Asks something of the world in the first thread; a thread that repeats the script is answered the same without asking.
 * @param otherwise the answer when the first thread has none
 */
export function answered<T>(what: string, otherwise: T, ask: () => T): T {
  if (isRepeating()) return (takeRepeated(what) as T | undefined) ?? otherwise;
  if (!keeps()) return ask();
  const keep = placeFor(what);
  const answer = ask();
  keep(answer);
  return answer;
}

/** As {@link answered}; an answer that the first thread waits for in vain never comes. */
export function answeredLater<T>(what: string, ask: () => Promise<T>): Promise<T> {
  if (isRepeating()) {
    const answer = takeRepeated(what);
    return answer === undefined ? new Promise(() => {}) : Promise.resolve(answer as T);
  }
  if (!keeps()) return ask();
  const keep = placeFor(what);
  const answer = ask();
  answer.then(keep, () => {});
  return answer;
}

function keeps(): boolean {
  return isMaster && !isSealed() && !tooMuchAnswered();
}

function placeFor(what: string): (answer: unknown) => void {
  const list = kept.get(what) ?? [];
  kept.set(what, list);
  const place = list.push(undefined) - 1;
  return (answer) => {
    size += OVERHEAD + (answer instanceof Uint8Array ? answer.length : 0);
    list[place] = answer;
  };
}

function takeRepeated(what: string): unknown {
  const place = next.get(what) ?? 0;
  next.set(what, place + 1);
  const answer = repeated.get(what)?.[place];
  // Bytes come as plain ones out of another thread.
  return answer instanceof Uint8Array
    ? Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength)
    : answer;
}
