import { defineConfig, type Options } from 'tsup';

const shared: Options = { entry: ['src/index.ts', 'src/cli.ts'], format: ['esm', 'cjs'], target: 'node20' };

export default defineConfig([
  { ...shared, sourcemap: true, clean: true },
  { ...shared, dts: { only: true } },
]);
