import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** A directory that goes with the test. */
export function temporary(): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'swoole-ts-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
