// Results as Markdown: the whole page, and the short table for the README.
import { median, ratioOf } from './stats.mjs';

const number = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });

export const amount = (value) => {
  if (value === null || value === undefined) return '–';
  if (value >= 1e6) return `${number.format(value / 1e6)}M`;
  return value >= 1e4 ? `${number.format(value / 1e3)}k` : number.format(Math.round(value));
};
const percent = (share) => (share === null || share === undefined ? '–' : `${Math.round(share * 100)} %`);
const times = (value) => (value >= 10 ? value.toFixed(1) : value.toFixed(2));
const ratio = (value) => (value ? times(value.median) : '–');
export const spread = (value) =>
  value ? `${times(value.median)} (${times(value.min)}–${times(value.max)})` : '–';

export const table = (head, rows) =>
  [head, head.map((_, i) => (i === 0 ? '---' : '---:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');

const others = (results) => results.systems.filter((system) => system.name !== 'swoole-ts');
const ratiosOf = (results, line) =>
  others(results).map((other) => ratioOf(line.cells['swoole-ts'], line.cells[other.name]));
const mark = (cell) => (cell?.limitedByLoad ? ' †' : '');

const pinned = ({ pinning: cores }) =>
  cores
    ? `the server bound to core ${cores.server} and the load to core ${cores.load} with taskset`
    : 'not bound to cores (no taskset, or one core only)';

const machineLine = ({ machine, date }) =>
  `${machine.cpu}, ${machine.cores} cores, ${machine.platform}, Node ${machine.node}, ${date.slice(0, 10)}; ${pinned(machine)}`;

/** The table and the words around it that stand in the README. */
export const readmeBlock = (results) => {
  const head = [
    '',
    ...results.systems.map((system) => system.title),
    ...others(results).map((system) => `÷ ${system.name}`),
  ];
  const rows = results.lines.map((line) => [
    `${line.title} (${line.unit})`,
    ...results.systems.map(({ name }) => amount(line.cells[name]?.median) + mark(line.cells[name])),
    ...ratiosOf(results, line).map(ratio),
  ]);
  const limited = results.lines.some((line) => Object.values(line.cells).some((cell) => cell.limitedByLoad));
  return [
    table(head, rows),
    '',
    `Medians of ${results.rounds === 1 ? '1 round' : `${results.rounds} rounds`}; the ratios are swoole-ts to the others (for memory less is better). ${machineLine(results)}.`,
    ...(limited
      ? [
          '† The load, not the server, was the limit: the ratios of that line compare the work for a second of the server’s CPU.',
        ]
      : []),
    'Spread and CPU shares: [bench/results/latest.md](bench/results/latest.md). Run it: `npm run bench`.',
  ].join('\n');
};

const summary = (results) =>
  table(
    [
      'Workload',
      'Unit',
      ...results.systems.map((system) => system.name),
      ...others(results).map((system) => `÷ ${system.name}`),
      'Aim',
    ],
    results.lines.map((line) => [
      line.title,
      line.unit,
      ...results.systems.map(({ name }) => amount(line.cells[name]?.median) + mark(line.cells[name])),
      ...ratiosOf(results, line).map(spread),
      line.aim === null ? '–' : `≥ ${line.aim} (÷ ${line.control})`,
    ]),
  );

const details = (results) =>
  table(
    [
      'Workload',
      'System',
      'Median',
      'Least',
      'Most',
      'Server CPU',
      'Load CPU',
      'Other CPU (worst)',
      'Per server CPU second',
    ],
    results.lines.flatMap((line) =>
      results.systems
        .filter(({ name }) => line.cells[name])
        .map(({ name }) => {
          const cell = line.cells[name];
          return [
            line.title,
            name + mark(cell),
            ...[cell.median, cell.min, cell.max].map(amount),
            percent(cell.server),
            percent(cell.generator),
            `${percent(cell.others)} (${percent(cell.worstOthers)})`,
            line.name === 'memory' ? '–' : amount(median(cell.perCpuSecond)),
          ];
        }),
    ),
  );

const noise = ({ calibration, machine, lines }) => {
  const stolen = Math.max(
    0,
    ...lines.flatMap((line) => Object.values(line.cells).map((cell) => cell.stolen ?? 0)),
  );
  const slack = (calibration.max / calibration.min - 1) * 100;
  return `the same arithmetic took ${calibration.min.toFixed(0)} to ${calibration.max.toFixed(0)} ms between the rounds (${slack.toFixed(0)} % apart); load average ${machine.loadAverage.toFixed(2)} at the start; the host took at most ${percent(stolen)} of a core in a median run`;
};

/** The page results/latest.md. */
export const page = (results) =>
  `# Benchmark results

Written by \`node bench/run.mjs\`; do not edit.

- Machine: ${machineLine(results)}
- Noise: ${noise(results)}
- Method: ${results.rounds === 1 ? '1 round' : `${results.rounds} rounds`}, each system in a fresh process for each figure, the order of the systems reversed every round; ${results.times.warmup} s of warm-up, then ${results.times.seconds} s counted at the receiving side; a run with more than ${percent(results.quiet)} of a core used by other processes is repeated, at most ${results.times.attempts} times in all, and the quietest counts (${results.repeated} repeated)
${results.systems.map((system) => `- \`${system.name}\`: ${system.about || system.title}`).join('\n')}
${results.skipped.map((system) => `- \`${system.name}\` was left out: ${system.why}`).join('\n')}

## Medians and ratios

${summary(results)}

A ratio is the median of the rounds' own ratios of swoole-ts to the other, with the least and the most in parentheses. For memory less is better.
† The load's core was full and the server's was not: the figure is a lower bound, and the ratios of that line compare the work for a second of the server's CPU.

## Spread and CPU shares

${details(results)}

Shares are of one core, in the median run. "Other CPU" is what all other processes used: the machine's noise.

## Workloads

${results.lines.map((line) => `- **${line.title}**: ${line.detail}.`).join('\n')}
`.replace(/\n{3,}/g, '\n\n');
