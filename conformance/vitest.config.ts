import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['test/**/*.test.ts', 'rfc6455/**/*.test.ts'], testTimeout: 30_000 },
});
