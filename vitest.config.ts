import { defineConfig } from 'vitest/config';

/** Tests that need no PostgreSQL: `npx vitest --project unit` takes seconds. */
const UNIT = [
  'test/{conversations,crypto,domain,mail}/**/*.test.ts',
  'test/api/threads/search-counts.test.ts',
  'test/api/webhooks/demo-files.test.ts',
  'test/cli/{demo-data,settings-file}.test.ts',
  'test/client/verify-webhook.test.ts',
  'test/house/{architecture,bounded-text,deployment,monitoring,openapi,test-files}.test.ts',
  'test/http/{client-address,components,plugins}.test.ts',
  'test/ingest/{caller-ids,counterparts,nylas-event,nylas-signature,parties,phone-number,provider-sdk-types,same-mail}.test.ts',
  'test/ingest/{vonage-event,vonage-signature}.test.ts',
  'test/server/{config,log}.test.ts',
];

export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Machines are shared: what is waited for may take its time.
    expect: { poll: { timeout: 30_000 } },
    // Each file has a database of its own on one PostgreSQL; two at a time is what two cores carry.
    maxWorkers: 2,
    setupFiles: process.env.COVERAGE_OF_CHILDREN ? ['test/support/child-coverage.ts'] : [],
    projects: [
      { extends: true, test: { name: 'unit', include: UNIT } },
      {
        extends: true,
        test: {
          name: 'api',
          include: ['test/**/*.test.ts'],
          exclude: UNIT,
          globalSetup: ['test/support/global-setup.ts'],
        },
      },
    ],
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
