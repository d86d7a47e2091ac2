import { defineConfig, type Options } from 'tsup';

const shared: Options = {
  format: ['esm', 'cjs'],
  target: 'node20',
  external: ['swoole-ts', 'koffi', 'uWebSockets.js', '@uwsjs/core-20.51', '@uwsjs/core-20.69'],
};

export default defineConfig([
  {
    ...shared,
    entry: ['src/index.ts', 'src/shortnames.ts', 'src/legacy.ts'],
    sourcemap: true,
    shims: true,
    clean: true,
    // One copy of the state that the entries share, in CommonJS as in ESM.
    splitting: true,
  },
  // The program of the command swoole-ts-check: nobody imports it.
  { ...shared, format: ['esm'], entry: ['src/check.ts'] },
  // Declarations entry by entry: what two of them share would go to a third file, out of whose classes the bundler
  // makes mere values when they are members of a namespace (Swoole.Http.Request could not be a type).
  { ...shared, entry: ['src/index.ts'], dts: { only: true } },
  { ...shared, entry: ['src/shortnames.ts'], dts: { only: true } },
  { ...shared, entry: ['src/legacy.ts'], dts: { only: true } },
]);
