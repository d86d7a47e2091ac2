import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Most of them wait for programs: by default one core would idle.
    maxWorkers: '100%',
    include: ['test/**/*.test.ts'],
    // Servers own sockets and signal handlers: each file gets a process of its own.
    pool: 'forks',
    globalSetup: 'test/build-programs.ts',
    testTimeout: 30_000,
  },
});
