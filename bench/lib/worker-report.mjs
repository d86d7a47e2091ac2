// The results of bench/workers.mjs as Markdown.
import { amount, spread, table } from './report.mjs';
import { median, ratioOf } from './stats.mjs';

const machineLine = ({ machine, date }) =>
  `${machine.cpu}, ${machine.cores} cores, ${machine.platform}, Node ${machine.node}, ${date.slice(0, 10)}; load average ${machine.loadAverage.toFixed(2)} at the start`;

const percent = (share) => `${Math.round((share ?? 0) * 100)} %`;
const shown = (cell) => `${amount(cell.median)} (${amount(cell.min)}–${amount(cell.max)})`;

const aimOf = ({ aim, against, unit }) => {
  if (aim === null) return '–';
  return against === null ? `≥ ${amount(aim)} ${unit}` : `≥ ${aim} × ${against}`;
};

/** How a line stands to the one that it is held against: as measured, and by the work for a second of the server's CPU. */
const comparisons = ({ lines, systems, machine }) =>
  lines
    .filter(({ against }) => lines.some(({ name }) => name === against))
    .flatMap(({ name, against, cells }) => {
      const base = lines.find((line) => line.name === against).cells;
      return systems.map((system) => {
        const [cell, other] = [cells[system.name], base[system.name]];
        const work = median(cell.perCpuSecond) / median(other.perCpuSecond);
        return `- \`${name}\` ÷ \`${against}\`, ${system.name}: ${spread(ratioOf({ ...cell, limitedByLoad: false }, { ...other, limitedByLoad: false }))}; work for a second of the server's CPU: ${work.toFixed(2)}. With ${machine.cores} cores for the workers, the master and the load, the load used ${percent(cell.generator)} of one.`;
      });
    })
    .join('\n');

/** The page results/workers.md. */
export const workersPage = (results) =>
  `# Several threads

Written by \`node bench/workers.mjs\`; do not edit.

- Machine: ${machineLine(results)}
- Method: ${results.rounds === 1 ? '1 round' : `${results.rounds} rounds`}, each figure in a fresh process, the order of the systems reversed every round, nothing bound to cores; ${results.times.warmup} s of warm-up, then ${results.times.seconds} s counted at the receiving side
${results.systems.map(({ name, about }) => `- \`${name}\`: ${about}`).join('\n')}
${results.skipped.map(({ name, why }) => `- \`${name}\` was left out: ${why}`).join('\n')}

${table(
  ['Workload', 'Unit', ...results.systems.map(({ name }) => name), 'Aim'],
  results.lines.map((line) => [
    line.title,
    line.unit,
    ...results.systems.map(({ name }) => shown(line.cells[name])),
    aimOf(line),
  ]),
)}

Medians, with the least and the most of the rounds in parentheses.

${comparisons(results)}

${table(
  ['Workload', 'System', 'Per server CPU second', 'Server CPU', 'Load CPU', 'Other CPU (worst)'],
  results.lines.flatMap((line) =>
    results.systems.map(({ name }) => {
      const cell = line.cells[name];
      return [
        line.title,
        name,
        amount(median(cell.perCpuSecond)),
        percent(cell.server),
        percent(cell.generator),
        `${percent(cell.others)} (${percent(cell.worstOthers)})`,
      ];
    }),
  ),
)}

Shares are of one core, in the median run. "Other CPU" is what all other processes used: the machine's noise.

${results.lines.map(({ title, detail }) => `- **${title}**: ${detail}.`).join('\n')}
`.replace(/\n{3,}/g, '\n\n');
