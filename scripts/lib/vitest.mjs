// Runs a vitest suite and says what became of it, with the names of what failed.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { bin, firstLines, root, run } from './steps.mjs';

/** The most files that a second attempt is made for: with more of them the machine's load is not the reason. */
const SECOND_ATTEMPTS = 5;
/** The most lines of errors that belong to no test. */
const MOST_LINES = 40;

/**
 * Runs the tests of a package. Tests of servers measure time: a file that fails beside others runs again alone, and
 * when all passes then, this counts. The notes name what failed in the first attempt.
 * @param {string} dir the package's folder, from the root
 * @param {{ results: string, only?: string[], engine?: string }} options `results` is a folder for vitest's reports
 */
export async function runVitest(dir, { results, only = [], engine }) {
  const home = path.join(root, dir);
  const attempt = async (files, ...flags) => {
    const report = path.join(results, `${randomUUID()}.json`);
    const { status, output } = await run(
      bin('vitest'),
      ['run', ...files, ...flags, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
      { cwd: home, ...(engine === undefined ? {} : { env: { ...process.env, SWOOLE_TS_ENGINE: engine } }) },
    );
    return { status, output: stripVTControlCharacters(output), suites: suitesOf(report) };
  };

  const first = await attempt(only);
  if (first.suites === undefined)
    return { passed: 0, failed: 1, skipped: 0, notes: [`${dir}: vitest wrote no report`] };
  const failing = first.suites.filter(({ status }) => status === 'failed');
  if (failing.length === 0 || failing.length > SECOND_ATTEMPTS) return outcome(home, first);
  const files = failing.map(({ name }) => path.relative(home, name));
  console.log(`\nagain, alone: ${files.join(', ')}`);
  const second = await attempt(files, '--no-file-parallelism');
  return outcome(home, first, second.status === 0 ? second.suites : []);
}

function suitesOf(report) {
  try {
    return JSON.parse(readFileSync(report, 'utf8')).testResults;
  } catch {
    return undefined;
  }
}

/**
 * Counts a suite. A file that could not be loaded is one failure, and so are errors outside of tests.
 * @param {string} home the folder that paths are shown from
 * @param {{ status: number, output: string, suites: object[] }} first
 * @param {object[]} [again] the files of a second attempt in which all has passed
 */
export function outcome(home, { status, output, suites }, again = []) {
  const second = new Map(again.map((suite) => [suite.name, suite]));
  const total = { passed: 0, failed: 0, skipped: 0, notes: [] };
  for (const suite of suites) {
    const last = second.get(suite.name) ?? suite;
    for (const { status } of last.assertionResults)
      total[status === 'passed' || status === 'failed' ? status : 'skipped']++;
    if (isBroken(last)) total.failed++;
    if (suite.status === 'failed') total.notes.push(...failuresOf(home, suite, second.has(suite.name)));
  }
  const errors = strayErrors(home, output, second);
  if (errors.length > 0 || (status !== 0 && !suites.some((suite) => suite.status === 'failed'))) {
    total.failed++;
    const from = output.indexOf('Unhandled');
    const shown =
      from < 0
        ? output.split('\n').slice(-MOST_LINES).join('\n')
        : firstLines(output.slice(from), MOST_LINES);
    total.notes.push(`FAILED: errors outside of tests\n${shown}`);
  }
  return total;
}

/** The files of errors outside of tests; the second attempt of a file has its own say. */
const strayErrors = (home, output, second) =>
  [...output.matchAll(/^This error originated in "([^"]+)"/gm)]
    .map(([, file = '']) => path.resolve(home, file))
    .filter((file) => !second.has(file));

const isBroken = (suite) =>
  suite.status === 'failed' && !suite.assertionResults.some((test) => test.status === 'failed');

function failuresOf(home, suite, excused) {
  const file = path.relative(home, suite.name);
  const what = excused ? 'passed alone, failed beside others:' : 'FAILED';
  if (isBroken(suite)) return [`${what} ${file}: ${suite.message}`];
  return suite.assertionResults
    .filter((test) => test.status === 'failed')
    .map((test) => `${what} ${file} > ${test.fullName}\n  ${short(test.failureMessages[0] ?? '')}`);
}

const short = (message) => firstLines(stripVTControlCharacters(message), 8).replaceAll('\n', '\n  ');
