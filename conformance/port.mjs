#!/usr/bin/env node
// @ts-check
// Ports the PHP of every scenario with swoole-ts-port, without a hand edit, and plays the recorded transcripts against the result.
//
//   node conformance/port.mjs [--only NAME[,NAME]] [--jobs N] [--verbose] [--forget]
//
// Scenarios of an API that swoole-ts does not have yet (not-yet.json) are ported and checked, but not played. One that does not pass has its
// reason in port-known.json, and one that is there and passes is wrong too. --forget takes those out
// of it. Of all that are played 95 in 100 have to pass. The ports are left in conformance/.ported. Exit status: 0 when all is well.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { declarationsOf, judge } from './lib/differences.mjs';
import { runScenarios } from './lib/jobs.mjs';
import { readLedger } from './lib/ledger.mjs';
import { portAll } from './lib/ported.mjs';
import { play } from './lib/scenario.mjs';

/** How many lines that differ are shown of one scenario, unless --verbose asks for all. */
const MOST_SHOWN = 12;
/** The share of the played scenarios that has to pass, whatever port-known.json excuses. */
const LEAST_SHARE = 0.95;

const root = path.dirname(fileURLToPath(import.meta.url));
const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    jobs: { type: 'string', default: '3' },
    verbose: { type: 'boolean', default: false },
    forget: { type: 'boolean', default: false },
  },
});
process.env.SWOOLE_TS_ENGINE = 'uws';
const { scenarios, notYet } = readLedger(root);
/** @type {Record<string, string>} */
const known = JSON.parse(readFileSync(path.join(root, 'port-known.json'), 'utf8'));
const asked = options.only?.split(',');
const unknown = [...(asked ?? []), ...Object.keys(known)].filter((name) => !scenarios.includes(name));
if (unknown.length) {
  console.error(`no scenario ${unknown.join(', ')}`);
  process.exit(2);
}

// A client that finds no server is told so by its socket, and some listen to nothing but what they wait for.
process.on('uncaughtException', (error) => {
  if (!('code' in error) || error.code !== 'ECONNREFUSED') throw error;
});

const begun = performance.now();
const seconds = () => `${((performance.now() - begun) / 1000).toFixed(1)} s`;
const names = scenarios.filter((name) => asked === undefined || asked.includes(name));
const ported = await portAll(
  names.map((name) => ({ name, php: path.join(root, 'scenarios', name, 'server.php') })),
  path.join(root, '.ported'),
  root,
);
console.log(`${names.length} programs ported and compiled in ${seconds()}`);

let wrong = 0;
for (const [name, { errors, crash }] of ported) {
  if (crash === null && errors.length === 0) continue;
  wrong++;
  console.log(`TYPES ${name}\n    ${crash ?? errors.join('\n    ')}`);
}

/** @param {string} name @returns {Promise<import('./lib/jobs.mjs').Result>} */
async function run(name) {
  const program = ported.get(name);
  if (program === undefined || program.crash !== null)
    return { ok: false, text: `DIFF  ${name}   (nothing to run)` };
  const dir = path.join(root, 'scenarios', name);
  const { got, stderr } = await play(dir, [process.execPath, program.program], path.dirname(program.program));
  const want = readFileSync(path.join(dir, 'expected.txt'), 'utf8');
  // The differences are those of the port that was made by hand: the tool's may come closer.
  const declared = declarationsOf(path.join(root, 'differences'), name, 'uws');
  const { ok, problems } = judge(want, got, declared, true);
  if (ok) return { ok, text: `ok    ${name}` };
  const shown = options.verbose ? problems : problems.slice(0, MOST_SHOWN);
  const lines = [`DIFF  ${name}   (- Swoole, + here)`, ...shown.map((line) => `    ${line}`)];
  if (shown.length < problems.length) lines.push(`    and ${problems.length - shown.length} more lines`);
  if (stderr)
    lines.push(`    stderr: ${[...new Set(stderr.trim().split('\n'))].slice(0, 12).join('\n            ')}`);
  for (const { kind, line, php, reason } of program.findings)
    if (kind !== 'note') lines.push(`    server.php:${line} ${kind}: ${reason} ${php}`);
  return { ok, text: lines.join('\n') };
}

/** Which have passed, whatever was expected: only what is not as expected is worth a second attempt. @type {Map<string, boolean>} */
const outcome = new Map();
/** @param {string} name */
async function expected(name) {
  const { ok, text } = await run(name);
  outcome.set(name, ok);
  return { ok: ok !== Object.hasOwn(known, name), text };
}

let passed = 0;
let failed = 0;
const played = names.filter((name) => !Object.hasOwn(notYet, name));
await runScenarios(played, Math.max(1, Number(options.jobs) || 1), expected, (name, { text }) => {
  const ok = outcome.get(name) === true;
  const reason = Object.hasOwn(known, name) ? known[name] : undefined;
  if (ok) passed++;
  if (ok === (reason === undefined)) {
    if (options.verbose || asked) console.log(text);
    return;
  }
  if (ok && options.forget) {
    delete known[name];
    return;
  }
  failed++;
  console.log(ok ? `WRONG ${name} passes, and port-known.json says why it does not: ${reason}` : text);
  if (asked && reason !== undefined) console.log(text);
});
if (options.forget) writeFileSync(path.join(root, 'port-known.json'), `${JSON.stringify(known, null, 2)}\n`);
if (asked === undefined)
  for (const [name, reason] of Object.entries(known)) console.log(`known ${name}: ${reason}`);
if (asked === undefined && passed < LEAST_SHARE * played.length) {
  failed++;
  console.log(
    `GATE  ${passed} of ${played.length} scenarios pass, and ${Math.ceil(LEAST_SHARE * played.length)} have to: at least ${LEAST_SHARE * 100} % of what is played`,
  );
}
console.log(
  `${passed} of ${played.length} scenarios play as recorded from their PHP, ported by the tool alone; ${seconds()}`,
);
console.log(`${passed + (wrong === 0 ? 1 : 0)} passed, ${failed + wrong} failed`);
process.exit(failed + wrong > 0 ? 1 : 0);
