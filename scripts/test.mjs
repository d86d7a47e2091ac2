// Installs what is missing, builds, checks and tests everything: node scripts/test.mjs (npm test at the root).
// Every step runs, whatever became of the ones before it. The last line is `N passed, N failed`.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generated, lint, packages, packed, publint, run, runSteps, types } from './lib/steps.mjs';
import { runVitest } from './lib/vitest.mjs';

const results = mkdtempSync(path.join(tmpdir(), 'swoole-ts-test-'));
process.on('exit', () => rmSync(results, { recursive: true, force: true }));

/** A vitest suite. */
const vitest = (dir, options) => () => runVitest(dir, { results, ...options });

/** A scenario that differs, or that passed in a second attempt only, with the lines that differed; a test in TAP that failed. */
const NOTED =
  /^(?:(?:DIFF|WRONG|ERROR|GATE|TYPES) .*|ok .*\(second attempt, alone\)$)(?:\n {4}.*){0,12}|^not ok .*/gm;

/** Numbers in a command's output, and what it says of failures; a command that fails without a failed test counts as one. */
const counted = (status, output, patterns) => {
  const number = (pattern) => Number([...output.matchAll(pattern)].at(-1)?.[1] ?? 0);
  const [passed = 0, failed = 0, skipped = 0] = patterns.map(number);
  const notes = output.match(NOTED) ?? [];
  return { passed, failed: status !== 0 && failed === 0 ? 1 : failed, skipped, notes };
};

const conformanceOutput = path.join(results, 'conformance.txt');
const conformance = async () => {
  const { status, output } = await run(process.execPath, ['conformance/run.mjs']);
  writeFileSync(conformanceOutput, output);
  return counted(status, output, [
    /^(\d+) passed, \d+ failed/gm,
    /^\d+ passed, (\d+) failed/gm,
    /, (\d+) skipped$/gm,
  ]);
};

const conformanceOnNode = async () => {
  const { status, output } = await run(process.execPath, ['conformance/run.mjs', '--engine', 'node']);
  return counted(status, output, [/^(\d+) passed, \d+ failed/gm, /^\d+ passed, (\d+) failed/gm]);
};

const conformancePort = async () => {
  const { status, output } = await run(process.execPath, ['conformance/port.mjs']);
  return counted(status, output, [/^(\d+) passed, \d+ failed/gm, /^\d+ passed, (\d+) failed/gm]);
};

/** The README's state of compatibility is what conformance has just found. */
const readmeState = async () => {
  const { status } = await run(process.execPath, [
    'docs/conformance-state.mjs',
    '--from',
    conformanceOutput,
    '--check',
  ]);
  return { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 };
};

/** The tests of our own tools. */
const tools = async () => {
  const { status, output } = await run(
    process.execPath,
    ['--test', '--test-reporter=tap', 'bench/test/results.mjs', 'scripts/test/vitest.mjs'],
    { quiet: true },
  );
  console.log(status === 0 ? 'ok' : output);
  return counted(status, output, [/^# pass (\d+)$/gm, /^# fail (\d+)$/gm, /^# skipped (\d+)$/gm]);
};

const setup = async () => {
  const { status } = await run(process.execPath, ['scripts/setup.mjs']);
  if (status === 0) console.log('ok');
  return { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 };
};

await runSteps([
  ['setup', setup],
  ['lint', lint],
  ['types', types],
  ['publint', publint],
  ['packed tarball', packed],
  ['unit tests', vitest('packages/core')],
  ['attacks on the node engine', vitest('packages/core', { only: ['test/hostile'], engine: 'node' })],
  ...packages.filter((dir) => dir !== 'packages/core').map((dir) => [dir, vitest(dir)]),
  ['examples', vitest('examples')],
  ['docs', vitest('docs')],
  ['generated docs', generated],
  ['conformance tools and RFC 6455', vitest('conformance')],
  ['conformance', conformance],
  ['conformance on the node engine', conformanceOnNode],
  ['conformance of what the tool ports', conformancePort],
  ['README state', readmeState],
  ['tools of bench and scripts', tools],
]);
