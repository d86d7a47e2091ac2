// Everything that is quick to check and no test: node scripts/check.mjs (pnpm check at the root).
import path from 'node:path';
import { generated, lint, publint, root, run, runSteps, types } from './lib/steps.mjs';

const setup = await run(process.execPath, [path.join(root, 'scripts/setup.mjs'), '--quiet']);
if (setup.status !== 0) process.exit(1);

await runSteps([
  ['lint', lint],
  ['types', types],
  ['publint', publint],
  ['generated docs', generated],
]);
