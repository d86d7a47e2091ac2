import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Servers own sockets and signal handlers: each file gets a process of its own.
    pool: 'forks',
    testTimeout: 15_000,
  },
});
