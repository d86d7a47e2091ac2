// Measures the HTTP client beside undici and Swoole's own, all against the same server, and prints a table.
//   node bench/clients.mjs [--rounds 5] [--connections 16]
// PHP names the command that runs PHP with Swoole.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { describeMachine } from './lib/machine.mjs';
import { pinned } from './lib/proc.mjs';
import { amount, table } from './lib/report.mjs';
import { median } from './lib/stats.mjs';

const { values: options } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, connections: { type: 'string', default: '16' } },
});
const rounds = Number(options.rounds);
const connections = Number(options.connections);
for (const [name, value, most] of [
  ['rounds', rounds, 99],
  ['connections', connections, 1000],
])
  if (!Number.isInteger(value) || value < 1 || value > most) {
    console.error(`--${name} takes a number from 1 to ${most}`);
    process.exit(2);
  }

/** The least share of undici's requests that the library sets itself. */
const AIM = 0.8;
const [WARMUP, SECONDS] = [0.5, 1.5];
const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), 'systems');
const client = [process.execPath, path.join(folder, 'http-client.mjs')];
const systems = [
  { name: 'swoole-ts', title: 'Coroutine.Http.Client', command: client },
  { name: 'undici', title: 'bare undici', command: client },
  {
    name: 'swoole',
    title: 'Swoole (PHP)',
    command: [...(process.env.PHP ?? 'php').split(' '), path.join(folder, 'http-client.php')],
  },
];

const { pinning } = describeMachine();
const [program, ...args] = pinned(
  [process.execPath, path.join(folder, 'swoole-ts.mjs'), 'echo'],
  pinning?.server,
);
const server = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
process.once('exit', () => server.kill('SIGKILL'));
const [ready] = await once(createInterface({ input: server.stdout }), 'line');
const port = ready.split(' ')[1];

/** A fresh process for each figure; null where the system is not there. */
function run({ name, command }) {
  const [file, ...more] = pinned(
    [...command, name, port, connections, WARMUP, SECONDS].map(String),
    pinning?.load,
  );
  const { stdout } = spawnSync(file, more, { encoding: 'utf8', timeout: 20_000 });
  const [, rate, cost] = /^RESULT (\S+) (\S+) /m.exec(stdout ?? '') ?? [];
  return rate === undefined ? null : { rate: Number(rate), cost: Number(cost) };
}

const figures = new Map(systems.map(({ name }) => [name, []]));
for (let round = 1; round <= rounds; round++)
  for (const system of round % 2 === 1 ? systems : [...systems].reverse())
    figures.get(system.name).push(run(system));
server.kill();

const middle = (name, what) => {
  const values = figures.get(name);
  return values.includes(null) ? null : median(values.map((value) => value[what]));
};
const shareOf = (name, what) => {
  const [own, undici] = [middle(name, what), middle('undici', what)];
  return own === null || undici === null ? '–' : (own / undici).toFixed(2);
};
const rows = systems.map(({ name, title }) => {
  const [rate, cost] = [middle(name, 'rate'), middle(name, 'cost')];
  return [
    title,
    rate === null ? '–' : amount(rate),
    shareOf(name, 'rate'),
    cost === null ? '–' : cost.toFixed(1),
  ];
});
console.log(
  `${connections} connections, one request at a time on each; the aim is ${AIM} of undici's requests\n`,
);
console.log(table(['Client', 'requests/s', 'of undici', 'CPU µs per request'], rows));
if (Number(shareOf('swoole-ts', 'rate')) < AIM) process.exitCode = 1;
