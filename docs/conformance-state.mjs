// Writes the state of compatibility between the README's conformance markers, from a run of the conformance suite:
//   node docs/conformance-state.mjs [--from OUTPUT] [--check]
// Without --from the suite is run. --check writes nothing, and fails when the README does not show what the run found.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const START = '<!-- conformance:start -->';
const END = '<!-- conformance:end -->';
const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const conformance = path.join(root, 'conformance');
const { values: options } = parseArgs({
  options: { from: { type: 'string' }, check: { type: 'boolean', default: false } },
});

const output =
  options.from === undefined
    ? spawnSync(process.execPath, ['run.mjs'], { cwd: conformance, encoding: 'utf8' }).stdout
    : readFileSync(options.from, 'utf8');
const passed = [...output.matchAll(/^ok {4}(\S+)(?: \((\d+) declared lines?\))?/gm)];
const ran = [...output.matchAll(/^(\d+) passed, (\d+) failed/gm)].at(-1);
if (ran === undefined || Number(ran[1]) !== passed.length) {
  console.error('the conformance suite did not run to its end');
  process.exit(1);
}

const recorded = readdirSync(path.join(conformance, 'scenarios')).length;
const later = Object.keys(JSON.parse(readFileSync(path.join(conformance, 'not-yet.json'), 'utf8'))).length;
const ported = recorded - later;
const declared = passed.filter(([, , lines]) => lines !== undefined);
const lines = declared.reduce((sum, [, , count]) => sum + Number(count), 0);
const plural = (count, word) => `${count} ${word}${count === 1 ? '' : 's'}`;

const block = [
  '| | |',
  '|---|---:|',
  `| Scenarios recorded from Swoole 6.2.1 | ${recorded} |`,
  `| of which this release is to pass | ${ported} |`,
  `| of which pass | **${passed.length}** |`,
  `| of which have declared differences | ${declared.length} (${plural(lines, 'line')}) |`,
  `| for later releases: workers, tasks, Table, TCP, coroutines… | ${later} |`,
].join('\n');

const file = path.join(root, 'README.md');
const readme = existsSync(file) ? readFileSync(file, 'utf8') : '';
const [from, to] = [readme.indexOf(START), readme.indexOf(END)];
if (from < 0 || to < from) {
  console.error(`README.md has no ${START} … ${END}`);
  process.exit(1);
}
const wanted = `${readme.slice(0, from + START.length)}\n${block}\n${readme.slice(to)}`;
if (wanted === readme) console.log('README.md shows the state of compatibility');
else if (options.check) {
  console.error(
    'README.md does not show what the conformance suite found: run node docs/conformance-state.mjs',
  );
  process.exitCode = 1;
} else {
  writeFileSync(file, wanted);
  console.log('README.md updated');
}
