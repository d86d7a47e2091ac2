/** Builds the library once before the tests, as `npm start` does: nothing happens when that is done already. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';

export default function setup(): void {
  const script = path.join(import.meta.dirname, '../../scripts/setup.mjs');
  execFileSync(process.execPath, [script, '--quiet'], { stdio: 'inherit' });
}
