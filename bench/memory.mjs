// Measures Table, Atomic and Lock in one thread, here and in Swoole, and writes results/memory.{json,md}.
//   node bench/memory.mjs [--rounds 5] [--only set,get] [--quick]
// A partial run (--only, --quick) writes results/partial-memory.{json,md}. PHP names the command that runs PHP with Swoole.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeMachine } from './lib/machine.mjs';
import { operations as allOperations } from './lib/memory-operations.mjs';
import { memoryPage } from './lib/memory-report.mjs';
import { readOptions } from './lib/options.mjs';
import { pinned } from './lib/proc.mjs';
import { least, median, most, ratioOf } from './lib/stats.mjs';
import { systems as allSystems } from './lib/systems.mjs';

const { options, rounds, chosen: operations } = readOptions(allOperations, 'operation');
const times = options.quick ? { warmup: 0.3, seconds: 0.5 } : { warmup: 0.5, seconds: 2 };

const folder = path.dirname(fileURLToPath(import.meta.url));
const machine = describeMachine();
const skipped = [];
const systems = allSystems
  .filter(({ memory }) => memory !== undefined)
  .filter((system) => {
    const why = system.missing();
    if (why !== null) {
      console.log(`${system.name} is left out: ${why}`);
      skipped.push({ name: system.name, why });
    }
    return why === null;
  });

const about = {};
/** A fresh process for each figure. */
const run = (system, operation) => {
  const [command, ...args] = pinned(
    [...system.memory, operation.name, String(times.warmup), String(times.seconds)],
    machine.pinning?.server,
  );
  const limit = (times.warmup + times.seconds) * 1000 + 15_000;
  const { stdout, stderr, status } = spawnSync(command, args, { encoding: 'utf8', timeout: limit });
  const [, value, what] = /^RESULT (\S+) (.+)$/m.exec(stdout) ?? [];
  if (status !== 0 || value === undefined)
    throw new Error(`${system.name} gave no figure for ${operation.name}: ${stderr}`);
  about[system.name] = what;
  return Number(value);
};

const figures = new Map();
for (let round = 1; round <= rounds; round++)
  for (const operation of operations)
    for (const system of round % 2 === 1 ? systems : [...systems].reverse()) {
      const key = `${operation.name} ${system.name}`;
      const value = run(system, operation);
      figures.set(key, [...(figures.get(key) ?? []), value]);
      const shown = Math.round(value).toLocaleString('en-US').padStart(12);
      console.log(
        `round ${round}/${rounds}  ${operation.name.padEnd(7)} ${system.name.padEnd(9)} ${shown} ${operation.unit}`,
      );
    }

const cellOf = (operation, system) => {
  const values = figures.get(`${operation.name} ${system.name}`);
  return { values, median: median(values), min: least(values), max: most(values) };
};
const lines = operations.map((operation) => {
  const cells = Object.fromEntries(systems.map((system) => [system.name, cellOf(operation, system)]));
  return { ...operation, cells, ratio: ratioOf(cells['swoole-ts'], cells.swoole) };
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
const base = path.join(folder, 'results', partial ? 'partial-memory' : 'memory');
const markdown = memoryPage(results);
writeFileSync(`${base}.json`, `${JSON.stringify(results, null, 2)}\n`);
writeFileSync(`${base}.md`, markdown);
console.log(`\n${markdown}\nwritten: ${path.relative(process.cwd(), base)}.json and .md`);
