// Writes the figures of results/latest.json between the README's bench markers.
//   node bench/readme.mjs [--check]     --check writes nothing and fails when the README is not up to date
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { readmeBlock } from './lib/report.mjs';

const START = '<!-- bench:start -->';
const END = '<!-- bench:end -->';

/** The README's text with the block between its markers replaced; throws when the markers are not there, once and in order. */
export const inject = (readme, block) => {
  const from = readme.indexOf(START);
  const to = readme.indexOf(END);
  if (from < 0 || to < from) throw new Error(`README.md has no ${START} … ${END}`);
  if (readme.includes(START, from + 1) || readme.includes(END, to + 1))
    throw new Error('README.md has the bench markers twice');
  return `${readme.slice(0, from + START.length)}\n${block}\n${readme.slice(to)}`;
};

const main = () => {
  const bench = path.dirname(fileURLToPath(import.meta.url));
  const file = path.join(bench, '../README.md');
  const readme = readFileSync(file, 'utf8');
  const wanted = inject(
    readme,
    readmeBlock(JSON.parse(readFileSync(path.join(bench, 'results/latest.json'), 'utf8'))),
  );
  if (wanted === readme) {
    console.log('README.md shows the latest figures');
    return;
  }
  if (process.argv.includes('--check'))
    throw new Error('README.md does not show bench/results/latest.json: run node bench/readme.mjs');
  writeFileSync(file, wanted);
  console.log('README.md updated');
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    main();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
