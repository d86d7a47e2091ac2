// The results of bench/memory.mjs as Markdown.
import { amount, spread, table } from './report.mjs';

const machineLine = ({ machine, date }) =>
  `${machine.cpu}, ${machine.cores} cores, ${machine.platform}, Node ${machine.node}, ${date.slice(0, 10)}; ${machine.pinning ? `bound to core ${machine.pinning.server}` : 'not bound to a core'}; load average ${machine.loadAverage.toFixed(2)} at the start`;

/** The page results/memory.md. */
export const memoryPage = (results) =>
  `# Shared memory

Written by \`node bench/memory.mjs\`; do not edit.

- Machine: ${machineLine(results)}
- Method: ${results.rounds === 1 ? '1 round' : `${results.rounds} rounds`}, one thread, each figure in a fresh process, the order of the systems reversed every round; ${results.times.warmup} s of warm-up, then ${results.times.seconds} s
${results.systems.map(({ name, about }) => `- \`${name}\`: ${about}`).join('\n')}
${results.skipped.map(({ name, why }) => `- \`${name}\` was left out: ${why}`).join('\n')}

${table(
  ['Operation', 'Unit', ...results.systems.map(({ name }) => name), '÷ swoole', 'Aim (÷ swoole)'],
  results.lines.map(({ title, unit, cells, ratio, aim }) => [
    title,
    unit,
    ...results.systems.map(
      ({ name }) => `${amount(cells[name].median)} (${amount(cells[name].min)}–${amount(cells[name].max)})`,
    ),
    spread(ratio),
    aim === null ? '–' : `≥ ${aim}`,
  ]),
)}

Medians, with the least and the most of the rounds in parentheses. A ratio is the median of the rounds' own ratios.

${results.lines.map(({ title, detail }) => `- **${title}**: ${detail}.`).join('\n')}
`.replace(/\n{3,}/g, '\n\n');
