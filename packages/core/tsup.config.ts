import { defineConfig } from 'tsup';

export default defineConfig({
  entry: ['src/index.ts', 'src/shortnames.ts', 'src/legacy.ts'],
  format: ['esm', 'cjs'],
  target: 'node20',
  dts: true,
  clean: true,
  sourcemap: true,
  shims: true,
  external: ['uWebSockets.js', '@uwsjs/core-20.51', '@uwsjs/core-20.69'],
});
