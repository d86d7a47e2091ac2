import { defineConfig, type Options } from 'tsup';

const shared: Options = { entry: ['src/index.ts'], format: ['esm', 'cjs'], target: 'node20' };

export default defineConfig([
  { ...shared, sourcemap: true, clean: true, shims: true },
  { ...shared, dts: { only: true } },
]);
