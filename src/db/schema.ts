/**
 * Every table of the schema. The keys of a table with a company's data begin with `company_id`, so that no row can
 * refer to another company and the schema can be distributed over a cluster by company without changes. The few tables
 * that are looked up before the company is known are listed in `test/house/company-scope.test.ts`.
 */

export * from './schema/counts.ts';
export * from './schema/ingest.ts';
export * from './schema/list-words.ts';
export * from './schema/operations.ts';
export * from './schema/promises.ts';
export * from './schema/receivables.ts';
export * from './schema/tenancy.ts';
export type * from './schema/thread-columns.ts';
export * from './schema/thread-parts.ts';
export * from './schema/threads.ts';
export * from './schema/webhook-endpoints.ts';
