// Measures every workload on every system and writes results/latest.{json,md}.
//   node bench/run.mjs [--rounds 5] [--only echo-1,chat] [--systems swoole-ts,uws] [--quick]
// A partial run (--only, --systems, --quick) writes results/partial.{json,md} and leaves the latest full one alone.
// PHP names the command that runs PHP with Swoole: PHP='php -d extension=swoole' node bench/run.mjs
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { commandFor, runCell } from './lib/cell.mjs';
import { calibrate, describeMachine } from './lib/machine.mjs';
import { page } from './lib/report.mjs';
import { least, most, summarise } from './lib/stats.mjs';
import { systems as allSystems } from './lib/systems.mjs';
import { workloads as allWorkloads } from './lib/workloads.mjs';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string' },
    only: { type: 'string' },
    systems: { type: 'string' },
    quick: { type: 'boolean', default: false },
  },
});

const refuse = (message) => {
  console.error(message);
  process.exit(2);
};

const choose = (all, list, what) => {
  if (list === undefined) return all;
  const names = list.split(',');
  const unknown = names.find((name) => !all.some((each) => each.name === name));
  if (unknown !== undefined)
    refuse(`no ${what} is called ${unknown}; there are ${all.map((each) => each.name).join(', ')}`);
  return all.filter((each) => names.includes(each.name));
};

const rounds = Number(options.rounds ?? (options.quick ? 1 : 5));
if (!Number.isInteger(rounds) || rounds < 1 || rounds > 99) refuse('--rounds takes a number from 1 to 99');
const times = options.quick
  ? { warmup: 0.5, seconds: 1, attempts: 1 }
  : { warmup: 1, seconds: 3, attempts: 3 };
const workloads = choose(allWorkloads, options.only, 'workload');
const partial = options.quick || options.only !== undefined || options.systems !== undefined;

const machine = describeMachine();
const cores = machine.pinning;
console.log(
  cores
    ? `server on core ${cores.server}, load on core ${cores.load} (taskset)`
    : 'server and load are not bound to cores (no taskset, or one core only)',
);

const skipped = [];
const systems = choose(allSystems, options.systems, 'system').filter((system) => {
  const why = system.missing();
  if (why === null) return true;
  console.log(`${system.name} is left out: ${why}`);
  skipped.push({ name: system.name, why });
  return false;
});

/** Above this share of a core used by other processes a run is repeated. */
const QUIET = 0.1;
let repeated = 0;

/** The quietest of a few attempts; which one counts depends on the noise, never on the figure. */
const quietRun = async (system, workload) => {
  let best = null;
  for (let attempt = 1; attempt <= times.attempts; attempt++) {
    const run = await runCell(system, workload, times, cores);
    if (best === null || run.others < best.others) best = run;
    if (best.others === null || best.others <= QUIET) break;
    if (attempt < times.attempts) repeated++;
  }
  return best;
};

const runs = new Map();
const about = {};
const failures = [];
const calibrations = [];

for (let round = 1; round <= rounds; round++) {
  const order = round % 2 === 1 ? systems : [...systems].reverse();
  calibrations.push(calibrate());
  for (const workload of workloads) {
    for (const system of order.filter((each) => commandFor(each, workload) !== undefined)) {
      const key = `${workload.name} ${system.name}`;
      const label = `round ${round}/${rounds}  ${workload.name.padEnd(10)}  ${system.name.padEnd(9)}`;
      try {
        const run = await quietRun(system, workload);
        runs.set(key, [...(runs.get(key) ?? []), run]);
        about[system.name] = run.about;
        const shares = `server ${(run.server * 100).toFixed(0)} %, load ${(run.generator * 100).toFixed(0)} %, others ${((run.others ?? 0) * 100).toFixed(0)} %`;
        console.log(
          `${label}  ${Math.round(run.value).toLocaleString('en-US').padStart(10)} ${workload.unit}  (${shares})`,
        );
      } catch (error) {
        failures.push(`${key}: ${error.message}`);
        console.error(`${label}  failed: ${error.message}`);
      }
    }
  }
}
calibrations.push(calibrate());

const lines = workloads.map(({ name, title, detail, unit, aim, control = 'uws' }) => {
  const measured = systems.filter((system) => runs.has(`${name} ${system.name}`));
  const cells = Object.fromEntries(
    measured.map((system) => [system.name, summarise(runs.get(`${name} ${system.name}`))]),
  );
  return { name, title, detail, unit, aim, control, cells };
});
const results = {
  date: new Date().toISOString(),
  machine,
  rounds,
  times,
  quiet: QUIET,
  repeated,
  calibration: { min: least(calibrations), max: most(calibrations) },
  systems: systems.map(({ name, title }) => ({ name, title, about: about[name] ?? '' })),
  skipped,
  lines,
};

const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), 'results');
const base = path.join(folder, partial ? 'partial' : 'latest');
mkdirSync(folder, { recursive: true });
writeFileSync(`${base}.json`, `${JSON.stringify(results, null, 2)}\n`);
const markdown = page(results);
writeFileSync(`${base}.md`, markdown);
console.log(`\n${markdown}\nwritten: ${path.relative(process.cwd(), base)}.json and .md`);

if (failures.length > 0) {
  console.error(`${failures.length} runs failed:\n${failures.join('\n')}`);
  process.exitCode = 1;
}
