/**
 * Every table, by room. The keys of a table that holds a company's data begin with `company_id`, so that no row can
 * point into another company and the schema spreads over a cluster by company unchanged; the few tables that are
 * looked up before the company is known are listed in `test/house/company-scope.test.ts`.
 */

export * from './schema/counts.ts';
export * from './schema/ingest.ts';
export * from './schema/operations.ts';
export * from './schema/promises.ts';
export * from './schema/receivables.ts';
export * from './schema/tenancy.ts';
export * from './schema/thread-parts.ts';
export * from './schema/threads.ts';
export * from './schema/webhook-endpoints.ts';
