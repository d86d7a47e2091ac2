#!/usr/bin/env node
import { readFileSync } from 'node:fs';
// @ts-check
// Plays the scenarios recorded from Swoole against their TypeScript ports, and compares what the client saw, what the server
// printed and how it ended.
//
//   node conformance/run.mjs [--only NAME[,NAME]] [--engine uws|node] [--jobs N] [--verbose] [--list]
//
// A scenario passes when its transcript is Swoole's, but for the lines that differences/NAME.json declares.
// --engine node plays those of HTTP and WebSocket on the engine that needs no uWebSockets.js.
// --list shows the scenarios without a port and the release that brings each. Exit status: 0 when all is well.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compilePorts } from './lib/compiled.mjs';
import { compare, declarationsOf, declaredScenarios, ENGINES, judge } from './lib/differences.mjs';
import { runScenarios } from './lib/jobs.mjs';
import { ledgerProblems, readLedger } from './lib/ledger.mjs';
import { play } from './lib/scenario.mjs';

const root = path.dirname(fileURLToPath(import.meta.url));
const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    engine: { type: 'string', default: 'uws' },
    jobs: { type: 'string', default: '3' },
    verbose: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  },
});
const { engine } = options;
if (!ENGINES.includes(engine)) {
  console.error(`no engine ${engine}: there are ${ENGINES.join(' and ')}`);
  process.exit(2);
}
process.env.SWOOLE_TS_ENGINE = engine;
/** What an engine has a part in. */
const OF_THE_ENGINE = /^(?:http|ws)-|^tutorial$/;
const ledger = readLedger(root);
const problems = ledgerProblems(ledger);
for (const name of declaredScenarios(path.join(root, 'differences'))) {
  if (!ledger.ports.includes(name))
    problems.push(`differences/${name}.json declares differences of a scenario without a port`);
}

if (options.list) {
  for (const [name, release] of Object.entries(ledger.notYet)) console.log(`${name.padEnd(30)} ${release}`);
  for (const problem of problems) console.log(`WRONG ${problem}`);
  console.log(
    `${ledger.ports.length} ported, ${Object.keys(ledger.notYet).length} not yet, ${problems.length} wrong`,
  );
  process.exit(problems.length ? 1 : 0);
}

const asked = options.only?.split(',');
const unknown = asked?.filter((name) => !ledger.ports.includes(name)) ?? [];
if (unknown.length) {
  console.error(`no port of ${unknown.join(', ')}`);
  process.exit(2);
}
const names = ledger.ports.filter(
  (name) =>
    ledger.scenarios.includes(name) &&
    (asked ? asked.includes(name) : engine === 'uws' || OF_THE_ENGINE.test(name)),
);

const compiled = compilePorts(root);

/**
 * @param {string} name
 * @returns {Promise<{ ok: boolean, text: string }>}
 */
async function run(name) {
  const dir = path.join(root, 'scenarios', name);
  const { got, stderr } = await play(dir, [process.execPath, path.join(compiled, `${name}.mjs`)], root);
  const want = readFileSync(path.join(dir, 'expected.txt'), 'utf8');
  const { ok, declared, problems } = judge(
    want,
    got,
    declarationsOf(path.join(root, 'differences'), name, engine),
  );
  if (ok) {
    const note = declared ? ` (${declared} declared line${declared === 1 ? '' : 's'})` : '';
    return { ok, text: `ok    ${name}${note}${options.verbose ? `\n${got}` : ''}` };
  }
  const lines = [
    `DIFF  ${name}   (- Swoole, + here; declared lines are left out)`,
    ...problems.map((line) => `    ${line}`),
  ];
  const asides = [...new Set(stderr.trim().split('\n'))].slice(0, 12);
  if (stderr) lines.push(`    stderr: ${asides.join('\n            ')}`);
  if (options.verbose)
    lines.push('    everything:', ...compare(want, got).map(({ sign, line }) => `    ${sign} ${line}`));
  return { ok, text: lines.join('\n') };
}

let passed = 0;
let failed = 0;
await runScenarios(names, Math.max(1, Number(options.jobs) || 1), run, (_name, { ok, text }) => {
  if (ok) passed++;
  else failed++;
  console.log(text);
});
if (!asked) for (const problem of problems) console.log(`WRONG ${problem}`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed || (!asked && problems.length) ? 1 : 0);
