import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Each file has a database of its own on one PostgreSQL; two at a time is what two cores carry.
    maxWorkers: 2,
    setupFiles: process.env.COVERAGE_OF_CHILDREN ? ['test/support/child-coverage.ts'] : [],
    // Of the tests' own process; `scripts/coverage.ts` adds those that they start.
    coverage: {
      provider: 'v8',
      include: ['src/**'],
      exclude: ['src/client/openapi.ts'],
      reporter: ['json'],
      reportOnFailure: true,
    },
  },
});
