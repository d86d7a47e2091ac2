// Measures servers with several threads, here and in Swoole, and writes results/workers.{json,md}.
//   node bench/workers.mjs [--rounds 5] [--only task,push] [--quick]
// A partial run (--only, --quick) writes results/partial-workers.{json,md}. PHP names the command that runs PHP with Swoole.
// Nothing is bound to cores: several threads need several. So the figures depend on how many there are, and the work for a
// second of the server's CPU stands beside them.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCell } from './lib/cell.mjs';
import { describeMachine } from './lib/machine.mjs';
import { readOptions } from './lib/options.mjs';
import { summarise } from './lib/stats.mjs';
import { systems as allSystems } from './lib/systems.mjs';
import { workersPage } from './lib/worker-report.mjs';
import { workerWorkloads } from './lib/worker-workloads.mjs';

const { options, rounds, chosen: workloads } = readOptions(workerWorkloads, 'workload');
const times = options.quick ? { warmup: 0.5, seconds: 1 } : { warmup: 1, seconds: 3 };

const machine = describeMachine();
const skipped = [];
const systems = allSystems
  .filter(({ workers }) => workers !== undefined)
  .filter((system) => {
    const why = system.missing();
    if (why !== null) {
      console.log(`${system.name} is left out: ${why}`);
      skipped.push({ name: system.name, why });
    }
    return why === null;
  });

const about = {};
const runs = new Map();
for (let round = 1; round <= rounds; round++)
  for (const workload of workloads)
    for (const system of round % 2 === 1 ? systems : [...systems].reverse()) {
      const key = `${workload.name} ${system.name}`;
      const run = await runCell(system, workload, times, null);
      runs.set(key, [...(runs.get(key) ?? []), run]);
      about[system.name] = run.about;
      const percent = (share) => `${Math.round((share ?? 0) * 100)} %`;
      console.log(
        `round ${round}/${rounds}  ${workload.name.padEnd(9)}  ${system.name.padEnd(9)}  ${Math.round(run.value).toLocaleString('en-US').padStart(10)} ${workload.unit}  (server ${percent(run.server)}, load ${percent(run.generator)}, others ${percent(run.others)})`,
      );
    }

const lines = workloads.map(({ name, title, detail, unit, aim, against = null }) => {
  const cells = Object.fromEntries(
    systems.map((system) => [system.name, summarise(runs.get(`${name} ${system.name}`))]),
  );
  return { name, title, detail, unit, aim, against, cells };
});
const results = {
  date: new Date().toISOString(),
  machine,
  rounds,
  times,
  systems: systems.map(({ name, title }) => ({ name, title, about: about[name] })),
  skipped,
  lines,
};

const partial = options.quick || options.only !== undefined;
const folder = path.dirname(fileURLToPath(import.meta.url));
const base = path.join(folder, 'results', partial ? 'partial-workers' : 'workers');
const markdown = workersPage(results);
writeFileSync(`${base}.json`, `${JSON.stringify(results, null, 2)}\n`);
writeFileSync(`${base}.md`, markdown);
console.log(`\n${markdown}\nwritten: ${path.relative(process.cwd(), base)}.json and .md`);
