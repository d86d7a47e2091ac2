// Records what PHP prints for the generated programs: node --import tsx packages/port/test/fuzz/record.ts [FROM] [COUNT]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bySeed, generate } from './program.js';

/** What PHP prints for a program, warnings left out. */
export function runPhp(source: string): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'swoole-ts-fuzz-'));
  try {
    const file = path.join(dir, 'program.php');
    writeFileSync(file, source);
    const { stdout, status } = spawnSync('php', ['-d', 'display_errors=0', '-d', 'log_errors=0', file], {
      encoding: 'utf8',
      timeout: 20_000,
    });
    if (status !== 0) throw new Error(`PHP ended with ${status}: ${stdout.slice(-500)}`);
    return stdout;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

const [from = '1', count = '120'] = process.argv.slice(2);
if (process.argv[1]?.endsWith('record.ts')) {
  const seeds = Array.from({ length: Number(count) }, (_, i) => Number(from) + i);
  const output = runPhp(generate(seeds));
  const recorded = Object.fromEntries(bySeed(output));
  writeFileSync(path.join(import.meta.dirname, 'recorded.json'), `${JSON.stringify(recorded, null, 2)}\n`);
  console.log(`${Object.keys(recorded).length} recorded`);
}
