// Plays client.mjs against a command, with a database and a spool folder of its own:
//   node recorded/play.mjs php php/server.php > recorded/expected.txt
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { play } from '../../../conformance/lib/scenario.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));

/** @param {[string, ...string[]]} command @returns {Promise<{ got: string, stderr: string }>} what the client saw and the server printed */
export async function playLounge(command) {
  const dir = mkdtempSync(path.join(tmpdir(), 'lounge-'));
  process.env.LOUNGE_DATABASE = path.join(dir, 'lounge.sqlite');
  process.env.LOUNGE_SPOOL = path.join(dir, 'spool');
  process.env.LOUNGE_LOGIN_SECONDS = '1';
  try {
    return await play(here, command, path.join(here, '..'));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [program = 'php', ...args] = process.argv.slice(2);
  const { got, stderr } = await playLounge([program, ...args]);
  process.stdout.write(got);
  process.stderr.write(stderr);
}
