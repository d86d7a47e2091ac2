import { configDefaults, defineConfig } from 'vitest/config';

/** Files that replace modules, end threads at once, or look at all of a process's coroutines: each gets a process of its own. */
const ALONE = [
  'test/coroutine/**/*.test.ts',
  'test/memory/**/*.test.ts',
  'test/functions/system.test.ts',
  'test/server/no-unix-datagrams.test.ts',
];

export default defineConfig({
  test: {
    // Most of them wait for programs: by default one core would idle.
    maxWorkers: '100%',
    pool: 'forks',
    globalSetup: 'test/build-programs.ts',
    testTimeout: 30_000,
    expect: { poll: { timeout: 15_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'core',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...ALONE],
          // To load swoole-ts anew for each file takes longer than most files.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'alone', include: ALONE } },
    ],
  },
});
