// Writes the tables of the docs, and the tutorial's code, from their sources into the committed Markdown:
//   node docs/generate.mjs [--check]     --check writes nothing, and fails when a page is not current
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { compatibilityBlocks } from './generate/compatibility.mjs';
import { errorBlocks } from './generate/errors.mjs';
import { eventBlocks } from './generate/events.mjs';
import { methodBlocks } from './generate/methods.mjs';
import { portLedger } from './generate/port-ledger.mjs';
import { settingBlocks } from './generate/settings.mjs';
import { tutorialBlocks } from './generate/tutorial.mjs';

const docs = path.dirname(fileURLToPath(import.meta.url));

/** Which blocks a page has between `<!-- generated:NAME:start -->` and `<!-- generated:NAME:end -->`. */
const pages = {
  'reference/settings.md': settingBlocks,
  'reference/events.md': eventBlocks,
  'reference/errors.md': errorBlocks,
  'reference/methods.md': methodBlocks,
  'reference/compatibility.md': async () => (await compatibilityBlocks()).page,
  'guide/getting-started.md': () => tutorialBlocks.steps,
  '../README.md': async () => ({ ...tutorialBlocks.readme, ...(await compatibilityBlocks()).readme }),
};

/** What is generated as a whole. */
const files = { 'packages/port/src/report/ledger.json': portLedger };

/** The page's text with one block replaced; throws when its markers are not there, once and in order. */
function inject(page, text, name, block) {
  const start = `<!-- generated:${name}:start -->`;
  const end = `<!-- generated:${name}:end -->`;
  const from = text.indexOf(start);
  const to = text.indexOf(end);
  if (from < 0 || to < from || text.includes(start, from + 1) || text.includes(end, to + 1))
    throw new Error(`${page} does not have ${start} and ${end} once each`);
  return `${text.slice(0, from + start.length)}\n${block.trimEnd()}\n${text.slice(to)}`;
}

let stale = 0;
/** Writes a file of the repository, or says that it is not current. */
function bring(file, text, wanted) {
  if (wanted === text) return;
  const name = path.relative(path.join(docs, '..'), file);
  if (process.argv.includes('--check')) {
    console.error(`${name} is not current: run node docs/generate.mjs`);
    stale++;
  } else {
    writeFileSync(file, wanted);
    console.log(`${name} written`);
  }
}

for (const [page, make] of Object.entries(pages)) {
  const file = path.join(docs, page);
  const text = readFileSync(file, 'utf8');
  let wanted = text;
  for (const [name, block] of Object.entries(await make())) wanted = inject(page, wanted, name, block);
  bring(file, text, wanted);
}
for (const [file, make] of Object.entries(files)) {
  const whole = path.join(docs, '..', file);
  bring(whole, existsSync(whole) ? readFileSync(whole, 'utf8') : '', await make());
}
process.exitCode = stale > 0 ? 1 : 0;
