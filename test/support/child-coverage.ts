/** Node hands this on to whatever a test starts, even with an environment of its own: `scripts/coverage.ts` reads it. */
process.env.NODE_V8_COVERAGE = process.env.COVERAGE_OF_CHILDREN;
