// @ts-check
// How a transcript may differ from Swoole's: line by line, each difference declared with its reason.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * @typedef {{ swoole: string | null, here: string | null, times?: number }} DeclaredLine a null side: the line exists only on the other
 * @typedef {{ reason: string, why: string, engine?: string, lines: DeclaredLine[] }} Declaration `engine`: it shows on that one only
 * @typedef {{ removed: string[], added: string[] }} Hunk lines between two common ones
 * @typedef {{ ok: boolean, declared: number, problems: string[] }} Verdict
 */

/** Why a difference may stand, in the order of the docs page. */
export const REASONS = {
  rfc: 'The RFC wins: Swoole breaks RFC 6455, 9110 or 9112, or loses or corrupts data',
  security: 'Following Swoole would open a hole',
  node: 'What Node or uWebSockets.js is',
  better: 'Better on purpose',
};

/** What a difference may be peculiar to. */
export const ENGINES = ['uws', 'node'];

/** Lines that every transcript has: they prove no likeness. */
const FRAME = /^(?:== (?:client|server|exit)|code \d+|signal \w+|)$/;

/**
 * The longest common subsequence of two texts as steps: ' ' for a common line, '-' for one that only `want` has, '+' for one
 * that only `got` has.
 * @param {string} want
 * @param {string} got
 * @returns {{ sign: ' ' | '-' | '+', line: string }[]}
 */
export function compare(want, got) {
  const a = want.split('\n');
  const b = got.split('\n');
  const width = b.length + 1;
  const common = new Uint32Array((a.length + 1) * width);
  const at = (/** @type {number} */ i, /** @type {number} */ j) => common[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      common[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  /** @type {ReturnType<typeof compare>} */
  const steps = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      steps.push({ sign: ' ', line: a[i] ?? '' });
      i++;
      j++;
    } else if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) {
      steps.push({ sign: '-', line: a[i++] ?? '' });
    } else {
      steps.push({ sign: '+', line: b[j++] ?? '' });
    }
  }
  return steps;
}

/**
 * @param {ReturnType<typeof compare>} steps
 * @returns {Hunk[]}
 */
export function hunks(steps) {
  /** @type {Hunk[]} */
  const found = [];
  /** @type {Hunk | null} */
  let open = null;
  for (const { sign, line } of steps) {
    if (sign === ' ') {
      open = null;
      continue;
    }
    if (!open) {
      open = { removed: [], added: [] };
      found.push(open);
    }
    (sign === '-' ? open.removed : open.added).push(line);
  }
  return found;
}

/**
 * Says whether a transcript differs from the recorded one only as declared: every differing line is covered by exactly one
 * declared line, and every declared line is seen as often as it says.
 * @param {string} want
 * @param {string} got
 * @param {readonly Declaration[]} declarations
 * @param {boolean} [mayBeCloser] whether it is no fault to be as Swoole where a difference is declared
 * @returns {Verdict}
 */
export function judge(want, got, declarations, mayBeCloser = false) {
  const steps = compare(want, got);
  const problems = mistakes(declarations);
  if (!steps.some(({ sign, line }) => sign === ' ' && !FRAME.test(line))) problems.push('no line in common');

  const left = declarations.flatMap(({ lines }) =>
    lines.map((line) => ({ ...line, times: line.times ?? 1 })),
  );
  const total = left.reduce((sum, { times }) => sum + times, 0);
  // Pairs first: what is left of a hunk can only be a line that one side does not have.
  const pairs = left.filter(({ swoole, here }) => swoole !== null && here !== null);
  for (const { removed, added } of hunks(steps)) {
    for (const pair of pairs) {
      while (pair.times > 0 && takeBoth(removed, pair.swoole, added, pair.here)) pair.times--;
    }
    for (const line of removed) if (!spend(left, line, null)) problems.push(`- ${line}`);
    for (const line of added) if (!spend(left, null, line)) problems.push(`+ ${line}`);
  }
  for (const { swoole, here, times } of left) {
    if (times > 0 && !mayBeCloser)
      problems.push(
        `declared but not seen${times > 1 ? ` (${times} times)` : ''}: ${show(swoole)} -> ${show(here)}`,
      );
  }
  return { ok: problems.length === 0, declared: total, problems };
}

/**
 * What is wrong with the declarations themselves.
 * @param {readonly Declaration[]} declarations
 * @returns {string[]}
 */
export function mistakes(declarations) {
  const problems = [];
  const seen = new Set();
  for (const { reason, why, engine, lines } of declarations) {
    if (!Object.hasOwn(REASONS, reason)) problems.push(`unknown reason ${show(reason)}`);
    if (engine !== undefined && !ENGINES.includes(engine)) problems.push(`unknown engine ${show(engine)}`);
    if (!why?.trim())
      problems.push(`a declaration without a why: ${show(lines?.[0]?.swoole ?? lines?.[0]?.here)}`);
    if (!lines?.length) problems.push(`a declaration without lines: ${show(why)}`);
    for (const { swoole, here, times = 1 } of lines ?? []) {
      const key = JSON.stringify([swoole, here]);
      if (seen.has(key)) problems.push(`declared twice: ${show(swoole)} -> ${show(here)}`);
      seen.add(key);
      if (swoole === here) problems.push(`declared as different but the same: ${show(swoole)}`);
      if (!Number.isInteger(times) || times < 1)
        problems.push(`times must be 1 or more: ${show(swoole)} -> ${show(here)}`);
    }
  }
  return problems;
}

/**
 * The declarations of one scenario; none when it has no file.
 * @param {string} folder
 * @param {string} name
 * @param {string} [engine] leaves out those of other engines
 * @returns {Declaration[]}
 */
export function declarationsOf(folder, name, engine) {
  const file = path.join(folder, `${name}.json`);
  /** @type {Declaration[]} */
  const all = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
  return engine === undefined
    ? all
    : all.filter((declaration) => declaration.engine === undefined || declaration.engine === engine);
}

/**
 * The names of all scenarios with declarations, in order.
 * @param {string} folder
 */
export function declaredScenarios(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort();
}

/**
 * @param {string[]} removed
 * @param {string | null} swoole
 * @param {string[]} added
 * @param {string | null} here
 */
function takeBoth(removed, swoole, added, here) {
  const i = swoole === null ? -1 : removed.indexOf(swoole);
  const j = here === null ? -1 : added.indexOf(here);
  if (i < 0 || j < 0) return false;
  removed.splice(i, 1);
  added.splice(j, 1);
  return true;
}

/**
 * @param {{ swoole: string | null, here: string | null, times: number }[]} left
 * @param {string | null} swoole
 * @param {string | null} here
 */
function spend(left, swoole, here) {
  const line = left.find((entry) => entry.times > 0 && entry.swoole === swoole && entry.here === here);
  if (line) line.times--;
  return line !== undefined;
}

/** @param {unknown} text */
const show = (text) => (text === null || text === undefined ? 'nothing' : JSON.stringify(text));
