import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Most of them wait for programs: by default one core would idle.
    maxWorkers: '100%',
    globalSetup: ['test/setup.ts'],
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
