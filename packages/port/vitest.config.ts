import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Most of them wait for programs: by default one core would idle.
    maxWorkers: '100%',
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
  },
});
