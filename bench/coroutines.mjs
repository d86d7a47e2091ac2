// Measures coroutines and channels in one thread, here and in Swoole, and prints a table.
//   node bench/coroutines.mjs [--rounds 3]
// PHP names the command that runs PHP with Swoole.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { amount, table } from './lib/report.mjs';
import { median } from './lib/stats.mjs';

const { values: options } = parseArgs({ options: { rounds: { type: 'string', default: '3' } } });
const rounds = Number(options.rounds);
if (!Number.isInteger(rounds) || rounds < 1 || rounds > 99) {
  console.error('--rounds takes a number from 1 to 99');
  process.exit(2);
}
const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), 'systems');
const systems = [
  { name: 'swoole-ts', command: [process.execPath, path.join(folder, 'coroutines.mjs')] },
  { name: 'swoole', command: [process.env.PHP ?? 'php', path.join(folder, 'coroutines.php')] },
];
/** `aim` is the least that the library sets itself. */
const operations = [
  { name: 'pair', title: 'push and pop in one coroutine', unit: 'pairs/s', aim: 1_000_000 },
  { name: 'switch', title: 'push in one coroutine, pop in another', unit: 'pairs/s', aim: 1_000_000 },
  { name: 'go', title: 'go(), push to who waits, end', unit: 'coroutines/s', aim: 500_000 },
  { name: 'start', title: 'go() of what does not wait', unit: 'coroutines/s', aim: null },
];

/** A fresh process for each figure; null where the system is not there. */
function run({ command: [program, ...args] }, { name }) {
  const { stdout } = spawnSync(program, [...args, name, '0.5', '1'], { encoding: 'utf8', timeout: 20_000 });
  const value = /^RESULT (\S+)/m.exec(stdout ?? '')?.[1];
  return value === undefined ? null : Number(value);
}

const rows = operations.map((operation) => {
  const cells = systems.map((system) => {
    const values = Array.from({ length: rounds }, () => run(system, operation));
    return values.includes(null) ? '–' : amount(median(values));
  });
  return [operation.title, operation.unit, ...cells, operation.aim === null ? '–' : amount(operation.aim)];
});
console.log(table(['Operation', 'Unit', ...systems.map(({ name }) => name), 'Aim'], rows));
