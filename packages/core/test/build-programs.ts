import { fileURLToPath } from 'node:url';
import { build } from 'tsup';

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Compiles the programs of test/fixtures once for all tests: each of their threads would do it again, which takes most of its life. */
export async function setup(): Promise<void> {
  await build({
    config: false,
    entry: [path('fixtures/programs/*.ts')],
    outDir: path('fixtures/.built'),
    format: 'esm',
    target: 'node20',
    splitting: true,
    sourcemap: 'inline',
    clean: true,
    silent: true,
  });
}
